package io.maildomain.operator.cloudflare;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Remembers what the answers to one token's calls showed of its rights, and tells when that changes. Thread-safe. */
final class TokenMemory {

    private static final Set<Integer> RIGHT_CODES = Set.of(0, 2036, 9109, 10000);
    private static final Set<Integer> RIGHT_CODES_OF_CREATION = Set.of(1068, 1106);
    private static final Set<Integer> RIGHT_STATUSES = Set.of(400, 401, 403);

    private final Map<Right, RightEvidence> evidence = new EnumMap<>(Right.class);
    private final Runnable changed;
    /** The token was accepted and not refused since: a first refusal may be a stray. */
    private boolean worked;

    /** Null where the token is not refused. */
    private CloudflareException refusal;

    /** @param changed called after each change of the standing, outside of any lock */
    TokenMemory(Runnable changed) {
        this.changed = changed;
    }

    synchronized TokenStanding standing() {
        Map<Right, RightStanding> rights = new EnumMap<>(Right.class);
        evidence.forEach((right, known) -> rights.put(right, known.standing()));
        return new TokenStanding(refusal, rights);
    }

    /** The call went through; {@code zone} is "" where it is about no single one. */
    void answered(CloudflareCall call, String zone) {
        change(() -> {
            refusal = null;
            worked = true;
            rightShownBy(call)
                    .ifPresent(right -> evidence.merge(
                            right,
                            RightEvidence.none().answered(zone, call.writes()),
                            (known, first) -> known.answered(zone, call.writes())));
        });
    }

    /** The call was refused; whether for want of a right, the answer tells. */
    void refused(CloudflareCall call, String zone, Failure.Refused refused, Verdict verdict) {
        change(() -> {
            if (verdict == Verdict.REFUSED && worked) {
                worked = false;
            } else if (verdict == Verdict.REFUSED || verdict == Verdict.REFUSED_TOO_OFTEN) {
                refusal = sameWords(refused) ? refusal : new CloudflareException(call, refused);
            } else if (verdict == Verdict.ACCEPTED) {
                refusal = null;
            }
            if (isForWantOfTheRight(call, refused, verdict)) {
                rightShownBy(call)
                        .ifPresent(right -> evidence.merge(
                                right,
                                RightEvidence.none().refused(zone, call.writes()),
                                (known, first) -> known.refused(zone, call.writes())));
            }
        });
    }

    /** One refusal, however often it is met and by which call: else each call would be news. */
    private boolean sameWords(Failure.Refused refused) {
        return refusal != null
                && refusal.refused()
                        .filter(known -> Text.words(known).equals(Text.words(refused)))
                        .isPresent();
    }

    /** Refusals are forgotten, so that a look from now on can find better. */
    synchronized void forgetRefusals() {
        evidence.replaceAll((right, known) -> known.withoutRefusals());
    }

    /** A zone can be read with rights of several products: that shows none of them. */
    private static Optional<Right> rightShownBy(CloudflareCall call) {
        return call.right().filter(right -> call != CloudflareCall.GET_ZONE);
    }

    private void change(Runnable change) {
        TokenStanding before;
        TokenStanding after;
        synchronized (this) {
            before = standing();
            change.run();
            after = standing();
        }
        if (!before.equals(after)) {
            changed.run();
        }
    }

    private static boolean isForWantOfTheRight(CloudflareCall call, Failure.Refused refused, Verdict verdict) {
        if (verdict != Verdict.UNKNOWN && verdict != Verdict.ACCEPTED || !RIGHT_STATUSES.contains(refused.status())) {
            return false;
        }
        return refused.errors().stream()
                .filter(error -> !error.message().toLowerCase(Locale.ROOT).contains("invalid zone"))
                .map(ApiError::code)
                .anyMatch(code -> RIGHT_CODES.contains(code)
                        || call == CloudflareCall.CREATE_ZONE && RIGHT_CODES_OF_CREATION.contains(code));
    }
}
