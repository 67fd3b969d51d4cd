package io.maildomain.faults;

import io.maildomain.harness.Interference.Hold;
import java.time.Duration;

/** The operator is killed while it waits for the API server, which has got its write or not. */
record KillAtWrite(WriteSpot at, Timing moment) implements FaultInjection {

    private static final Duration PATIENT = Duration.ofMinutes(5);

    @Override
    public Set set(Scenario life) {
        String namespace = life.place().namespace();
        WriteGate gate = life.gate().orElseThrow();
        Hold hold = gate.hold(namespace, at, moment);
        return new Set() {
            @Override
            public boolean sprung() {
                return hold.isReached();
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
