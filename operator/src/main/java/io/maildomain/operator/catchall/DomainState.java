package io.maildomain.operator.catchall;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.api.v1alpha1.Mode;
import io.maildomain.api.v1alpha1.Ownership;
import io.maildomain.api.v1alpha1.ZoneOwnership;
import io.maildomain.operator.conditions.ConditionType;
import io.maildomain.operator.conditions.Conditions;
import io.maildomain.operator.outcome.Halt;
import java.util.Optional;

/** Whether the MailDomain that a CatchAllRule belongs to is far enough for its catch-all to be written. Pure. */
final class DomainState {

    private DomainState() {}

    /** Why the catch-all has to wait; empty where it can be worked on. */
    static Optional<Halt> obstacle(MailDomain domain) {
        String name = domain.getMetadata().getName();
        if (domain.getSpec().suspend()) {
            return waits("DomainSuspended", "MailDomain " + name + " is suspended: no call is made to Cloudflare");
        }
        if (domain.getSpec().mode() == Mode.Observe) {
            return waits("DomainObserved", "MailDomain " + name + " only observes: set its spec.mode to Manage");
        }
        if (zoneId(domain).isEmpty()) {
            return waits("DomainNotReady", "waits until MailDomain " + name + " has its zone");
        }
        boolean routed = Optional.ofNullable(domain.getStatus())
                .filter(status -> Conditions.isTrue(status.conditions(), ConditionType.ROUTING_ENABLED))
                .isPresent();
        return routed
                ? Optional.empty()
                : waits("DomainNotReady", "waits until Email Routing of MailDomain " + name + " is on");
    }

    /** The zone that the MailDomain's ledger notes. */
    static Optional<String> zoneId(MailDomain domain) {
        return Optional.ofNullable(domain.getStatus())
                .flatMap(MailDomainStatus::ledger)
                .flatMap(Ownership::notedZone)
                .flatMap(ZoneOwnership::notedId);
    }

    private static Optional<Halt> waits(String reason, String message) {
        return Optional.of(Halt.waiting(ConditionType.CATCH_ALL_APPLIED, reason, message));
    }
}
