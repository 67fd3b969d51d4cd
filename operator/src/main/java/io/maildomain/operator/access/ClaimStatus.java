package io.maildomain.operator.access;

import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.api.v1alpha1.Mode;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.api.v1alpha1.ZoneOrigin;
import io.maildomain.api.v1alpha1.ZoneOwnership;
import io.maildomain.operator.status.ConditionType;
import io.maildomain.operator.status.Conditions;
import java.util.Optional;

/** What a MailDomain's own status says of its claim. Pure. */
final class ClaimStatus {

    private ClaimStatus() {}

    /** Its own status says that another one has the domain, or was free to take it. */
    static boolean hasYielded(MailDomain domain) {
        return domain.getSpec().mode() == Mode.Observe
                || reason(domain, ConditionType.ZONE_READY)
                        .filter(reason -> reason.isLostClaim() || reason == Reason.ClaimOpen)
                        .isPresent()
                || reason(domain, ConditionType.READY)
                        .filter(reason -> reason == Reason.Observing)
                        .isPresent()
                // Not of Ready: that says the same of a single rule's destination.
                || reason(domain, ConditionType.CREDENTIALS_VALID)
                        .filter(reason -> reason == Reason.AccessDenied)
                        .isPresent();
    }

    private static Optional<Reason> reason(MailDomain domain, ConditionType type) {
        return condition(domain, type).flatMap(Condition::knownReason);
    }

    static boolean isParked(MailDomain mine) {
        return condition(mine, ConditionType.ZONE_READY)
                .filter(condition -> condition.says(Reason.HeldElsewhere))
                .isPresent();
    }

    static Optional<Condition> condition(MailDomain domain, ConditionType type) {
        return Optional.ofNullable(domain.getStatus())
                .map(MailDomainStatus::conditions)
                .flatMap(conditions -> Conditions.find(conditions, type));
    }

    static boolean isCreating(MailDomain domain) {
        return MailDomainStatus.notedZone(domain)
                .filter(zone ->
                        zone.origin() == ZoneOrigin.Creating && zone.notedId().isEmpty())
                .isPresent();
    }

    static Optional<String> notedId(MailDomain domain) {
        return MailDomainStatus.notedZone(domain).flatMap(ZoneOwnership::notedId);
    }
}
