package io.maildomain.operator.controller.maildomain;

import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CatchAllRuleStatus;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.controller.handover.InheritedCatchAlls;
import io.maildomain.operator.kubernetes.informers.ResourceCache;
import io.maildomain.operator.ownership.StatusWriter;
import io.maildomain.operator.status.Blocked;
import io.maildomain.operator.status.ConditionType;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The CatchAllRules that a MailDomain's cleanup waits for: they give the catch-all back before routing is switched off. */
record CatchAllsInUse(ResourceCache cluster, StatusWriter<CatchAllRule, CatchAllRuleStatus> rules) {

    /** Those of the resource itself, and those that were passed to it and go elsewhere. */
    Optional<Blocked> stillHeld(MailDomain live) {
        String namespace = live.getMetadata().getNamespace();
        String name = live.getMetadata().getName();
        boolean bearsTheName = cluster.seen(live).isPresent();
        Stream<CatchAllRule> own = bearsTheName ? cluster.catchAllRulesOf(namespace, name).stream() : Stream.empty();
        Stream<CatchAllRule> passed = InheritedCatchAlls.thatGoElsewhere(cluster, live);
        Optional<Blocked> known = blockedBy(
                Stream.concat(
                        own.flatMap(rule -> rules.live(rule).stream())
                                .filter(rule -> InheritedCatchAlls.held(rule).isPresent()),
                        passed.flatMap(rule -> rules.live(rule).stream())
                                .filter(rule -> InheritedCatchAlls.isOf(live, rule))),
                namespace);
        // Two kinds have two watches, and that of CatchAllRules may be behind: what is undone is not given back
        // afterwards.
        return known.isPresent() || !bearsTheName
                ? known
                : blockedBy(
                        rules.liveIn(namespace).stream()
                                .filter(rule ->
                                        rule.getSpec().domainRef().name().equals(name))
                                .filter(rule -> InheritedCatchAlls.held(rule).isPresent()),
                        namespace);
    }

    /** One that never had the zone waits for a CatchAllRule of its own that has its catch-all already. */
    Optional<Blocked> inherited(MailDomain live) {
        String namespace = live.getMetadata().getNamespace();
        return blockedBy(
                cluster.catchAllRulesOf(namespace, live.getMetadata().getName()).stream()
                        .flatMap(rule -> rules.live(rule).stream())
                        .filter(rule -> InheritedCatchAlls.held(rule)
                                .filter(one -> InheritedCatchAlls.isHeldByOneThatGoes(cluster, live, one.zoneId()))
                                .isPresent()),
                namespace);
    }

    private static Optional<Blocked> blockedBy(Stream<CatchAllRule> held, String namespace) {
        Set<String> holders = held.map(rule -> rule.getMetadata().getNamespace().equals(namespace)
                        ? rule.getMetadata().getName()
                        : "of another namespace")
                .collect(Collectors.toSet());
        return holders.isEmpty()
                ? Optional.empty()
                : Optional.of(Blocked.waiting(
                        ConditionType.RULES_SYNCED,
                        Reason.CatchAllInUse,
                        "waits until CatchAllRule " + String.join(", ", holders) + " has given the catch-all back"));
    }
}
