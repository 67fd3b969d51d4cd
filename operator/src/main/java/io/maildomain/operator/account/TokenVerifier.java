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
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Asks Cloudflare about a token: once for each token, again daily, and sooner where it was not found active. */
final class TokenVerifier {

    private static final Duration KEPT = Duration.ofDays(1);
    private static final Duration KEPT_OTHERWISE = Duration.ofMinutes(10);

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
        boolean same = known != null && known.token().equals(token);
        Verification verification = ask(token, accountId).orElse(same ? known.verification() : Verification.notAsked());
        answers.put(accountUid, new Answer(token, verification, clock.instant()));
        return verification;
    }

    void forget(String accountUid) {
        answers.remove(accountUid);
    }

    private boolean isFresh(Answer answer) {
        Duration kept = answer.verification().state() == TokenState.active ? KEPT : KEPT_OTHERWISE;
        return answer.at().plus(kept).isAfter(clock.instant());
    }

    /** Empty where Cloudflare did not answer the question: then what it said last still stands. */
    private Optional<Verification> ask(ApiToken token, String accountId) {
        Cloudflare client = cloudflare.apply(token);
        try {
            return Optional.of(read(client.verifyToken(Use.CHECK)));
        } catch (CloudflareException e) {
            return isAnswer(e) ? askAccount(client, accountId) : Optional.empty();
        }
    }

    private static Optional<Verification> askAccount(Cloudflare client, String accountId) {
        if (accountId.isEmpty()) {
            return Optional.of(Verification.notAsked());
        }
        try {
            return Optional.of(read(client.verifyAccountToken(accountId, Use.CHECK)));
        } catch (CloudflareException e) {
            return isAnswer(e) ? Optional.of(Verification.notAsked()) : Optional.empty();
        }
    }

    private static boolean isAnswer(CloudflareException e) {
        return e.refused()
                .filter(refused -> refused.status() < 500 && refused.status() != 429 && refused.status() != 408)
                .isPresent();
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
