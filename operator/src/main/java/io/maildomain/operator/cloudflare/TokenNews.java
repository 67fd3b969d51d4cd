package io.maildomain.operator.cloudflare;

import io.maildomain.operator.credentials.ApiToken;
import java.util.Objects;

/** A call showed something new of a token. */
public record TokenNews(ApiToken token, TokenStanding before, TokenStanding now) {

    /** Whether the token itself is refused since, or in other words than before. */
    public boolean isRefusal() {
        boolean refused = now.refusal().isPresent() && !Objects.equals(before.refused(), now.refused());
        boolean unusable = now.saysUnusable() && !before.saysUnusable();
        return refused || unusable;
    }

    /** Whether the token was refused, expired or disabled, and is not any more. */
    public boolean isRecovery() {
        return !isRefusal() && isTrouble(before) && !isTrouble(now);
    }

    private static boolean isTrouble(TokenStanding standing) {
        return standing.refusal().isPresent() || standing.saysUnusable();
    }
}
