package io.maildomain.faults;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** How a phase in which something may go wrong comes to its end. */
record Convergence(Life life) {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int NUDGES = 3;

    /**
     * Waits until the trap's moment has come. One that does not come by itself is asked for: somebody who waits may look
     * once less than in the clean run.
     *
     * @param happened whether all causes of the phase have taken place
     * @return whether it came
     */
    boolean meets(Trap.Set trap, AtomicBoolean happened) {
        for (int nudges = 0; nudges <= NUDGES; nudges++) {
            Waiting.holds(PATIENCE, () -> trap.sprung() || happened.get());
            if (!trap.sprung()) {
                life.awaitLongQuiet();
            }
            if (trap.sprung()) {
                return true;
            }
            life.place().nudge(String.valueOf(nudges));
        }
        return false;
    }

    /** Waits until everything is as after the clean run, and stays so. @return how it differs */
    List<String> await(CleanRun clean) {
        // What is the same just now may not have noticed yet that something went wrong.
        Waiting.holds(PATIENCE, () -> {
            awaitSame(clean);
            life.awaitQuiet();
            return clean.end().differences(life.picture()).isEmpty();
        });
        return clean.end().differences(life.picture());
    }

    private void awaitSame(CleanRun clean) {
        AtomicLong looked = new AtomicLong(-1);
        Waiting.holds(PATIENCE.dividedBy(5), () -> {
            // A picture costs more than a look at whether anything has happened.
            long now = life.place().activity();
            return life.allIsSaid()
                    && looked.getAndSet(now) != now
                    && clean.end().differences(life.picture()).isEmpty();
        });
    }
}
