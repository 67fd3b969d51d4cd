package io.maildomain.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.simulator.control.Controls;
import io.maildomain.simulator.faults.Fault;
import java.time.Duration;

/** The operator is killed while it waits for the answer to a call to Cloudflare, which has had its effect or not. */
record KillAtCall(CallSpot at, Moment moment, JsonNode seed) implements Trap {

    private static final Duration UNTIL_KILLED = Duration.ofSeconds(20);
    private static final Duration PATIENT = Duration.ofSeconds(15);

    @Override
    public Set set(Life life) {
        Controls cloudflare = life.place().controls();
        Fault late = new Fault(
                null,
                null,
                null,
                null,
                UNTIL_KILLED.toMillis() + "ms",
                moment == Moment.BEFORE ? Fault.Moment.BEFORE : Fault.Moment.AFTER);
        int id = CallFault.plant(cloudflare, at, seed, late);
        return new Set() {
            @Override
            public boolean sprung() {
                return CallFault.fired(cloudflare, id);
            }

            @Override
            public void struck() {
                life.killAndRestart();
            }

            @Override
            public void clear() {
                cloudflare.removeFault(id);
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
