package io.maildomain.operator.cloudflare;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What Cloudflare says of a token; it says nothing of its rights.
 *
 * @param id "" where Cloudflare gives none
 * @param status active, disabled or expired
 * @param expiry null if the token never expires; read it by {@link #expiresOn()}
 */
public record TokenVerification(
        String id, String status, @Nullable Instant expiry) {
    public TokenVerification {
        id = Text.orEmpty(id);
        status = Text.orEmpty(status);
    }

    /** What it comes to at this time: a token that was active when we asked can have expired since. */
    TokenVerification at(Instant now) {
        boolean over = status.equals("active") && expiry != null && !expiry.isAfter(now);
        return over ? new TokenVerification(id, "expired", expiry) : this;
    }

    /** Whether nothing can be done with the token. */
    boolean saysUnusable() {
        return status.equals("expired") || status.equals("disabled");
    }

    /** When the token ends; empty if never. */
    public Optional<Instant> expiresOn() {
        return Optional.ofNullable(expiry);
    }
}
