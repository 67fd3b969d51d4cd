package io.maildomain.operator.domain;

import io.maildomain.api.v1alpha1.MailRule;
import io.maildomain.api.v1alpha1.Ownership;
import io.maildomain.operator.domain.HostPlanner.HostPlan;
import io.maildomain.operator.domain.RulePlanner.RulePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The heart of the operator: from what is asked for, what Cloudflare has and what the ledger says we did, to what is to
 * change. Pure. Applying a plan and planning again gives the empty plan; what is not ours is in no plan.
 */
final class Planner {

    /** Cloudflare's limit of routing rules in a zone ({@code cloudflare-api.md}, Limits). */
    static final int RULE_CAP = 200;

    private Planner() {}

    /** What brings the zone in line with the spec. */
    static Plan plan(Wanted wanted, Snapshot snapshot, Ownership ledger) {
        HostPlan hosts = HostPlanner.plan(wanted, snapshot, ledger);
        RulePlan rules = RulePlanner.plan(wanted, snapshot, ledger, hosts.blocked());
        boolean nothingMayChange = hosts.routing() == Plan.RoutingVerdict.BLOCKED_BY_FOREIGN_RECORDS;
        List<Change> changes = nothingMayChange ? List.of() : inOrder(wanted, snapshot, ledger, hosts, rules);
        List<Change> withheld = subaddressing(wanted, snapshot, ledger)
                .filter(change -> wanted.notTaken().subaddressing() && !nothingMayChange)
                .stream()
                .toList();
        return new Plan(changes, withheld, hosts.routing(), hosts.verdicts(), rules.verdicts());
    }

    /** What takes everything back that we did in the zone: rules, subdomains, subaddressing, routing. */
    static List<Change> undo(Wanted wanted, Snapshot snapshot, Ownership ledger) {
        List<Change> changes = new ArrayList<>(RulePlanner.undo(wanted, snapshot, ledger));
        ledger.subdomains().stream()
                .filter(wanted::isSubdomain)
                .filter(host -> !usedByOthers(wanted, snapshot, ledger, host))
                .forEach(host -> changes.add(
                        new Change.RemoveSubdomain(host, List.of(), hostsOfOthers(wanted, snapshot, ledger))));
        restoreSubaddressing(wanted, snapshot, ledger).ifPresent(changes::add);
        if (routingKept(wanted, snapshot, ledger).isEmpty() && isOn(snapshot, ledger)) {
            changes.add(new Change.DisableRouting(wanted.domain()));
        }
        return changes;
    }

    /**
     * Whether rules that are not ours, or were taken over, stand in the zone, or a catch-all. By now every CatchAllRule has
     * let go: what is enabled was there before, or was changed by somebody since, or is to stay.
     */
    static boolean isUsedByOthers(Wanted wanted, Snapshot snapshot, Ownership ledger) {
        TakenOver takenOver = new TakenOver(wanted, ledger);
        return snapshot.catchAll().enabled()
                || !ledger.adoptedRules().isEmpty()
                || snapshot.rules().stream()
                        .map(LiveRule::new)
                        .anyMatch(rule -> !wanted.owns(rule) || takenOver.holds(rule));
    }

    /** Why Email Routing, which we switched on, stays on; empty where nothing speaks against switching it off. */
    static Optional<String> routingKept(Wanted wanted, Snapshot snapshot, Ownership ledger) {
        if (!isOn(snapshot, ledger)) {
            return Optional.empty();
        }
        if (snapshot.unlocked()) {
            return Optional.of("somebody unlocked its mail records");
        }
        if (snapshot.catchAll().enabled()) {
            return Optional.of("the catch-all is enabled, and no CatchAllRule is left to take it back");
        }
        return snapshot.rules().stream()
                .map(LiveRule::new)
                .filter(rule -> staysEnabled(wanted, ledger, rule))
                .findFirst()
                .map(rule -> "a rule that somebody else made (" + String.join(", ", rule.addresses()) + ") is enabled");
    }

    /** What is said of the rules that were taken over and stay as they are, for what they were before is not known. */
    static List<String> rulesKept(Wanted wanted, Snapshot snapshot, Ownership ledger) {
        TakenOver takenOver = new TakenOver(wanted, ledger);
        return snapshot.rules().stream()
                .map(LiveRule::new)
                .filter(wanted::owns)
                .flatMap(rule -> takenOver.kept(rule).stream())
                .toList();
    }

