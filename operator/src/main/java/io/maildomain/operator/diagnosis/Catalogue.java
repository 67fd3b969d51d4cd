package io.maildomain.operator.diagnosis;

import io.maildomain.operator.cloudflare.ApiError;
import io.maildomain.operator.cloudflare.CloudflareCall;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.Failure;
import io.maildomain.operator.cloudflare.RegistrableDomains;
import java.time.Duration;

/**
 * The catalogue of everything that can go wrong at Cloudflare: reason, kind, and the sentence that says what to do. Held
 * to docs/diagnosis.md by a test. A reason that begins with {@code Token} is about the token itself; all others are about
 * what the call served.
 */
public final class Catalogue {
    private static final int ZONE_EXISTS = 1061;
    private static final int NOT_REGISTRABLE = 1099;

    private Catalogue() {}

    /** What this failure means here. Unknown codes keep their text and their code. */
    public static Diagnosis diagnose(CloudflareException exception, DiagnosisContext context) {
        return diagnose(exception, context, ZoneSighting.NOT_SEEN);
    }

    /**
     * The same, where somebody looked for the zone that could not be created.
     *
     * @param sighting what the token sees of the zone
     */
    public static Diagnosis diagnose(CloudflareException exception, DiagnosisContext context, ZoneSighting sighting) {
        CloudflareCall call = exception.call();
        Failure failure = exception.failure();
        if (failure instanceof Failure.Refused refused) {
            return refused(exception, refused, context, sighting);
        }
        if (failure instanceof Failure.Postponed postponed) {
            Meaning meaning = Losses.POSTPONED.get(postponed.why());
            return diagnosis(call, context, meaning.after(postponed.pause()), postponed.detail(), "");
        }
        String perhaps = exception.mayHaveTakenEffect() ? Losses.PERHAPS_DONE : "";
        if (failure instanceof Failure.Unreachable unreachable) {
            Meaning meaning = Losses.UNREACHABLE.get(unreachable.kind());
            return diagnosis(call, context, meaning, unreachable.detail(), perhaps);
        }
        if (failure instanceof Failure.Malformed malformed) {
            String status = malformed.status() == 0 ? "" : " (HTTP %d)".formatted(malformed.status());
            return diagnosis(call, context, Losses.MALFORMED, malformed.detail(), perhaps + status);
        }
        return diagnosis(call, context, Losses.FENCED, "", "");
    }

    private static Diagnosis refused(
            CloudflareException exception, Failure.Refused refused, DiagnosisContext context, ZoneSighting sighting) {
        Meaning meaning = Refusals.meaning(exception.call(), refused);
        if (refused.hasCode(ZONE_EXISTS)) {
            meaning = switch (sighting) {
                case NOT_SEEN -> meaning;
                case SEEN -> Refusals.EXISTS_AND_IS_SEEN;
                case SEEN_IN_OTHER_ACCOUNT -> Refusals.EXISTS_ELSEWHERE;
            };
        }
        if (refused.hasCode(NOT_REGISTRABLE) && RegistrableDomains.isDoubtful(context.domain())) {
            meaning = Refusals.NOT_TAKEN_AS_APEX;
        }
        Duration pause = refused.retryAfter().orElse(meaning.pause());
        String says =
                refused.errors().stream().map(ApiError::message).findFirst().orElse("");
        String perhaps = exception.mayHaveTakenEffect() ? Losses.PERHAPS_DONE : "";
        return diagnosis(exception.call(), context, meaning.after(pause), says, perhaps + facts(refused));
    }

    /** Status and code are kept, whatever else has to be cut. */
    private static Diagnosis diagnosis(
            CloudflareCall call, DiagnosisContext context, Meaning meaning, String says, String facts) {
        Duration pause = meaning.pause() == null ? Duration.ZERO : meaning.pause();
        String sentence = Sentence.of(call, context, says, pause).fill(meaning.sentence());
        String message = Words.bounded(sentence, Diagnosis.MAX_MESSAGE - facts.length()) + facts;
        return new Diagnosis(meaning.reason(), meaning.kind(), message, meaning.pause());
    }

    private static String facts(Failure.Refused refused) {
        return refused.errors().isEmpty()
                ? " (HTTP %d)".formatted(refused.status())
                : " (HTTP %d, code %d)".formatted(refused.status(), refused.code());
    }
}
