package io.maildomain.operator.controller.maildomain.plan;

import io.maildomain.api.v1alpha1.MailRule;
import io.maildomain.api.v1alpha1.Ownership;
import io.maildomain.operator.controller.maildomain.plan.HostPlanner.HostPlan;
import io.maildomain.operator.controller.maildomain.plan.RulePlanner.RulePlan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The heart of the operator: from what is asked for, what Cloudflare has and what the ownership record says we did, to what is to
 * change. Pure. Applying a plan and planning again gives the empty plan; what is not ours is in no plan.
 */
public final class Planner {

    /** Cloudflare's limit of routing rules in a zone ({@code docs/contributing/cloudflare-facts.md#limits}). */
    public static final int RULE_CAP = 200;

    private Planner() {}

    /** What brings the zone in line with the spec. */
    public static Plan plan(DesiredState desired, ObservedState observed, Ownership ownership) {
        HostPlan hosts = HostPlanner.plan(desired, observed, ownership);
        RulePlan rules = RulePlanner.plan(desired, observed, ownership, hosts.blocked());
        boolean nothingMayChange = hosts.routing() == Plan.RoutingOutcome.BLOCKED_BY_FOREIGN_RECORDS;
        List<Change> changes = nothingMayChange ? List.of() : inOrder(desired, observed, ownership, hosts, rules);
        Stream<Change> asked = subaddressing(desired, observed, ownership)
                .filter(change -> desired.notTaken().subaddressing() && !nothingMayChange)
                .stream();
        List<Change> withheld =
                Stream.concat(asked, rules.leftovers().leftAlone().stream()).toList();
        return new Plan(changes, withheld, rules.leftovers().kept(), hosts.routing(), hosts.hosts(), rules.rules());
    }

    /** What takes everything back that we did in the zone: rules, subdomains, subaddressing, routing. */
    public static List<Change> cleanup(DesiredState desired, ObservedState observed, Ownership ownership) {
        List<Change> changes = new ArrayList<>(RulePlanner.cleanup(desired, observed, ownership));
        ownership.subdomains().stream()
                .filter(desired::isSubdomain)
                .filter(host -> !usedByOthers(desired, observed, ownership, host))
                .forEach(host -> changes.add(
                        new Change.RemoveSubdomain(host, List.of(), hostsOfOthers(desired, observed, ownership))));
        restoreSubaddressing(desired, observed, ownership).ifPresent(changes::add);
        if (routingKept(desired, observed, ownership).isEmpty() && isOn(observed, ownership)) {
            changes.add(new Change.DisableRouting(desired.domain()));
        }
        return changes;
    }

    /**
     * Whether rules that are not ours, or were taken over, stand in the zone, or a catch-all. By now every CatchAllRule has
     * given up: what is enabled was there before, was changed by others since, or is to stay.
     */
    public static boolean isUsedByOthers(DesiredState desired, ObservedState observed, Ownership ownership) {
        AdoptedRules adopted = new AdoptedRules(desired, ownership);
        return observed.catchAll().enabled()
                || !ownership.adoptedRules().isEmpty()
                || observed.rules().stream()
                        .map(LiveRule::new)
                        .anyMatch(rule -> !desired.owns(rule) || adopted.holds(rule));
    }

    /**
     * Whether a look lacks what we did: Email Routing is off that we switched on, or none of the rules of the spec is there. Another
     * user may have undone that; one answer by itself may as well be wrong.
     */
    public static boolean lacksWhatWasDone(DesiredState desired, ObservedState observed, Ownership ownership) {
        boolean routing = ownership.routing() != null && !observed.routing().enabled();
        boolean rules = !desired.spec().rules().isEmpty()
                && observed.rules().stream().map(LiveRule::new).noneMatch(desired::owns);
        return routing || rules;
    }

    /** How many of the rules that a zone can have are taken by such as nothing asks for here: others made them, or they stay. */
    public static int takenByOthers(DesiredState desired, ObservedState observed) {
        Set<String> asked = desired.rules().stream().map(MailRule::address).collect(Collectors.toSet());
        MailboxRules mailboxes = desired.mailboxes();
        List<LiveRule> unasked = observed.rules().stream()
                .map(LiveRule::new)
                .filter(rule -> Collections.disjoint(rule.addresses(), asked))
                .toList();
        List<LiveRule> ours = unasked.stream()
                .filter(rule -> desired.owns(rule) && mailboxes.whyKept(rule).isEmpty())
                .toList();
        long gone = ours.stream().filter(mailboxes::isOfGone).count();
        long held = gone > mailboxes.room() ? gone : 0;
        return (int) (unasked.size() - ours.size() + held);
    }

    /** Why Email Routing, which we switched on, stays on; empty where nothing speaks against switching it off. */
    public static Optional<String> routingKept(DesiredState desired, ObservedState observed, Ownership ownership) {
        if (!isOn(observed, ownership)) {
            return Optional.empty();
        }
        if (observed.unlocked()) {
            return Optional.of("a user unlocked its mail records");
        }
        if (observed.catchAll().enabled()) {
            return Optional.of("the catch-all is enabled, and no CatchAllRule is left to take it back");
        }
        return observed.rules().stream()
                .map(LiveRule::new)
                .filter(rule -> staysEnabled(desired, ownership, rule))
                .findFirst()
                .map(rule -> "a rule of another user or tool (" + String.join(", ", rule.addresses()) + ") is enabled");
    }

