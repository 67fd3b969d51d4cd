package io.maildomain.faults;

import io.maildomain.simulator.faults.Fault;
import java.time.Duration;

/** The operator is killed while it waits for the answer to a call to Cloudflare, which has had its effect or not. */
record KillAtCall(CallSpot at, Timing moment) implements FaultInjection {

    /** Longer than any case takes: the answer is never given. */
    private static final Duration UNTIL_KILLED = Duration.ofMinutes(5);

    @Override
    public Set set(Scenario life) {
        Fault late = new Fault(
                null,
                null,
                null,
                null,
                UNTIL_KILLED.toMinutes() + "m",
                moment == Timing.BEFORE ? Fault.Moment.BEFORE : Fault.Moment.AFTER,
                null);
        Sandbox place = life.place();
        int id = place.plant(at, life.seed(), late);
        return new Set() {
            @Override
            public boolean sprung() {
                return place.fired(id);
            }

            @Override
            public void clear() {
                place.controls().removeFault(id);
            }
        };
    }

    @Override
    public boolean mayBeLeftOut() {
        return at.looksAgain();
    }

    @Override
    public Duration callTimeout() {
        return UNTIL_KILLED;
    }

    @Override
    public String toString() {
        return at + ": killed " + moment + " it";
    }
}
