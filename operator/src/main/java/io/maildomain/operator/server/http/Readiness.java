package io.maildomain.operator.server.http;

import java.util.Objects;

/**
 * Whether traffic and rollouts may count on us.
 *
 * @param reason one line for people, also when ready
 */
public record Readiness(boolean ready, String reason) {

    public Readiness {
        Objects.requireNonNull(reason, "reason");
    }

    public static Readiness yes(String reason) {
        return new Readiness(true, reason);
    }

    public static Readiness no(String reason) {
        return new Readiness(false, reason);
    }
}
