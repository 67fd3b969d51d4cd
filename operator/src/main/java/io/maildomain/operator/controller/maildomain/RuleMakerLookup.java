package io.maildomain.operator.controller.maildomain;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.controller.maildomain.plan.KeptRule.Why;
import io.maildomain.operator.controller.maildomain.plan.LiveRule;
import io.maildomain.operator.controller.maildomain.plan.ObservedState;
import io.maildomain.operator.controller.maildomain.plan.RuleMakers;
import io.maildomain.operator.kubernetes.informers.MailDomainName;
import io.maildomain.operator.kubernetes.informers.ResourceCache;
import io.maildomain.operator.ownership.OwnerMark;
import java.util.HashMap;
import java.util.Map;
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
                kept(about, observed));
    }

    private Map<String, Why> kept(MailDomain about, ObservedState observed) {
        Map<String, Why> kept = new HashMap<>();
        observed.rules().forEach(rule -> OwnerMark.mailboxIn(rule.name())
                .flatMap(namespace -> whyKept(about, new LiveRule(rule), namespace))
                .ifPresent(why -> kept.put(rule.id(), why)));
        return kept;
    }

    /** A Mailbox names its MailDomain: of one that goes under another name now it is still there, and its rule stays until it goes as well. */
    private Optional<Why> whyKept(MailDomain about, LiveRule rule, String namespace) {
        if (!cluster.seesMailboxes(namespace)) {
            return Optional.of(Why.UNSEEN);
        }
        String own = MailDomainName.of(about).toString();
        return OwnerMark.makerIn(rule.rule().name())
                .filter(maker -> !maker.equals(own))
                .filter(maker -> cluster.mailboxesOf(MailDomainName.parse(maker)).stream()
                        .filter(mailbox -> !mailbox.isMarkedForDeletion())
                        .filter(mailbox ->
                                namespace.equals(mailbox.getMetadata().getNamespace()))
                        .anyMatch(mailbox -> rule.catches(mailbox.getSpec().address())))
                .map(maker -> Why.OF_ANOTHER_NAME);
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
