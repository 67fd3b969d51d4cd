package io.maildomain.operator.account;

import io.maildomain.api.v1alpha1.TokenState;
import io.maildomain.operator.account.AccountReport.Verification;
import io.maildomain.operator.cloudflare.Cloudflare;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.TokenVerification;
import io.maildomain.operator.cloudflare.Use;
import io.maildomain.operator.credentials.ApiToken;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Asks Cloudflare about a token: once for each token, and again daily. */
final class TokenVerifier {

    private static final Duration KEPT = Duration.ofDays(1);
    private static final Duration KEPT_UNKNOWN = Duration.ofMinutes(10);

    private final Function<ApiToken, Cloudflare> cloudflare;
    private final Clock clock;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();

    private record Answer(ApiToken token, Verification verification, Instant at) {}

    TokenVerifier(Function<ApiToken, Cloudflare> cloudflare, Clock clock) {
        this.cloudflare = cloudflare;
        this.clock = clock;
    }

    /** @param accountUid whose runtime token it is; one answer is kept for each account */
    Verification verify(String accountUid, ApiToken token, String accountId) {
        Answer known = answers.get(accountUid);
        if (known != null && known.token().equals(token) && isFresh(known)) {
            return known.verification();
        }
        Verification verification = ask(token, accountId);
        answers.put(accountUid, new Answer(token, verification, clock.instant()));
        return verification;
    }

    void forget(String accountUid) {
        answers.remove(accountUid);
    }

    private boolean isFresh(Answer answer) {
        Duration kept = answer.verification().state() == TokenState.unknown ? KEPT_UNKNOWN : KEPT;
        return answer.at().plus(kept).isAfter(clock.instant());
    }

    private Verification ask(ApiToken token, String accountId) {
        Cloudflare client = cloudflare.apply(token);
        try {
            return read(client.verifyToken(Use.CHECK));
        } catch (CloudflareException userTokenRefused) {
            return accountId.isEmpty() ? Verification.notAsked() : askAccount(client, accountId);
        }
    }

    private static Verification askAccount(Cloudflare client, String accountId) {
        try {
            return read(client.verifyAccountToken(accountId, Use.CHECK));
        } catch (CloudflareException refused) {
            return Verification.notAsked();
        }
    }

    private static Verification read(TokenVerification answer) {
        TokenState state =
                switch (answer.status()) {
                    case "active" -> TokenState.active;
                    case "expired" -> TokenState.expired;
                    case "disabled" -> TokenState.disabled;
                    default -> TokenState.unknown;
                };
        return new Verification(state, answer.expiresOn().orElse(null));
    }
}
