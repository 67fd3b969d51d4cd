package io.maildomain.operator.controller;

import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.config.OperatorSettings.BackOff;
import io.maildomain.operator.config.OperatorSettings.Retries;
import io.maildomain.operator.status.Requeue;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;

/**
 * Remembers how often each resource was tried for the same cause, and says how long to wait before the next try. Lost
 * on a restart, which only means that everything is tried once more soon.
 */
public final class RetrySchedule {

    private static final double JITTER = 0.2;

    /** So often in a row another writer may be faster; then the waits double, up to sixteen times the first. */
    private static final int PATIENT_BUSY = 3;

    private static final int MOST_BUSY = PATIENT_BUSY + 4;

    private final Retries retries;
    private final DoubleSupplier random;
    private final Map<String, Attempts> attempts = new ConcurrentHashMap<>();

    private final Map<String, Integer> busy = new ConcurrentHashMap<>();

    private record Attempts(Requeue requeue, Reason cause, int count) {}

    /** @param random gives numbers from 0 (inclusive) to 1 (exclusive); spreads what would else come at once */
    public RetrySchedule(Retries retries, DoubleSupplier random) {
        this.retries = retries;
        this.random = random;
    }

    /**
     * How long to wait now.
     *
     * @param uid of the resource
     * @param cause what the waiting is about; another cause starts from the base again
     * @param notBefore what the caller asks for at least
     */
    public Duration next(String uid, Requeue requeue, Reason cause, Duration notBefore) {
        if (requeue == Requeue.CONFLICT) {
            int times = busy.merge(uid, 1, (before, one) -> Math.min(before + one, MOST_BUSY));
            return exponential(retries.transients(), Math.max(1, times - PATIENT_BUSY + 1));
        }
        busy.remove(uid);
        Attempts now = attempts.compute(
                uid,
                (key, before) -> before != null && before.requeue() == requeue && before.cause() == cause
                        ? new Attempts(requeue, cause, Math.min(before.count() + 1, 62))
                        : new Attempts(requeue, cause, 1));
        Duration wait = jittered(exponential(backOff(requeue), now.count()));
        return wait.compareTo(notBefore) >= 0 ? wait : notBefore.plus(jitterOf(Duration.ofSeconds(1)));
    }

    /** How often in a row the resource was tried for the cause that it was last tried for. */
    public int attempts(String uid) {
        Attempts known = attempts.get(uid);
        return known == null ? 0 : known.count();
    }

    /** All is well with the resource, or it is gone. */
    public void forget(String uid) {
        attempts.remove(uid);
        busy.remove(uid);
    }

    /** The resources of which something is remembered. */
    public Set<String> uids() {
        Set<String> all = new HashSet<>(attempts.keySet());
        all.addAll(busy.keySet());
        return all;
    }

    private BackOff backOff(Requeue requeue) {
        return switch (requeue) {
            case WAITING -> retries.waiting();
            case STALLED -> retries.finals();
            default -> retries.transients();
        };
    }

    static Duration exponential(BackOff backOff, int attempt) {
        double factor = Math.pow(2, attempt - 1.0);
        double millis =
                Math.min(backOff.base().toMillis() * factor, backOff.cap().toMillis());
        return Duration.ofMillis((long) millis);
    }

    private Duration jittered(Duration wait) {
        double factor = 1 - JITTER / 2 + JITTER * random.getAsDouble();
        return Duration.ofMillis(Math.max(1, (long) (wait.toMillis() * factor)));
    }

    private Duration jitterOf(Duration spread) {
        return Duration.ofMillis((long) (spread.toMillis() * random.getAsDouble()));
    }
}
