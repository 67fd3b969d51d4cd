package io.maildomain.operator.cloudflare;

import java.util.Map;

/**
 * What Cloudflare's answers have shown of one token so far.
 *
 * @param refusal Cloudflare's words where it refused the token itself; "" where it did not
 * @param rights those that a call was answered for; read it by {@link #of}
 */
public record TokenStanding(String refusal, Map<Right, RightStanding> rights) {

    public TokenStanding {
        rights = Map.copyOf(rights);
    }

    /** Of a token that no call was made with. */
    public static TokenStanding unknown() {
        return new TokenStanding("", Map.of());
    }

    /** What is known of the right. */
    public RightStanding of(Right right) {
        return rights.getOrDefault(right, RightStanding.UNKNOWN);
    }
}
