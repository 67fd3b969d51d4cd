package io.maildomain.operator.controller.maildomain;

import io.maildomain.api.v1alpha1.AccessGrant;
import io.maildomain.api.v1alpha1.Action;
import io.maildomain.api.v1alpha1.AdoptedRule;
import io.maildomain.api.v1alpha1.ConflictPolicy;
import io.maildomain.api.v1alpha1.DnsSpec;
import io.maildomain.api.v1alpha1.ExistingRecords;
import io.maildomain.api.v1alpha1.MailDomainSpec;
import io.maildomain.api.v1alpha1.MailRule;
import io.maildomain.api.v1alpha1.NamespaceSelector;
import io.maildomain.api.v1alpha1.Ownership;
import io.maildomain.api.v1alpha1.RoutingOwnership;
import io.maildomain.api.v1alpha1.RoutingState;
import io.maildomain.api.v1alpha1.RuleContent;
import io.maildomain.api.v1alpha1.SubaddressingOwnership;
import io.maildomain.operator.access.Grants;
import io.maildomain.operator.cloudflare.CatchAll;
import io.maildomain.operator.cloudflare.Matcher;
import io.maildomain.operator.cloudflare.RoutingRule;
import io.maildomain.operator.cloudflare.RuleAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Zones, specs and ownership records as they could be, drawn from few names so that things meet often. */
public final class DomainArbitraries {

    public static final List<String> ADDRESSES = List.of(
            "a@example.com",
            "b@example.com",
            "c@example.com",
            "d@example.com",
            "a@in.example.com",
            "b@in.example.com",
            "a@notify.example.com");
    private static final List<String> FOREIGN_NAMES =
            List.of("", "by hand", "[mdo:others]", "notes [mdo:us-too]", "[mdo:us] then [mdo:others]");
    private static final String OUR_NAME = ModelOperator.MARK.name("mail/example-com");

    private DomainArbitraries() {}

    // What is asked for.

    public static Arbitrary<MailDomainSpec> specs() {
        return specs(Arbitraries.of(ConflictPolicy.values()), Arbitraries.of(ExistingRecords.values()));
    }

    public static Arbitrary<MailDomainSpec> specs(
            Arbitrary<ConflictPolicy> conflicts, Arbitrary<ExistingRecords> existing) {
        return Combinators.combine(
                        mailRules(),
                        Arbitraries.of("in", "notify", "old").set().ofMaxSize(2),
                        Arbitraries.of(true, false).injectNull(0.4),
                        conflicts,
                        existing)
                .as((rules, subdomains, subaddressing, conflict, records) -> new MailDomainSpec(
                        ModelZone.DOMAIN,
                        null,
                        null,
                        new DnsSpec(records),
                        List.copyOf(subdomains),
                        subaddressing,
                        rules,
                        conflict,
                        null,
                        null,
                        null,
                        null));
    }

    private static Arbitrary<List<MailRule>> mailRules() {
        Arbitrary<MailRule> rule = Combinators.combine(
                        Arbitraries.of(ADDRESSES),
                        actions(),
                        Arbitraries.of(true, true, true, false),
                        Arbitraries.of(0, 7).injectNull(0.6))
                .as(MailRule::new);
        return rule.list().ofMaxSize(5).uniqueElements(MailRule::address);
    }

    private static Arbitrary<Action> actions() {
        return Arbitraries.of(
                Action.forwarding("team@corp.example"),
                Action.forwarding("other@corp.example"),
                Action.handingTo("mailbox"),
                Action.dropping());
    }

    /** Everything, or all but the Worker. */
    public static Arbitrary<Grants> grants() {
        AccessGrant noWorkers = new AccessGrant(
                NamespaceSelector.everything(),
                List.of(ModelZone.DOMAIN),
                true,
                List.of(),
                List.of("*@corp.example"),
                null);
        return Arbitraries.of(Grants.everything(), Grants.everything(), Grants.of(List.of(noWorkers)));
    }

    // What stands at Cloudflare.

    /** A zone with only rules of others. */
    public static Arbitrary<ModelZone> foreignZones() {
        return zones(foreignRules().list().ofMaxSize(4));
    }

    /** A zone that may hold rules with our mark besides, as after a lost status. */
    public static Arbitrary<ModelZone> anyZones() {
        return zones(Arbitraries.frequencyOf(Tuple.of(2, foreignRules()), Tuple.of(1, ourRules()))
                .list()
                .ofMaxSize(5));
    }

    private static Arbitrary<ModelZone> zones(Arbitrary<List<RoutingRule>> rules) {
        Arbitrary<Set<String>> hosts =
                Arbitraries.of("in.example.com", "notify.example.com").set().ofMaxSize(2);
        Arbitrary<Set<String>> foreignMx = Arbitraries.of(ModelZone.DOMAIN, "in.example.com", "old.example.com")
                .set()
                .ofMaxSize(2);
        return Combinators.combine(
                        rules,
                        Arbitraries.of(true, false),
                        hosts,
                        foreignMx,
                        Arbitraries.of(true, false),
                        Arbitraries.of(false, false, false, true),
                        catchAlls())
                .as(DomainArbitraries::zone);
    }

