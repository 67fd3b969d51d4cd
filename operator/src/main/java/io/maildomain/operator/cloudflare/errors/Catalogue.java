package io.maildomain.operator.cloudflare.errors;

import io.maildomain.operator.cloudflare.ApiError;
import io.maildomain.operator.cloudflare.CloudflareCall;
import io.maildomain.operator.cloudflare.CloudflareError;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.Failure;
import io.maildomain.operator.cloudflare.RegistrableDomains;
import io.maildomain.operator.cloudflare.TokenStanding;
import java.time.Duration;
import java.util.Optional;

/**
 * The catalogue of everything that can go wrong at Cloudflare: reason, kind, and the sentence that says what to do. Held
 * to docs/reference/reasons.md by a test. A reason that begins with {@code Token} is about the token itself; all others are about
 * what the call served.
 */
public final class Catalogue {
    private Catalogue() {}

    /** What this failure means here. Unknown codes keep their text and their code. */
    public static Diagnosis diagnose(CloudflareException exception, DiagnosisContext context) {
        return diagnose(exception, context, ZoneSighting.NOT_SEEN);
    }

    /**
     * The same, where a look for the zone followed that could not be created.
     *
     * @param sighting what the token sees of the zone
     */
    public static Diagnosis diagnose(CloudflareException exception, DiagnosisContext context, ZoneSighting sighting) {
        DiagnosisContext known = exception.token().accountOwned() ? context.ownedByAccount() : context;
        return TokenTrouble.better(said(exception, known, sighting), exception, known);
    }

    /**
     * What is the matter with a token, by what all of its calls and the question about itself have shown; empty where it is
     * not known to be refused, expired or disabled. In the words that {@link #diagnose} has for the calls with this token.
     *
     * @param call one that the token is for
     */
    public static Optional<Diagnosis> ofToken(TokenStanding standing, CloudflareCall call, DiagnosisContext context) {
        return TokenTrouble.of(standing, call, context);
    }

    /** What the failure says by itself. */
    static Diagnosis said(CloudflareException exception, DiagnosisContext context) {
        return said(exception, context, ZoneSighting.NOT_SEEN);
    }

    /** What was found by asking about the token itself. */
    static Diagnosis ofToken(ErrorMeaning meaning, CloudflareCall call, DiagnosisContext context) {
        return diagnosis(call, context, meaning, "", "");
    }

    private static Diagnosis said(CloudflareException exception, DiagnosisContext context, ZoneSighting sighting) {
        CloudflareCall call = exception.call();
        Failure failure = exception.failure();
        if (failure instanceof Failure.Refused refused) {
            return refused(exception, refused, context, sighting);
        }
        if (failure instanceof Failure.Postponed postponed) {
            ErrorMeaning meaning = TransportErrors.postponed(postponed.cause());
            return diagnosis(call, context, meaning.after(postponed.pause()), postponed.detail(), "");
        }
        String perhaps = exception.mayHaveTakenEffect() ? TransportErrors.PERHAPS_DONE : "";
        if (failure instanceof Failure.Unreachable unreachable) {
            ErrorMeaning meaning = TransportErrors.unreachable(unreachable.kind());
            return diagnosis(call, context, meaning, unreachable.detail(), perhaps);
        }
        if (failure instanceof Failure.Malformed malformed) {
            String status = malformed.status() == 0 ? "" : " (HTTP %d)".formatted(malformed.status());
            return diagnosis(call, context, TransportErrors.MALFORMED, malformed.detail(), perhaps + status);
        }
        return diagnosis(call, context, TransportErrors.FENCED, "", "");
    }

    private static Diagnosis refused(
            CloudflareException exception, Failure.Refused refused, DiagnosisContext context, ZoneSighting sighting) {
        ErrorMeaning meaning = RefusalCatalogue.meaning(exception.call(), refused);
        if (refused.has(CloudflareError.ZONE_EXISTS)) {
            meaning = switch (sighting) {
                case NOT_SEEN -> meaning;
                case SEEN -> RefusalCatalogue.EXISTS_AND_IS_SEEN;
                case SEEN_IN_OTHER_ACCOUNT -> RefusalCatalogue.EXISTS_ELSEWHERE;
            };
        }
        if (refused.has(CloudflareError.NOT_REGISTRABLE) && RegistrableDomains.isDoubtful(context.domain())) {
            meaning = RefusalCatalogue.NOT_TAKEN_AS_APEX;
        }
        Duration pause = refused.retryAfter().orElse(meaning.pause());
        String says =
                refused.errors().stream().map(ApiError::message).findFirst().orElse("");
        String perhaps = exception.mayHaveTakenEffect() ? TransportErrors.PERHAPS_DONE : "";
        return diagnosis(exception.call(), context, meaning.after(pause), says, perhaps + facts(refused));
    }

    /** Status and code are kept, whatever else has to be cut. */
    private static Diagnosis diagnosis(
            CloudflareCall call, DiagnosisContext context, ErrorMeaning meaning, String says, String facts) {
        Duration pause = meaning.pause() == null ? Duration.ZERO : meaning.pause();
        String sentence = MessageTemplate.of(call, context, says, pause).fill(meaning.sentence());
        String message = Text.bounded(sentence, Diagnosis.MAX_MESSAGE - facts.length()) + facts;
        return new Diagnosis(meaning.reason(), meaning.kind(), message, meaning.pause());
    }

    private static String facts(Failure.Refused refused) {
        return refused.errors().isEmpty()
                ? " (HTTP %d)".formatted(refused.status())
                : " (HTTP %d, code %d)".formatted(refused.status(), refused.code());
    }
}
