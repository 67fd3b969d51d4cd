package io.maildomain.simulator.state;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An address that Email Routing does not send to.
 *
 * @param zones the zones it holds for; empty: the whole account
 * @param expiresAt null: never
 */
public record Suppression(
        String id, String email, String reason, Instant createdAt, Instant expiresAt, List<String> zones) {

    public Suppression {
        email = Required.text(email, "a suppression's email");
        id = id == null ? UUID.randomUUID().toString() : id;
        zones = zones == null ? List.of() : List.copyOf(zones);
    }
}
