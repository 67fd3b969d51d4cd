package io.maildomain.operator.nudge;

import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.api.v1alpha1.Ownership;
import io.maildomain.operator.claims.ClaimCheck;
import io.maildomain.operator.conditions.Check;
import io.maildomain.operator.conditions.ConditionType;
import io.maildomain.operator.conditions.Conditions;
import java.util.List;
import java.util.Optional;

/** What of a MailDomain decides about its claim, and whether a change of it can matter to others. Pure. */
final class ClaimChange {

    private ClaimChange() {}

    /** Whether a change of a MailDomain can matter to its rivals: their reconciles must not chase each other. */
    static boolean mattersToRivals(MailDomain before, MailDomain after) {
        return !claimOf(before).equals(claimOf(after));
    }

    /** What its claim rests on. Of one that has noted no zone only whether it has failed by itself: that it lost is no news. */
    static List<Object> claimOf(MailDomain domain) {
        String zone = zoneOf(domain);
        String reason = zoneReadyReason(domain);
        boolean failed = isFalse(domain, ConditionType.CREDENTIALS_VALID)
                || isFalse(domain, ConditionType.ZONE_READY) && !ClaimCheck.isLost(reason);
        return List.of(
                domain.getSpec() == null
                        ? ""
                        : List.of(
                                domain.getSpec().mode(),
                                domain.getSpec().suspend(),
                                domain.getSpec().credentials()),
                domain.isMarkedForDeletion(),
                zone,
                zone.isEmpty() ? "" : reason,
                failed);
    }

    static boolean isFalse(MailDomain domain, ConditionType type) {
        return condition(domain, type)
                .filter(condition -> Check.Status.FALSE.words().equals(condition.status()))
                .isPresent();
    }

    static String zoneOf(MailDomain domain) {
        return Optional.ofNullable(domain.getStatus())
                .flatMap(MailDomainStatus::ledger)
                .flatMap(Ownership::notedZone)
                .map(Object::toString)
                .orElse("");
    }

    static String zoneReadyReason(MailDomain domain) {
        return condition(domain, ConditionType.ZONE_READY)
                .map(Condition::reason)
                .orElse("");
    }

    static Optional<Condition> condition(MailDomain domain, ConditionType type) {
        return Optional.ofNullable(domain.getStatus()).flatMap(status -> Conditions.find(status.conditions(), type));
    }

    /** Who has lost was in nobody's way. */
    static boolean mayHaveCounted(MailDomain gone) {
        return !zoneOf(gone).isEmpty() || !ClaimCheck.isLost(zoneReadyReason(gone));
    }

    static boolean isInAnothersShadow(MailDomain domain) {
        String reason = zoneReadyReason(domain);
        return reason.isEmpty() || ClaimCheck.isLost(reason);
    }

    static String readyReason(MailDomain domain) {
        return condition(domain, ConditionType.READY).map(Condition::reason).orElse("");
    }
}
