package io.maildomain.operator.controller.handover;

import io.maildomain.api.v1alpha1.CatchAllOwnership;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CatchAllRuleStatus;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.api.v1alpha1.ZoneOwnership;
import io.maildomain.operator.kubernetes.informers.ResourceCache;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The catch-all passes before the zone does, so for a while a CatchAllRule holds that of a zone which its own MailDomain has
 * not got yet. If both are deleted in that while, the rule gives back what it holds, and both MailDomains wait for it.
 */
public final class InheritedCatchAlls {

    private InheritedCatchAlls() {}

    /** Whether the zone is that of another MailDomain for the same domain, which is being deleted. */
    public static boolean isHeldByOneThatGoes(ResourceCache cluster, MailDomain domain, String zoneId) {
        return others(cluster, domain)
                .filter(MailDomain::isMarkedForDeletion)
                .anyMatch(other -> zoneOf(other).filter(zoneId::equals).isPresent());
    }

    /** CatchAllRules of the other MailDomains for the domain that may hold the catch-all of its zone, and go with it. */
    public static Stream<CatchAllRule> thatGoElsewhere(ResourceCache cluster, MailDomain going) {
        return others(cluster, going)
                .flatMap(other ->
                        cluster
                                .catchAllRulesOf(
                                        other.getMetadata().getNamespace(),
                                        other.getMetadata().getName())
                                .stream()
                                .filter(rule -> rule.isMarkedForDeletion() || other.isMarkedForDeletion()));
    }

    /** Whether the rule's ownership record is about this MailDomain's zone. */
    public static boolean isOf(MailDomain domain, CatchAllRule rule) {
        return zoneOf(domain).equals(held(rule).map(CatchAllOwnership::zoneId));
    }

    /** What the rule's ownership record says that it holds. */
    public static Optional<CatchAllOwnership> held(CatchAllRule rule) {
        return Optional.ofNullable(rule.getStatus()).flatMap(CatchAllRuleStatus::ownershipRecord);
    }

    private static Stream<MailDomain> others(ResourceCache cluster, MailDomain domain) {
        return cluster.mailDomainsFor(domain.getSpec().domain()).stream().filter(other -> !other.getMetadata()
                .getUid()
                .equals(domain.getMetadata().getUid()));
    }

    private static Optional<String> zoneOf(MailDomain domain) {
        return MailDomainStatus.notedZone(domain).flatMap(ZoneOwnership::notedId);
    }
}
