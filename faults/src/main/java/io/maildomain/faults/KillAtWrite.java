package io.maildomain.faults;

import java.time.Duration;

/** The operator is killed while it waits for the API server, which has got its write or not. */
record KillAtWrite(WriteSpot at, Moment moment) implements Trap {

    private static final Duration PATIENT = Duration.ofSeconds(15);

    @Override
    public Set set(Life life) {
        ApiGate gate = life.gate().orElseThrow();
        gate.clear();
        ApiGate.Hold hold = gate.hold(at, moment);
        return new Set() {
            @Override
            public boolean sprung() {
                return hold.reached();
            }

            @Override
            public void struck() {
                life.killAndRestart();
            }

            @Override
            public void clear() {
                gate.clear();
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
