package io.maildomain.operator.cloudflare;

import io.maildomain.api.v1alpha1.RightState;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What Cloudflare's answers have shown of one token so far, whichever call it was.
 *
 * @param refused the call that Cloudflare refused because of the token itself; null where it did not, read it by {@link
 *     #refusal()}
 * @param verified what Cloudflare said of the token when it was last asked; null where it was not asked, read it by {@link
 *     #verification()}
 * @param accountOwned whether the verification showed that an account owns it, rather than a user
 * @param rights those that a call was answered for; read it by {@link #of}
 */
public record TokenStanding(
        @Nullable CloudflareException refused,
        @Nullable TokenVerification verified,
        boolean accountOwned,
        Map<Permission, RightState> rights) {

    public TokenStanding {
        rights = Map.copyOf(rights);
    }

    /** Of a token that was never verified. */
    public TokenStanding(@Nullable CloudflareException refused, Map<Permission, RightState> rights) {
        this(refused, null, false, rights);
    }

    /** Of a token that no call was made with. */
    public static TokenStanding unknown() {
        return new TokenStanding(null, Map.of());
    }

    /** How Cloudflare refused the token itself; empty where it did not. */
    public Optional<CloudflareException> refusal() {
        return Optional.ofNullable(refused);
    }

    /** What Cloudflare said of the token when it was last asked; empty where it was not asked. */
    public Optional<TokenVerification> verification() {
        return Optional.ofNullable(verified);
    }

    /** What it comes to at this time: the token can have expired since it was verified. */
    public TokenStanding at(Instant now) {
        return verified == null ? this : new TokenStanding(refused, verified.at(now), accountOwned, rights);
    }

    /** Whether Cloudflare, asked about the token, called it expired or disabled. */
    public boolean saysUnusable() {
        return verified != null && verified.saysUnusable();
    }

    /** What is known of the right. */
    public RightState of(Permission right) {
        return rights.getOrDefault(right, RightState.Unknown);
    }
}
