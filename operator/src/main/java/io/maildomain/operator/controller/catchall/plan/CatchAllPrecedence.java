package io.maildomain.operator.controller.catchall.plan;

import io.maildomain.api.v1alpha1.CatchAllContent;
import io.maildomain.api.v1alpha1.CatchAllOwnership;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CatchAllRuleStatus;
import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.status.Check;
import io.maildomain.operator.status.ConditionType;
import io.maildomain.operator.status.Conditions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which of several CatchAllRules for one domain counts: the oldest, then the smaller UID; and who comes next. Pure. */
public final class CatchAllPrecedence {

    /** Kubernetes tells ages by the second: among those of one second the holder stays, so that nothing flaps. */
    private static final Comparator<CatchAllRule> AGE = Comparator.<CatchAllRule, String>comparing(
                    rule -> rule.getMetadata().getCreationTimestamp())
            .thenComparing(rule -> ownershipOf(rule).isEmpty())
            .thenComparing(rule -> rule.getMetadata().getUid());

    private CatchAllPrecedence() {}

    /** The one among those that are not being deleted. */
    public static Optional<CatchAllRule> winner(List<CatchAllRule> siblings) {
        return siblings.stream().filter(rule -> !rule.isMarkedForDeletion()).min(AGE);
    }

    /** What stood there before the sibling that holds, or held, the catch-all; for the one that takes over from it. */
    public static Optional<CatchAllContent> inheritance(
            CatchAllRule successor, String zoneId, List<CatchAllRule> siblings) {
        return siblings.stream()
                .filter(rule -> !uid(rule).equals(uid(successor)))
                .flatMap(rule -> ownershipOf(rule).stream())
                .filter(ownership -> zoneId.equals(ownership.zoneId()))
                .flatMap(ownership -> ownership.notedPrevious().stream())
                .findFirst();
    }

    /** Whether a sibling, as the watch shows it, can make a difference for a rule: it comes first, holds something, or goes. */
    public static boolean matters(CatchAllRule sibling, CatchAllRule rule) {
        return AGE.compare(sibling, rule) < 0 || ownershipOf(sibling).isPresent() || sibling.isMarkedForDeletion();
    }

    /** Whether the successor has not had its turn yet: then the one that goes waits, and restores nothing in between. */
    public static boolean awaitsTurn(CatchAllRule successor) {
        if (ownershipOf(successor).isPresent()) {
            return false;
        }
        return Optional.ofNullable(successor.getStatus())
                .flatMap(status -> Conditions.find(status.conditions(), ConditionType.READY))
                .map(ready -> ready.says(Reason.Conflict) || !tellsOfALook(ready))
                .orElse(true);
    }

    /** Whether the rule was ever reconciled, rather than having waited for that or failed in passing; not after a backup was restored that holds no status. */
    public static boolean hasHadItsTurn(CatchAllRule rule) {
        return ownershipOf(rule).isPresent()
                || Optional.ofNullable(rule.getStatus())
                        .flatMap(status -> Conditions.find(status.conditions(), ConditionType.READY))
                        .filter(CatchAllPrecedence::tellsOfALook)
                        .isPresent();
    }

    /** One that waited for requests, or failed in passing, has seen and done nothing yet. */
    private static boolean tellsOfALook(Condition ready) {
        return !ready.says(Reason.WaitingForBudget)
                && !Check.Status.UNKNOWN.value().equals(ready.status());
    }

    /** Whether the rule has written its own catch-all into the zone. */
    public static boolean hasTakenOver(CatchAllRule successor, String zoneId) {
        return ownershipOf(successor)
                .filter(ownership -> zoneId.equals(ownership.zoneId()))
                .filter(ownership -> ownership.applied() != null)
                .isPresent();
    }

    /** What the rule has noted. */
    public static Optional<CatchAllOwnership> ownershipOf(CatchAllRule rule) {
        return Optional.ofNullable(rule.getStatus()).flatMap(CatchAllRuleStatus::ownershipRecord);
    }

    private static String uid(CatchAllRule rule) {
        return rule.getMetadata().getUid();
    }
}
