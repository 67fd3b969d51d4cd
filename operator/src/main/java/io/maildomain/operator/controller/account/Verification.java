package io.maildomain.operator.controller.account;

import io.maildomain.api.v1alpha1.TokenState;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What Cloudflare says of a token by itself. It never makes a token invalid unless it names it expired or disabled: tokens
 * that an account owns get 401 from the verification of users' tokens and work all the same.
 *
 * @param expires null: never, or not known; read it by {@link #expiresAt()}
 */
record Verification(TokenState state, @Nullable Instant expires) {

    static Verification notAsked() {
        return new Verification(TokenState.unknown, null);
    }

    Optional<Instant> expiresAt() {
        return Optional.ofNullable(expires);
    }

    /** What it comes to at this time: a token that was active when we asked can have expired since. */
    Verification at(Instant now) {
        boolean over = state == TokenState.active && expires != null && !expires.isAfter(now);
        return over ? new Verification(TokenState.expired, expires) : this;
    }

    boolean saysUnusable() {
        return state == TokenState.expired || state == TokenState.disabled;
    }
}
