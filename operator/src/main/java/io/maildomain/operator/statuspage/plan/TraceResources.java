package io.maildomain.operator.statuspage.plan;

import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.status.ConditionType;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The resources that say where mail to an address goes.
 *
 * @param domain the MailDomain that the host lies in
 * @param rivals how many others are for the same domain
 * @param mailboxes that name it
 * @param catchAlls that name it
 */
public record TraceResources(MailDomain domain, int rivals, List<Mailbox> mailboxes, List<CatchAllRule> catchAlls) {

    private static final Set<Reason> WITHOUT_ZONE = EnumSet.of(
            Reason.NotApex,
            Reason.ZoneNotFound,
            Reason.ZonePending,
            Reason.ZoneMoved,
            Reason.ZoneTypeUnsupported,
            Reason.DomainRefused,
            Reason.DomainNotRegistered);

    public TraceResources {
        mailboxes = List.copyOf(mailboxes);
        catchAlls = List.copyOf(catchAlls);
    }

    /** Of several MailDomains for one domain the one that holds it, as their conditions say; empty where there is none. */
    public static Optional<MailDomain> holder(List<MailDomain> domains) {
        return domains.stream()
                .min(Comparator.comparing(TraceResources::hasLost)
                        .thenComparing(domain -> !isReady(domain))
                        .thenComparing(domain -> domain.getMetadata().getNamespace())
                        .thenComparing(domain -> domain.getMetadata().getName()));
    }

    /** Whether mail for it goes where the zone above says, if there is one: its own zone is not there, or the world does not ask it. */
    public static boolean isLeftToTheZoneAbove(MailDomain domain) {
        return zone(domain)
                .filter(condition -> !condition.holds())
                .flatMap(Condition::knownReason)
                .filter(WITHOUT_ZONE::contains)
                .isPresent();
    }

    private static boolean hasLost(MailDomain domain) {
        return zone(domain)
                .flatMap(Condition::knownReason)
                .filter(Reason::isLostClaim)
                .isPresent();
    }

    private static boolean isReady(MailDomain domain) {
        return zone(domain).filter(Condition::holds).isPresent();
    }

    private static Optional<Condition> zone(MailDomain domain) {
        return Optional.ofNullable(domain.getStatus())
                .flatMap(status -> status.condition(ConditionType.ZONE_READY.value()));
    }
}
