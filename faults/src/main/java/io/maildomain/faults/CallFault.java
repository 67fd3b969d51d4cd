package io.maildomain.faults;

import java.time.Duration;

/** A call to Cloudflare goes wrong. */
record CallFault(CallSpot at, FaultKind kind) implements FaultInjection {

    @Override
    public Set set(Scenario life) {
        Sandbox place = life.place();
        int id = place.plant(at, life.seed(), kind.fault());
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
        return kind.callTimeout();
    }

    @Override
    public String toString() {
        return at + ": " + kind;
    }
}
