package io.maildomain.faults;

import io.maildomain.harness.QuietSpell;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Waits for what should come about. */
final class Waiting {

    /** Longer than lives that share an operator wait for one another's moments. */
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private static final Duration POLL = Duration.ofMillis(20);

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
        until("a quiet moment", new QuietSpell(time, activity)::getAsBoolean);
    }
}
