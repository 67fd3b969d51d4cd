package io.maildomain.operator.controller.mailbox;

import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.status.Check;
import io.maildomain.operator.status.ConditionType;
import io.maildomain.operator.status.Conditions;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Why no rule of a MailDomain gets any mail, as its status says. What is the matter with its own rules is no matter of its Mailboxes. Pure. */
final class MailDomainObstacle {

    private static final List<ConditionType> BEFORE_RULES = List.of(
            ConditionType.CREDENTIALS_VALID,
            ConditionType.ZONE_READY,
            ConditionType.ROUTING_ENABLED,
            ConditionType.DNS_READY);

    /** Ready, and nothing is written. */
    private static final Set<Reason> ONLY_WATCHING = Set.of(Reason.Observing, Reason.Suspended);

    private MailDomainObstacle() {}

    /** Empty where there is none, or nothing was said yet. */
    static Optional<Reason> of(MailDomain domain) {
        if (domain.isMarkedForDeletion()) {
            return Optional.of(Reason.DomainDeleting);
        }
        List<Condition> conditions = Optional.ofNullable(domain.getStatus())
                .map(MailDomainStatus::conditions)
                .orElse(List.of());
        Optional<Reason> watching = Conditions.find(conditions, ConditionType.READY)
                .flatMap(Condition::knownReason)
                .filter(ONLY_WATCHING::contains);
        return watching.or(() -> BEFORE_RULES.stream()
                .flatMap(type -> Conditions.find(conditions, type).stream())
                .filter(condition -> !Check.Status.TRUE.value().equals(condition.status()))
                .flatMap(condition -> condition.knownReason().stream())
                .findFirst());
    }
}
