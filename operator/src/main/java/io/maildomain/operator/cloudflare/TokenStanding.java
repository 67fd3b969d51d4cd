package io.maildomain.operator.cloudflare;

import java.util.Map;
import java.util.Optional;

/**
 * What Cloudflare's answers have shown of one token so far.
 *
 * @param refused the call that Cloudflare refused because of the token itself; null where it did not, read it by {@link
 *     #refusal()}
 * @param rights those that a call was answered for; read it by {@link #of}
 */
public record TokenStanding(CloudflareException refused, Map<Right, RightStanding> rights) {

    public TokenStanding {
        rights = Map.copyOf(rights);
    }

    /** Of a token that no call was made with. */
    public static TokenStanding unknown() {
        return new TokenStanding(null, Map.of());
    }

    /** How Cloudflare refused the token itself; empty where it did not. */
    public Optional<CloudflareException> refusal() {
        return Optional.ofNullable(refused);
    }

    /** What is known of the right. */
    public RightStanding of(Right right) {
        return rights.getOrDefault(right, RightStanding.UNKNOWN);
    }
}
