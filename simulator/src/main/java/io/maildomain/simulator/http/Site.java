package io.maildomain.simulator.http;

import io.maildomain.simulator.api.Request;
import io.maildomain.simulator.faults.Outcome;

/** What lies behind the server. */
@FunctionalInterface
public interface Site {

    /**
     * Serves a request.
     *
     * @param local whether it comes from this machine
     */
    Outcome serve(Request request, boolean local);
}
