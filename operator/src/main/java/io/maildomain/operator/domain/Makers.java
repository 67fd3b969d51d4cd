package io.maildomain.operator.domain;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.cluster.Cluster;
import io.maildomain.operator.routing.OwnerMark;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which of the rules in a zone resources of this installation can have made, by the resource that each rule's name tells.
 * The mark alone does not say it: installations may have been given the same owner id, and people copy rules.
 */
record Makers(Cluster cluster) {

    /**
     * The resources that the rules of a zone name.
     *
     * @param ours of this installation: this one, one that is gone, or one whose domain this one holds now
     * @param others of a namespace that is not watched here, or living ones with a domain of their own
     */
    record Found(Set<String> ours, Set<String> others) {}

    Found of(MailDomain about, Snapshot snapshot) {
        Set<String> named = snapshot.rules().stream()
                .flatMap(rule -> OwnerMark.makerIn(rule.name()).stream())
                .collect(Collectors.toSet());
        Predicate<String> isAnothers = maker -> isAnothers(about, maker);
        return new Found(
                named.stream().filter(isAnothers.negate()).collect(Collectors.toSet()),
                named.stream().filter(isAnothers).collect(Collectors.toSet()));
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
