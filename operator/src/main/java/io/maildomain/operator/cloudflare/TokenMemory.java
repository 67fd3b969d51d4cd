package io.maildomain.operator.cloudflare;

import io.maildomain.api.v1alpha1.RightState;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Remembers what the answers to one token's calls showed of its rights, and tells when that changes. Thread-safe. */
final class TokenMemory {

    private static final Set<Integer> RIGHT_STATUSES = Set.of(400, 401, 403);

    private final Map<Permission, PermissionEvidence> evidence = new EnumMap<>(Permission.class);
    private final BiConsumer<TokenStanding, TokenStanding> changed;
    /** The token was accepted and not refused since: a first refusal may be a stray. */
    private boolean worked;

    /** Null where the token is not refused. */
    private @Nullable CloudflareException refusal;

    /** Null where the token itself was not asked about. */
    private @Nullable TokenVerification verification;

    private boolean accountOwned;

    /** @param changed called with the standing before and after each change, outside of any lock */
    TokenMemory(BiConsumer<TokenStanding, TokenStanding> changed) {
        this.changed = changed;
    }

    synchronized TokenStanding standing() {
        Map<Permission, RightState> rights = new EnumMap<>(Permission.class);
        evidence.forEach((right, known) -> rights.put(right, known.standing()));
        return new TokenStanding(refusal, verification, accountOwned, rights);
    }

    /** The call went through; {@code zone} is "" where it is about no single one. */
    void answered(CloudflareCall call, String zone) {
        change(() -> {
            if (refusal != null && verification != null && verification.saysUnusable()) {
                // Older than this answer: a user has enabled the token, or extended it. Without a refusal both stand,
                // however
                // they contradict each other: else each verification would be news again.
                verification = null;
            }
            refusal = null;
            worked = true;
            rightShownBy(call)
                    .ifPresent(right -> evidence.merge(
                            right,
                            PermissionEvidence.none().answered(zone, call.writes()),
                            (known, first) -> known.answered(zone, call.writes())));
        });
    }

    /**
     * Cloudflare was asked about the token itself.
     *
     * @param byAccount whether an account answered for it: a user's token is not known there
     */
    void verified(TokenVerification answer, boolean byAccount) {
        change(() -> {
            verification = answer;
            accountOwned = byAccount;
        });
    }

    /** The call was refused; whether for want of a right, the answer tells. */
    void refused(CloudflareCall call, String zone, Failure.Refused refused, TokenOutcome outcome) {
        change(() -> {
            if (outcome == TokenOutcome.REFUSED && worked) {
                worked = false;
            } else if (outcome == TokenOutcome.REFUSED
                    || outcome == TokenOutcome.REFUSED_TOO_OFTEN && refusal == null) {
                refusal = sameWords(refused) ? refusal : new CloudflareException(call, refused);
            } else if (outcome == TokenOutcome.ACCEPTED) {
                refusal = null;
            }
            if (isForWantOfTheRight(call, refused, outcome)) {
                rightShownBy(call)
                        .ifPresent(right -> evidence.merge(
                                right,
                                PermissionEvidence.none().refused(zone, call.writes()),
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

    /** A zone can be read or found with rights of several products: that shows none of them. */
    private static Optional<Permission> rightShownBy(CloudflareCall call) {
        return call.right()
                .filter(right -> call != CloudflareCall.GET_ZONE && call != CloudflareCall.FIND_ZONE_OF_HOST);
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
            changed.accept(before, after);
        }
    }

    private static boolean isForWantOfTheRight(CloudflareCall call, Failure.Refused refused, TokenOutcome outcome) {
        if (outcome != TokenOutcome.UNKNOWN && outcome != TokenOutcome.ACCEPTED
                || !RIGHT_STATUSES.contains(refused.status())) {
            return false;
        }
        return refused.errors().stream()
                .filter(error -> !Saying.INVALID_ZONE.isIn(error))
                .anyMatch(error -> error.isAny(
                        call == CloudflareCall.CREATE_ZONE
                                ? CloudflareError.OF_PERMISSIONS_TO_CREATE_ZONES
                                : CloudflareError.OF_PERMISSIONS));
    }
}
