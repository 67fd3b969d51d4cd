package io.maildomain.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.simulator.control.Controls;
import io.maildomain.simulator.faults.FaultPlan;
import java.time.Duration;

/**
 * A call to Cloudflare goes wrong.
 *
 * @param seed what Cloudflare held at first: its zones are told from those that the life made
 */
record CallFault(CallSpot at, FaultKind kind, JsonNode seed) implements Trap {

    @Override
    public Set set(Life life) {
        Controls cloudflare = life.place().controls();
        int id = plant(cloudflare, at, seed, kind.fault());
        return new Set() {
            @Override
            public boolean sprung() {
                return fired(cloudflare, id);
            }

            @Override
            public void clear() {
                cloudflare.removeFault(id);
            }
        };
    }

    /** Plants a fault for exactly this call. */
    static int plant(Controls cloudflare, CallSpot at, JsonNode seed, io.maildomain.simulator.faults.Fault fault) {
        return cloudflare.addFault(
                FaultPlan.next(at.method(), at.path(seed), fault).withAfter(at.number() - 1));
    }

    static boolean fired(Controls cloudflare, int id) {
        return cloudflare.faults().stream().anyMatch(fault -> fault.id() == id && fault.fired() > 0);
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
