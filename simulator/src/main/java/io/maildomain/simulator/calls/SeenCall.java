package io.maildomain.simulator.calls;

import java.time.Instant;

/**
 * A call that came in.
 *
 * @param path with its query, as it was sent
 * @param route the template of the route, e.g. {@code /zones/{zone_id}}
 * @param status of the answer; 0: the connection was reset
 * @param token the name of the token in the control plane, of an upload the one that asked for its upload token; null: none that exists
 * @param faulty whether a planted fault had a hand in it
 */
public record SeenCall(
        long number, Instant time, String method, String path, String route, int status, String token, boolean faulty) {

    /** What calls count under that bear no token which exists. */
    static final String NO_TOKEN = "(no token)";

    String tokenOrNone() {
        return token == null ? NO_TOKEN : token;
    }

    /** Method and route, as the counts name it. */
    public String key() {
        return method + " " + route;
    }
}
