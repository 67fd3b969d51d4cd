package io.maildomain.faults;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Waits for what should come about. */
final class Waiting {

    /** Longer than lives that share an operator wait for one another's moments. */
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private static final Duration POLL = Duration.ofMillis(10);

    private Waiting() {}

    /** Until it holds. @throws ConditionTimeoutException if it never does, saying what was waited for */
    static void until(String what, Callable<Boolean> holds) {
        Awaitility.await(what)
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(POLL)
                .until(holds);
    }

    /** Whether it comes to hold within that time. */
    static boolean holds(Duration patience, BooleanSupplier condition) {
        try {
            Awaitility.await()
                    .atMost(patience)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(POLL)
                    .until(condition::getAsBoolean);
            return true;
        } catch (ConditionTimeoutException timeout) {
            return false;
        }
    }

    /**
     * Until nothing has happened for that time.
     *
     * @param activity another number whenever something happens
     */
    static void untilQuiet(Duration time, LongSupplier activity) {
        AtomicLong seen = new AtomicLong(-1);
        AtomicLong since = new AtomicLong(System.nanoTime());
        until("a quiet moment", () -> {
            long now = activity.getAsLong();
            if (seen.getAndSet(now) != now) {
                since.set(System.nanoTime());
            }
            return System.nanoTime() - since.get() > time.toNanos();
        });
    }
}