    private static ModelZone zone(
            List<RoutingRule> rules,
            boolean on,
            Set<String> hosts,
            Set<String> foreignMx,
            boolean subaddressing,
            boolean unlocked,
            CatchAll catchAll) {
        ModelZone zone = new ModelZone().withSubaddressing(subaddressing).withCatchAll(catchAll);
        if (on) {
            zone.routingOn();
            hosts.forEach(zone::withHost);
        }
        if (on && unlocked) {
            zone.withUnlocked();
        }
        foreignMx.stream().filter(host -> !zone.routes(host)).forEach(zone::withForeignMx);
        int number = 0;
        for (RoutingRule rule : rules) {
            boolean free = rule.matchers().stream().noneMatch(matcher -> zone.isTaken(matcher.value()));
            if (free) {
                zone.withRule(withId(rule, "%032x".formatted(++number)));
            }
        }
        return zone;
    }

    private static Arbitrary<CatchAll> catchAlls() {
        return Arbitraries.of(
                new CatchAll("", "", false, List.of(RuleAction.drop()), "api"),
                new CatchAll("", "", false, List.of(RuleAction.drop()), "api"),
                new CatchAll("", "by hand", true, List.of(RuleAction.forwardTo("all@corp.example")), "api"),
                new CatchAll("", OUR_NAME, true, List.of(RuleAction.drop()), "api"));
    }

    /** Rules that are not ours: without a mark, with another's, wrangler's, or with more than one address or action. */
    static Arbitrary<RoutingRule> foreignRules() {
        Arbitrary<RoutingRule> plain = rules(Arbitraries.of(FOREIGN_NAMES), Arbitraries.just("api"));
        Arbitrary<RoutingRule> wranglers = rules(Arbitraries.of("worker", OUR_NAME), Arbitraries.just("wrangler"));
        return Arbitraries.frequencyOf(Tuple.of(3, plain), Tuple.of(1, wranglers));
    }

    private static Arbitrary<RoutingRule> ourRules() {
        return rules(Arbitraries.of(OUR_NAME, "renamed [mdo:us] by a user"), Arbitraries.just("api"))
                .map(rule -> withMatchers(rule, rule.matchers().subList(0, 1)));
    }

    private static Arbitrary<RoutingRule> rules(Arbitrary<String> names, Arbitrary<String> sources) {
        return Combinators.combine(
                        names,
                        Arbitraries.of(true, true, false),
                        Arbitraries.of(0, 7),
                        matchers(),
                        liveActions(),
                        sources)
                .as((name, enabled, priority, matchers, actions, source) ->
                        new RoutingRule("0", name, enabled, priority, matchers, actions, source));
    }

    static Arbitrary<List<Matcher>> matchers() {
        Arbitrary<Matcher> one = Arbitraries.of(ADDRESSES).map(Matcher::to);
        return Arbitraries.frequencyOf(
                Tuple.of(5, one.list().ofSize(1)),
                Tuple.of(1, one.list().ofSize(2).uniqueElements()));
    }

    public static Arbitrary<List<RuleAction>> liveActions() {
        return Arbitraries.of(
                List.of(RuleAction.forwardTo("team@corp.example")),
                List.of(RuleAction.forwardTo("Team@Corp.example")),
                List.of(RuleAction.forwardTo("stranger@elsewhere.example")),
                List.of(RuleAction.worker("mailbox")),
                List.of(RuleAction.drop()),
                List.of(new RuleAction("forward", List.of("one@corp.example", "two@corp.example"))),
                List.of(RuleAction.worker("mailbox"), RuleAction.drop()),
                List.of(new RuleAction("teleport", List.of("mars"))));
    }

    private static RoutingRule withMatchers(RoutingRule rule, List<Matcher> matchers) {
        return new RoutingRule(
                rule.id(), rule.name(), rule.enabled(), rule.priority(), matchers, rule.actions(), rule.source());
    }

    static RoutingRule withId(RoutingRule rule, String id) {
        return new RoutingRule(
                id, rule.name(), rule.enabled(), rule.priority(), rule.matchers(), rule.actions(), rule.source());
    }

    // What an ownership record may say, true or forged.

    public static Arbitrary<Ownership> ownershipRecords() {
        Arbitrary<RuleContent> contents = Combinators.combine(
                        Arbitraries.of("", "by hand").injectNull(0.2),
                        Arbitraries.of(true, false).injectNull(0.2),
                        Arbitraries.of(0, 3).injectNull(0.2),
                        Arbitraries.of("forward", "worker", "drop", "teleport").injectNull(0.2),
                        Arbitraries.of("old@corp.example", "").injectNull(0.2))
                .as(RuleContent::new);
        Arbitrary<AdoptedRule> adopted = Combinators.combine(
                        Arbitraries.of(ADDRESSES), Arbitraries.of(ids()).injectNull(0.1), contents.injectNull(0.1))
                .as(AdoptedRule::new);
        Arbitrary<String> hosts = Arbitraries.of(
                "in.example.com",
                "notify.example.com",
                "old.example.com",
                "never.example.com",
                ModelZone.DOMAIN,
                "notexample.com",
                "victim.example.org");
        return Combinators.combine(
                        Arbitraries.of(RoutingState.values())
                                .map(RoutingOwnership::new)
                                .injectNull(0.4),
                        hosts.set().ofMaxSize(3),
                        Arbitraries.of(true, false)
                                .map(SubaddressingOwnership::new)
                                .injectNull(0.5),
                        adopted.list().ofMaxSize(3))
                .as((routing, subdomains, subaddressing, rules) ->
                        new Ownership(null, routing, new ArrayList<>(subdomains), subaddressing, rules));
    }

    private static List<String> ids() {
        return IntStream.rangeClosed(1, 5).mapToObj("%032x"::formatted).toList();
    }
}
