package io.maildomain.operator.server.http;

import java.util.Objects;

/**
 * What a probe is answered.
 *
 * @param passes answered by 200, else by 503
 * @param says one line for people, also where it passes
 */
public record ProbeResult(boolean passes, String says) {

    public ProbeResult {
        Objects.requireNonNull(says, "says");
    }

    public static ProbeResult pass(String says) {
        return new ProbeResult(true, says);
    }

    public static ProbeResult fail(String says) {
        return new ProbeResult(false, says);
    }
}
