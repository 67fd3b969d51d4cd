package io.maildomain.operator.cloudflare.errors;

import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.cloudflare.CloudflareCall;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.TokenStanding;
import io.maildomain.operator.cloudflare.TokenVerification;
import java.util.Optional;
import java.util.Set;

/**
 * What is the matter with a token, by all that is known of it. A refused call often says no more than that the token is not
 * valid, and one that is held back says nothing at all; another call, or the question about the token itself, may know.
 */
final class TokenTrouble {

    /** Reasons that leave open what is the matter. */
    private static final Set<Reason> VAGUE = Set.of(Reason.TokenInvalid, Reason.TokenRefused, Reason.TokenBlocked);

    private TokenTrouble() {}

    /**
     * Empty where the token is not known to be refused, expired or disabled.
     *
     * @param call which needs the token: it tells what the token is called
     */
    static Optional<Diagnosis> of(TokenStanding standing, CloudflareCall call, DiagnosisContext context) {
        Optional<Diagnosis> refusal = standing.refusal()
                .map(CloudflareException::failure)
                .map(refused -> Catalogue.said(new CloudflareException(call, refused), context));
        return refusal.filter(said -> !isVague(said))
                .or(() -> asVerified(standing, call, context))
                .or(() -> refusal);
    }

    /** What a failed call says, unless more is known. How long to wait is what the call says. */
    static Diagnosis better(Diagnosis said, CloudflareException failure, DiagnosisContext context) {
        if (!isVague(said)) {
            return said;
        }
        return of(failure.token(), failure.call(), context)
                .map(known -> new Diagnosis(known.reason(), known.kind(), known.message(), said.pause()))
                .orElse(said);
    }

    private static Optional<Diagnosis> asVerified(
            TokenStanding standing, CloudflareCall call, DiagnosisContext context) {
        return standing.verification()
                .filter(answer -> standing.saysUnusable())
                .map(TokenVerification::status)
                .map(status -> status.equals("expired") ? TokenRefusals.EXPIRED : TokenRefusals.DISABLED)
                .map(meaning -> Catalogue.ofToken(meaning, call, context));
    }

    private static boolean isVague(Diagnosis said) {
        return VAGUE.contains(said.reason());
    }
}
