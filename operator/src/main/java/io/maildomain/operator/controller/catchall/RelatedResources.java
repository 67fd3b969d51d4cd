package io.maildomain.operator.controller.catchall;

import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CatchAllRuleStatus;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.controller.catchall.plan.CatchAllPrecedence;
import io.maildomain.operator.ownership.StatusWriter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a CatchAllRule has to do with: its MailDomain, and its siblings, which name the same one. */
record RelatedResources(CatchAllServices services, StatusWriter<CatchAllRule, CatchAllRuleStatus> rules) {

    /** The rule as the watch shows it. */
    Optional<CatchAllRule> known(CatchAllRule rule) {
        return services.resources()
                .catchAllRule(
                        rule.getMetadata().getNamespace(), rule.getMetadata().getName())
                .filter(found -> found.getSpec() != null && uid(found).equals(uid(rule)));
    }

    /** Its MailDomain as the API server has it. */
    Optional<MailDomain> domainOf(CatchAllRule rule) {
        return knownDomainOf(rule).flatMap(services.mailDomains()::live);
    }

    /** Whether the API server has its MailDomain: a watch that shows none may be behind. */
    boolean isDomainThere(CatchAllRule rule) {
        String name = rule.getSpec().domainRef().name();
        return services.mailDomains().liveIn(rule.getMetadata().getNamespace()).stream()
                .anyMatch(domain -> domain.getMetadata().getName().equals(name));
    }

    /** Its MailDomain as the watch shows it. */
    Optional<MailDomain> knownDomainOf(CatchAllRule rule) {
        return services.resources()
                .mailDomain(
                        rule.getMetadata().getNamespace(),
                        rule.getSpec().domainRef().name());
    }

    /** The rule itself, and the others as the watch shows them. */
    List<CatchAllRule> knownSiblingsOf(CatchAllRule rule) {
        Stream<CatchAllRule> others = services
                .resources()
                .catchAllRulesOf(
                        rule.getMetadata().getNamespace(),
                        rule.getSpec().domainRef().name())
                .stream()
                .filter(other -> !uid(other).equals(uid(rule)));
        return Stream.concat(Stream.of(rule), others).toList();
    }

    /** The rule itself, and the others; those that matter as the API server has them, for a watch may lag behind. */
    List<CatchAllRule> siblingsOf(CatchAllRule rule) {
        return knownSiblingsOf(rule).stream()
                .flatMap(other -> CatchAllPrecedence.matters(other, rule) ? asItIsNow(other, rule) : Stream.of(other))
                .toList();
    }

    /** All as the API server has them: what was there before us may stand in the ownership record of any of them. */
    List<CatchAllRule> allSiblingsOf(CatchAllRule rule) {
        return knownSiblingsOf(rule).stream()
                .flatMap(other -> asItIsNow(other, rule))
                .toList();
    }

    private Stream<CatchAllRule> asItIsNow(CatchAllRule other, CatchAllRule rule) {
        return uid(other).equals(uid(rule)) ? Stream.of(rule) : rules.live(other).stream();
    }

    private static String uid(CatchAllRule rule) {
        return rule.getMetadata().getUid();
    }
}
