package io.maildomain.operator.retry;

import io.maildomain.operator.outcome.Pace;
import java.time.Duration;
import java.util.function.Supplier;

/** When a resource is looked at next, whether it is healthy or not. */
public final class Rescheduling {

    private final RetrySchedule retries;
    private final Supplier<Duration> driftInterval;

    /** @param driftInterval asked anew each time: it stretches with the number of domains */
    public Rescheduling(RetrySchedule retries, Supplier<Duration> driftInterval) {
        this.retries = retries;
        this.driftInterval = driftInterval;
    }

    /** How long to wait; see {@link RetrySchedule#next}. */
    public Duration after(String uid, Pace pace, String cause, Duration notBefore) {
        if (pace == Pace.SETTLED) {
            retries.forget(uid);
            return driftInterval.get();
        }
        return retries.next(uid, pace, cause, notBefore);
    }

    /** The resource is gone. */
    public void forget(String uid) {
        retries.forget(uid);
    }
}
