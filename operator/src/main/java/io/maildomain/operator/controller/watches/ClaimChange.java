package io.maildomain.operator.controller.watches;

import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.status.Check;
import io.maildomain.operator.status.ConditionType;
import io.maildomain.operator.status.Conditions;
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
        boolean failed = isFalse(domain, ConditionType.CREDENTIALS_VALID)
                || isFalse(domain, ConditionType.ZONE_READY) && !hasLost(domain);
        return List.of(
                domain.getSpec() == null
                        ? ""
                        : List.of(
                                domain.getSpec().mode(),
                                domain.getSpec().suspend(),
                                domain.getSpec().credentials()),
                domain.isMarkedForDeletion(),
                zone,
                zone.isEmpty() ? "" : zoneReadyReason(domain),
                failed);
    }

    static boolean isFalse(MailDomain domain, ConditionType type) {
        return condition(domain, type)
                .filter(condition -> Check.Status.FALSE.value().equals(condition.status()))
                .isPresent();
    }

    static String zoneOf(MailDomain domain) {
        return MailDomainStatus.notedZone(domain).map(Object::toString).orElse("");
    }

    static String zoneReadyReason(MailDomain domain) {
        return condition(domain, ConditionType.ZONE_READY)
                .map(Condition::reason)
                .orElse("");
    }

    static Optional<Condition> condition(MailDomain domain, ConditionType type) {
        return Optional.ofNullable(domain.getStatus()).flatMap(status -> Conditions.find(status.conditions(), type));
    }

    /** Who has lost was in no other's way. */
    static boolean mayHaveCounted(MailDomain gone) {
        return !zoneOf(gone).isEmpty() || !hasLost(gone);
    }

    static boolean isInAnothersShadow(MailDomain domain) {
        return zoneReadyReason(domain).isEmpty() || hasLost(domain);
    }

    private static boolean hasLost(MailDomain domain) {
        return condition(domain, ConditionType.ZONE_READY)
                .flatMap(Condition::knownReason)
                .filter(Reason::isLostClaim)
                .isPresent();
    }

    static String readyReason(MailDomain domain) {
        return condition(domain, ConditionType.READY).map(Condition::reason).orElse("");
    }
}
