package io.maildomain.operator.controller.maildomain.plan;

import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.DelegationStatus;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.api.v1alpha1.ZoneStatus;
import io.maildomain.operator.dns.plan.Sight;
import io.maildomain.operator.status.Check;
import io.maildomain.operator.status.ConditionType;
import io.maildomain.operator.status.Conditions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a MailDomain's status says of what the world sees, put on top of what is known from Cloudflare. The same in, the same out: a status
 * does not change because it was looked at again. Pure.
 *
 * @param domain as A-labels
 * @param before as the status stands; what is not known yet is left as that says
 * @param sight what is seen now
 */
public record OutsideView(String domain, MailDomainStatus before, Sight sight, Instant now) {

    /** Whether it is worth a look: the zone is known, and the resource is not suspended. */
    public static boolean isWanted(MailDomainStatus said) {
        return said.zone() != null && !isSuspended(said);
    }

    /** The status with it. */
    public MailDomainStatus on(MailDomainStatus said) {
        List<Condition> others = said.conditions().stream()
                .filter(condition -> !ConditionType.MAIL_DELIVERABLE.value().equals(condition.type()))
                .toList();
        if (said.zone() == null || sight instanceof Sight.Off) {
            return said.withDelegation(null, others);
        }
        DelegationStatus delegation = delegation(said.zone()).orElse(null);
        List<Condition> all = new ArrayList<>(others.stream()
                .map(condition -> restated(condition, said.zone(), delegation))
                .toList());
        // What only stands there for a while is last, as where a resource waits for its turn: another order would be
        // another status.
        int end = (int) others.stream().filter(OutsideView::stays).count();
        deliverable(said, delegation).ifPresent(condition -> all.add(end, condition));
        return said.withDelegation(delegation, List.copyOf(all));
    }

    private static boolean stays(Condition condition) {
        return !ConditionType.RECONCILING.value().equals(condition.type())
                && !ConditionType.STALLED.value().equals(condition.type());
    }

    private Optional<DelegationStatus> delegation(ZoneStatus zone) {
        return sight instanceof Sight.Seen seen
                ? Delegations.of(seen.view(), zone.nameServers(), before.delegation())
                : Optional.ofNullable(before.delegation());
    }

    private Optional<Condition> deliverable(MailDomainStatus said, @Nullable DelegationStatus delegation) {
        Optional<Condition> known = Conditions.find(before.conditions(), ConditionType.MAIL_DELIVERABLE);
        if (isSuspended(said)) {
            return known.map(condition -> of(
                    said,
                    Check.unknown(ConditionType.MAIL_DELIVERABLE, Reason.Suspended, "not looked at while suspended")));
        }
        return sight instanceof Sight.Seen seen
                ? Optional.of(of(said, Deliverability.of(domain, seen.view(), delegation)))
                : known;
    }

    private Condition of(MailDomainStatus said, Check check) {
        long generation = said.observedGeneration() == null ? 0 : Math.max(0, said.observedGeneration());
        return Conditions.of(before.conditions(), List.of(check), generation, now)
                .get(0);
    }

    /** A zone that waits for its name servers says where the world is sent meanwhile, wherever that is repeated. */
    private Condition restated(Condition condition, ZoneStatus zone, @Nullable DelegationStatus delegation) {
        return condition.says(Reason.ZonePending)
                ? new Condition(
                        condition.type(),
                        condition.status(),
                        condition.observedGeneration(),
                        condition.lastTransitionTime(),
                        condition.reason(),
                        saidBefore(condition, zone)
                                .orElseGet(() ->
                                        ZoneMessages.pending(domain, zone.nameServers(), delegation, keysKnown())))
                : condition;
    }

    /** Until it is looked at again the same is said of the same zone. */
    private Optional<String> saidBefore(Condition condition, ZoneStatus zone) {
        boolean isSame = sight instanceof Sight.NotYet
                && before.zone() != null
                && before.zone().nameServers().equals(zone.nameServers());
        return before.conditions().stream()
                .filter(known -> isSame && known.type().equals(condition.type()) && known.says(Reason.ZonePending))
                .map(Condition::message)
                .findFirst();
    }

    private boolean keysKnown() {
        return !(sight instanceof Sight.Seen seen)
                || seen.view().keyTags().failure().isEmpty();
    }

    private static boolean isSuspended(MailDomainStatus said) {
        return Conditions.find(said.conditions(), ConditionType.READY)
                .filter(ready -> ready.says(Reason.Suspended))
                .isPresent();
    }
}
