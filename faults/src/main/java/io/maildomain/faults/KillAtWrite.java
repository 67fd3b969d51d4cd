package io.maildomain.faults;

import java.time.Duration;

/** The operator is killed while it waits for the API server, which has got its write or not. */
record KillAtWrite(WriteSpot at, Moment moment) implements Trap {

    private static final Duration PATIENT = Duration.ofMinutes(5);

    @Override
    public Set set(Life life) {
        String namespace = life.place().namespace();
        ApiGate gate = life.gate().orElseThrow();
        ApiGate.Hold hold = gate.hold(namespace, at, moment);
        return new Set() {
            @Override
            public boolean sprung() {
                return hold.reached();
            }

            @Override
            public void clear() {
                gate.clear(namespace);
            }
        };
    }

    @Override
    public Duration callTimeout() {
        return PATIENT;
    }

    @Override
    public String toString() {
        return at + ": killed " + moment + " it";
    }
}
