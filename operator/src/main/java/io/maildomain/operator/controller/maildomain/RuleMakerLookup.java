package io.maildomain.operator.controller.maildomain;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.controller.maildomain.plan.ObservedState;
import io.maildomain.operator.controller.maildomain.plan.RuleMakers;
import io.maildomain.operator.kubernetes.informers.ResourceCache;
import io.maildomain.operator.ownership.OwnerMark;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which of the rules in a zone resources of this installation can have made, by the resource that each rule's name tells.
 * The mark by itself does not say it: installations may have been given the same owner id, and people copy rules.
 */
record RuleMakerLookup(ResourceCache cluster) {

    RuleMakers of(MailDomain about, ObservedState observed) {
        Set<String> named = observed.rules().stream()
                .flatMap(rule -> OwnerMark.makerIn(rule.name()).stream())
                .collect(Collectors.toSet());
        Predicate<String> isAnothers = maker -> isAnothers(about, maker);
        return new RuleMakers(
                named.stream().filter(isAnothers.negate()).collect(Collectors.toSet()),
                named.stream().filter(isAnothers).collect(Collectors.toSet()),
                observed.rules().stream()
                        .flatMap(rule -> OwnerMark.mailboxIn(rule.name()).stream())
                        .filter(namespace -> !cluster.seesMailboxes(namespace))
                        .collect(Collectors.toSet()));
    }

    private boolean isAnothers(MailDomain about, String maker) {
        int slash = maker.indexOf('/');
        String namespace = maker.substring(0, slash);
        if (!cluster.watches(namespace)) {
            return true;
        }
        Optional<MailDomain> living = cluster.mailDomain(namespace, maker.substring(slash + 1));
        return living.filter(domain -> domain.getSpec() != null)
                .filter(domain ->
                        !domain.getSpec().domain().equals(about.getSpec().domain()))
                .isPresent();
    }
}
