package io.maildomain.operator.cloudflare;

import java.time.Instant;
import java.util.Optional;

/**
 * What Cloudflare says of a token; it says nothing of its rights.
 *
 * @param id "" where Cloudflare gives none
 * @param status active, disabled or expired
 * @param expiry null if the token never expires; read it by {@link #expiresOn()}
 */
public record TokenVerification(String id, String status, Instant expiry) {
    public TokenVerification {
        id = Text.orEmpty(id);
        status = Text.orEmpty(status);
    }

    /** When the token ends; empty if never. */
    public Optional<Instant> expiresOn() {
        return Optional.ofNullable(expiry);
    }
}
