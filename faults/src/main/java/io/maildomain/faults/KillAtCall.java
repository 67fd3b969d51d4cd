package io.maildomain.faults;

import io.maildomain.simulator.faults.Fault;
import java.time.Duration;

/** The operator is killed while it waits for the answer to a call to Cloudflare, which has had its effect or not. */
record KillAtCall(CallSpot at, Moment moment) implements Trap {

    /** Longer than any case takes: the answer is never given. */
    private static final Duration UNTIL_KILLED = Duration.ofMinutes(5);

    @Override
    public Set set(Life life) {
        Fault late = new Fault(
                null,
                null,
                null,
                null,
                UNTIL_KILLED.toMinutes() + "m",
                moment == Moment.BEFORE ? Fault.Moment.BEFORE : Fault.Moment.AFTER);
        Place place = life.place();
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