    /** What is said of the rules that were taken over and stay as they are, for what they were before is not known. */
    public static List<String> rulesKept(DesiredState desired, ObservedState observed, Ownership ownership) {
        AdoptedRules adopted = new AdoptedRules(desired, ownership);
        return observed.rules().stream()
                .map(LiveRule::new)
                .filter(desired::owns)
                .flatMap(rule -> adopted.kept(rule).stream())
                .toList();
    }

    /**
     * Addresses of the spec whose rules are not ours, and so stay: others made them, or another tool wrote over ours, mark
     * included.
     */
    public static List<String> rulesOfOthers(DesiredState desired, ObservedState observed) {
        List<LiveRule> foreign = observed.rules().stream()
                .map(LiveRule::new)
                .filter(rule -> !rule.isOurs(desired.mark()))
                .toList();
        return desired.rules().stream()
                .map(MailRule::address)
                .filter(address -> foreign.stream().anyMatch(rule -> rule.catches(address)))
                .toList();
    }

    /** A rule of others, or one that goes back to them. */
    private static boolean staysEnabled(DesiredState desired, Ownership ownership, LiveRule rule) {
        return desired.owns(rule)
                ? new AdoptedRules(desired, ownership).endsEnabled(rule)
                : rule.rule().enabled();
    }

    private static boolean isOn(ObservedState observed, Ownership ownership) {
        return ownership.routing() != null && observed.routing().enabled();
    }

    private static List<Change> inOrder(
            DesiredState desired, ObservedState observed, Ownership ownership, HostPlan hosts, RulePlan rules) {
        List<Change> ruleChanges = new ArrayList<>();
        boolean overTheCap = observed.rules().size() + creations(rules) > RULE_CAP;
        ruleChanges.addAll(overTheCap ? rules.leftovers().changes() : rules.writes());
        ruleChanges.addAll(overTheCap ? rules.writes() : rules.leftovers().changes());

        List<Change> changes = new ArrayList<>();
        if (hosts.takeover()) {
            changes.addAll(ruleChanges);
            changes.addAll(hosts.changes());
        } else {
            changes.addAll(hosts.changes());
            changes.addAll(ruleChanges);
        }
        subaddressing(desired, observed, ownership)
                .filter(change -> !desired.notTaken().subaddressing())
                .ifPresent(changes::add);
        List<String> asked = hosts.routed();
        List<String> others = hostsOfOthers(desired, observed, ownership);
        unusedSubdomains(desired, observed, ownership)
                .forEach(host -> changes.add(new Change.RemoveSubdomain(host, asked, others)));
        return changes;
    }

    private static long creations(RulePlan rules) {
        return rules.writes().stream()
                .filter(change -> change instanceof Change.CreateRule)
                .count();
    }

    private static Optional<Change> subaddressing(DesiredState desired, ObservedState observed, Ownership ownership) {
        Optional<Boolean> asked = desired.spec().wantedSubaddressing();
        if (asked.isEmpty()) {
            return restoreSubaddressing(desired, observed, ownership);
        }
        boolean live = observed.routing().subaddressing();
        return asked.filter(on -> on != live).map(on -> new Change.SetSubaddressing(desired.domain(), on, live, false));
    }

    private static Optional<Change> restoreSubaddressing(
            DesiredState desired, ObservedState observed, Ownership ownership) {
        if (ownership.subaddressing() == null) {
            return Optional.empty();
        }
        boolean previous = Boolean.TRUE.equals(ownership.subaddressing().previous());
        boolean live = observed.routing().subaddressing();
        return previous == live
                ? Optional.empty()
                : Optional.of(new Change.SetSubaddressing(desired.domain(), previous, live, true));
    }

    private static List<String> unusedSubdomains(DesiredState desired, ObservedState observed, Ownership ownership) {
        return ownership.subdomains().stream()
                .filter(desired::isSubdomain)
                .filter(host -> !desired.subdomainHosts().contains(host))
                .filter(host -> !usedByOthers(desired, observed, ownership, host))
                .toList();
    }

    /** By rules of others, or such as go back to them: either way records that a rule uses stay. */
    private static boolean usedByOthers(
            DesiredState desired, ObservedState observed, Ownership ownership, String host) {
        AdoptedRules adopted = new AdoptedRules(desired, ownership);
        return observed.rules().stream()
                .map(LiveRule::new)
                .anyMatch(rule ->
                        desired.owns(rule) && desired.mailboxes().whyKept(rule).isEmpty()
                                ? adopted.isUnder(rule, host)
                                : rule.isUnder(host));
    }

    /** Subdomains that rules of others use, or such as go back to them. */
    private static List<String> hostsOfOthers(DesiredState desired, ObservedState observed, Ownership ownership) {
        return observed.rules().stream()
                .flatMap(rule -> new LiveRule(rule).addresses().stream())
                .map(DesiredState::hostOf)
                .filter(desired::isSubdomain)
                .filter(host -> usedByOthers(desired, observed, ownership, host))
                .distinct()
                .sorted()
                .toList();
    }
}
