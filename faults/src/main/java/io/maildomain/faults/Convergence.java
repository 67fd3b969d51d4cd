package io.maildomain.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** How a phase in which something may go wrong comes to its end. */
record Convergence(Scenario life) {

    /** A dozen lives share one operator, which has just been killed, on a machine that may be busy with more. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** After so long even a look that was the same may be had again. */
    private static final Duration ONE_LOOK = Duration.ofSeconds(12);

    private static final int NUDGES = 3;

    /**
     * Waits until the trap's moment has come. One that does not come by itself is asked for: a user who waits may look
     * once less than in the clean run.
     *
     * @param happened whether all causes of the phase have taken place
     * @return whether it came
     */
    boolean meets(FaultInjection.Set trap, AtomicBoolean happened) {
        for (int nudges = 0; nudges <= NUDGES; nudges++) {
            Waiting.holds(PATIENCE, () -> trap.sprung() || happened.get());
            if (!trap.sprung()) {
                life.awaitLongQuietUnless(trap::sprung);
            }
            if (trap.sprung()) {
                return true;
            }
            String when = String.valueOf(nudges);
            life.places().forEach(place -> place.nudge(when));
        }
        return false;
    }

    /** Waits until everything is as after the clean run, and stays so. @return how it differs */
    List<String> await(CleanRun clean) {
        // What is the same just now may not have noticed yet that something went wrong.
        Waiting.holds(PATIENCE, () -> {
            awaitSame(clean);
            life.awaitQuiet();
            return differences(clean).isEmpty();
        });
        return differences(clean);
    }

    private List<String> differences(CleanRun clean) {
        List<String> differences = new ArrayList<>(clean.end().differences(life.picture()));
        if (clean.phase().handsOver()) {
            differences.addAll(life.writes());
        }
        return differences;
    }

    private void awaitSame(CleanRun clean) {
        AtomicLong looked = new AtomicLong(-1);
        Waiting.holds(ONE_LOOK, () -> {
            // A picture costs more than a look at whether anything has happened.
            long now = life.activity();
            return life.allIsSaid()
                    && looked.getAndSet(now) != now
                    && differences(clean).isEmpty();
        });
    }
}