    /**
     * Addresses of the spec whose rules are not ours, and so stay: others made them, or another tool wrote over ours, mark
     * included.
     */
    static List<String> rulesOfOthers(Wanted wanted, Snapshot snapshot) {
        List<LiveRule> foreign = snapshot.rules().stream()
                .map(LiveRule::new)
                .filter(rule -> !rule.isOurs(wanted.mark()))
                .toList();
        return wanted.rules().stream()
                .map(MailRule::address)
                .filter(address -> foreign.stream().anyMatch(rule -> rule.catches(address)))
                .toList();
    }

    /** A rule of others, or one that goes back to them. */
    private static boolean staysEnabled(Wanted wanted, Ownership ledger, LiveRule rule) {
        return wanted.owns(rule)
                ? new TakenOver(wanted, ledger).endsEnabled(rule)
                : rule.rule().enabled();
    }

    private static boolean isOn(Snapshot snapshot, Ownership ledger) {
        return ledger.routing() != null && snapshot.routing().enabled();
    }

    private static List<Change> inOrder(
            Wanted wanted, Snapshot snapshot, Ownership ledger, HostPlan hosts, RulePlan rules) {
        List<Change> ruleChanges = new ArrayList<>();
        boolean overTheCap = snapshot.rules().size() + creations(rules) > RULE_CAP;
        ruleChanges.addAll(overTheCap ? rules.deletes() : rules.writes());
        ruleChanges.addAll(overTheCap ? rules.writes() : rules.deletes());

        List<Change> changes = new ArrayList<>();
        if (hosts.takeover()) {
            changes.addAll(ruleChanges);
            changes.addAll(hosts.changes());
        } else {
            changes.addAll(hosts.changes());
            changes.addAll(ruleChanges);
        }
        subaddressing(wanted, snapshot, ledger)
                .filter(change -> !wanted.notTaken().subaddressing())
                .ifPresent(changes::add);
        List<String> asked = hosts.routed();
        List<String> others = hostsOfOthers(wanted, snapshot, ledger);
        unusedSubdomains(wanted, snapshot, ledger)
                .forEach(host -> changes.add(new Change.RemoveSubdomain(host, asked, others)));
        return changes;
    }

    private static long creations(RulePlan rules) {
        return rules.writes().stream()
                .filter(change -> change instanceof Change.CreateRule)
                .count();
    }

    private static Optional<Change> subaddressing(Wanted wanted, Snapshot snapshot, Ownership ledger) {
        Optional<Boolean> asked = wanted.spec().wantedSubaddressing();
        if (asked.isEmpty()) {
            return restoreSubaddressing(wanted, snapshot, ledger);
        }
        boolean live = snapshot.routing().subaddressing();
        return asked.filter(on -> on != live).map(on -> new Change.SetSubaddressing(wanted.domain(), on, live, false));
    }

    private static Optional<Change> restoreSubaddressing(Wanted wanted, Snapshot snapshot, Ownership ledger) {
        if (ledger.subaddressing() == null) {
            return Optional.empty();
        }
        boolean previous = Boolean.TRUE.equals(ledger.subaddressing().previous());
        boolean live = snapshot.routing().subaddressing();
        return previous == live
                ? Optional.empty()
                : Optional.of(new Change.SetSubaddressing(wanted.domain(), previous, live, true));
    }

    private static List<String> unusedSubdomains(Wanted wanted, Snapshot snapshot, Ownership ledger) {
        return ledger.subdomains().stream()
                .filter(wanted::isSubdomain)
                .filter(host -> !wanted.subdomainHosts().contains(host))
                .filter(host -> !usedByOthers(wanted, snapshot, ledger, host))
                .toList();
    }

    /** By rules of others, or such as go back to them: either way records that a rule uses stay. */
    private static boolean usedByOthers(Wanted wanted, Snapshot snapshot, Ownership ledger, String host) {
        TakenOver takenOver = new TakenOver(wanted, ledger);
        return snapshot.rules().stream()
                .map(LiveRule::new)
                .anyMatch(rule -> wanted.owns(rule) ? takenOver.isUnder(rule, host) : rule.isUnder(host));
    }

    /** Subdomains that rules of others use, or such as go back to them. */
    private static List<String> hostsOfOthers(Wanted wanted, Snapshot snapshot, Ownership ledger) {
        return snapshot.rules().stream()
                .flatMap(rule -> new LiveRule(rule).addresses().stream())
                .map(Wanted::hostOf)
                .filter(wanted::isSubdomain)
                .filter(host -> usedByOthers(wanted, snapshot, ledger, host))
                .distinct()
                .sorted()
                .toList();
    }
}
