package io.maildomain.operator.catchall;

import io.maildomain.api.v1alpha1.CatchAllContent;
import io.maildomain.api.v1alpha1.CatchAllOwnership;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CatchAllRuleStatus;
import io.maildomain.operator.conditions.ConditionType;
import io.maildomain.operator.conditions.Conditions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which of several CatchAllRules for one domain counts: the oldest, then the smaller UID; and who comes next. Pure. */
public final class Succession {

    static final String CONFLICT = "Conflict";

    /** Kubernetes tells ages by the second: among those of one second the holder stays, so that nothing flaps. */
    private static final Comparator<CatchAllRule> AGE = Comparator.<CatchAllRule, String>comparing(
                    rule -> rule.getMetadata().getCreationTimestamp())
            .thenComparing(rule -> ledgerOf(rule).isEmpty())
            .thenComparing(rule -> rule.getMetadata().getUid());

    private Succession() {}

    /** The one among those that are not being deleted. */
    public static Optional<CatchAllRule> winner(List<CatchAllRule> siblings) {
        return siblings.stream().filter(rule -> !rule.isMarkedForDeletion()).min(AGE);
    }

    /** What stood there before the sibling that holds, or held, the catch-all; for the one that takes over from it. */
    static Optional<CatchAllContent> inheritance(CatchAllRule heir, String zoneId, List<CatchAllRule> siblings) {
        return siblings.stream()
                .filter(rule -> !uid(rule).equals(uid(heir)))
                .flatMap(rule -> ledgerOf(rule).stream())
                .filter(ledger -> zoneId.equals(ledger.zoneId()))
                .flatMap(ledger -> ledger.notedPrevious().stream())
                .findFirst();
    }

    /** Whether a sibling, as the watch shows it, can make a difference for a rule: it comes first, holds something, or goes. */
    static boolean matters(CatchAllRule sibling, CatchAllRule rule) {
        return AGE.compare(sibling, rule) < 0 || ledgerOf(sibling).isPresent() || sibling.isMarkedForDeletion();
    }

    /** Whether the successor has not had its turn yet: then the one that goes waits, and restores nothing in between. */
    static boolean awaitsTurn(CatchAllRule successor) {
        if (ledgerOf(successor).isPresent()) {
            return false;
        }
        return Optional.ofNullable(successor.getStatus())
                .flatMap(status -> Conditions.find(status.conditions(), ConditionType.READY))
                .map(ready -> ready.reason().equals(CONFLICT))
                .orElse(true);
    }

    /** Whether the rule was ever reconciled; not after a backup was restored that holds no status. */
    static boolean hasHadItsTurn(CatchAllRule rule) {
        return ledgerOf(rule).isPresent()
                || Optional.ofNullable(rule.getStatus())
                        .flatMap(status -> Conditions.find(status.conditions(), ConditionType.READY))
                        .isPresent();
    }

    /** Whether the rule has written its own catch-all into the zone. */
    static boolean hasTakenOver(CatchAllRule successor, String zoneId) {
        return ledgerOf(successor)
                .filter(ledger -> zoneId.equals(ledger.zoneId()))
                .filter(ledger -> ledger.applied() != null)
                .isPresent();
    }

    /** What the rule has noted. */
    public static Optional<CatchAllOwnership> ledgerOf(CatchAllRule rule) {
        return Optional.ofNullable(rule.getStatus()).flatMap(CatchAllRuleStatus::ledger);
    }

    private static String uid(CatchAllRule rule) {
        return rule.getMetadata().getUid();
    }
}
