package io.maildomain.operator.domain;

import io.maildomain.api.v1alpha1.AdoptedRule;
import io.maildomain.api.v1alpha1.ConflictPolicy;
import io.maildomain.api.v1alpha1.MailRule;
import io.maildomain.api.v1alpha1.Ownership;
import io.maildomain.api.v1alpha1.RuleContent;
import io.maildomain.api.v1alpha1.RuleState;
import io.maildomain.operator.cloudflare.Matcher;
import io.maildomain.operator.cloudflare.RuleDraft;
import io.maildomain.operator.routing.MailAction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Plans the routing rules of one domain (DESIGN, Ownership, Rules). What is not ours is in no plan, except a rule that
 * {@code conflictPolicy: Adopt} takes over or gives back.
 */
final class RulePlanner {

    private final Wanted wanted;
    private final List<LiveRule> live;
    private final List<AdoptedRule> adopted;
    private final Set<String> blockedHosts;

    private final List<Change> writes = new ArrayList<>();
    private final List<RuleVerdict> verdicts = new ArrayList<>();
    private final Set<String> inUse = new HashSet<>();

    /** @param blockedHosts hosts whose mail goes elsewhere and must go on doing so: their rules wait */
    private RulePlanner(Wanted wanted, Snapshot snapshot, Ownership ledger, Set<String> blockedHosts) {
        this.wanted = wanted;
        this.live = snapshot.rules().stream().map(LiveRule::new).toList();
        this.adopted = ledger.adoptedRules();
        this.blockedHosts = blockedHosts;
    }

    /** Changes of rules in two parts, because most come before the deletes. */
    record RulePlan(List<Change> writes, List<Change> deletes, List<RuleVerdict> verdicts) {}

    static RulePlan plan(Wanted wanted, Snapshot snapshot, Ownership ledger, Set<String> blockedHosts) {
        RulePlanner planner = new RulePlanner(wanted, snapshot, ledger, blockedHosts);
        wanted.rules().forEach(planner::decide);
        return new RulePlan(planner.writes, planner.leftovers(), planner.verdicts);
    }

    /** What gives all our rules back or deletes them: the spec asks for none any more. */
    static List<Change> undo(Wanted wanted, Snapshot snapshot, Ownership ledger) {
        return new RulePlanner(wanted, snapshot, ledger, Set.of()).leftovers();
    }

    private void decide(MailRule rule) {
        List<LiveRule> standing = live.stream()
                .filter(candidate -> candidate.catches(rule.address()))
                .toList();
        Optional<LiveRule> ours = standing.stream().filter(this::isOurs).findFirst();
        ours.ifPresent(candidate -> inUse.add(candidate.id()));
        MailAction action = MailAction.of(rule.action());

        if (!wanted.grants().action(wanted.domain(), action)) {
            standing.stream().filter(this::isOurs).forEach(candidate -> inUse.add(candidate.id()));
            verdict(rule, ours, RuleState.AccessDenied, Sentences.actionNotGranted(action));
        } else if (blockedHosts.contains(Wanted.hostOf(rule.address()))) {
            verdict(rule, ours, RuleState.Pending, Sentences.waitsForRecords(Wanted.hostOf(rule.address())));
        } else if (ours.isPresent()) {
            keepInLine(rule, action, ours.get());
        } else if (standing.isEmpty()) {
            writes.add(new Change.CreateRule(rule.address(), draft(rule, action, nameOfNew(), 0)));
            verdict(rule, ours, RuleState.Pending, "");
        } else {
            meetForeign(rule, action, standing.get(0));
        }
    }

    private void keepInLine(MailRule rule, MailAction action, LiveRule ours) {
        boolean inLine = ours.does(action, rule.enabled(), rule.wantedPriority());
        if (inLine) {
            verdicts.add(RuleVerdict.synced(rule.address(), ours.id()));
        } else if (wanted.contested().contains(ours.id())) {
            verdict(rule, Optional.of(ours), RuleState.Contested, Sentences.contested());
        } else {
            RuleDraft draft =
                    draft(rule, action, ours.rule().name(), ours.rule().priority());
            writes.add(new Change.UpdateRule(rule.address(), ours.id(), draft));
            verdict(rule, Optional.of(ours), RuleState.Pending, "");
        }
    }

    private void meetForeign(MailRule rule, MailAction action, LiveRule foreign) {
        Optional<LiveRule> standing = Optional.of(foreign);
        if (foreign.expressible().isEmpty()) {
            verdict(rule, standing, RuleState.NotExpressible, Sentences.notExpressible());
        } else if (foreign.does(action, rule.enabled(), rule.wantedPriority())) {
            verdict(rule, standing, RuleState.Matched, "");
        } else if (wanted.spec().conflictPolicy() == ConflictPolicy.Adopt && foreign.mayBeAdopted(wanted.mark())) {
            RuleDraft draft = draft(rule, action, nameOfNew(), foreign.rule().priority());
            writes.add(new Change.AdoptRule(rule.address(), foreign.id(), draft, foreign.content()));
            verdict(rule, standing, RuleState.Pending, "");
        } else {
            verdict(rule, standing, RuleState.Conflict, Sentences.ruleConflict(foreign, wanted.mark()));
        }
    }

    /** Rules of ours that the spec does not ask for (any more). */
    private List<Change> leftovers() {
        List<Change> changes = new ArrayList<>();
        for (LiveRule rule : live) {
            if (!isOurs(rule) || inUse.contains(rule.id())) {
                continue;
            }
            String address =
                    rule.addresses().stream().findFirst().orElse(rule.rule().name());
            Optional<AdoptedRule> entry = entryOf(rule);
            changes.add(
                    entry.isPresent()
                            ? giveBack(address, rule, entry.get().previous())
                            : new Change.DeleteRule(address, rule.id()));
        }
        return changes;
    }

    private Change giveBack(String address, LiveRule rule, RuleContent previous) {
        MailAction action = MailAction.of(previous.actionType(), previous.actionValue())
                .orElseThrow(() -> new IllegalStateException("the ledger holds an action that nobody wrote"));
        RuleDraft draft = new RuleDraft(
                previous.name() == null ? "" : previous.name(),
                Boolean.TRUE.equals(previous.enabled()),
                previous.priority() == null ? 0 : previous.priority(),
                List.of(to(address)),
                List.of(action.toCloudflare()));
        return new Change.GiveBackRule(address, rule.id(), draft);
    }

    /** The mark alone decides: a ledger can be forged, and a take-over that never got there is planned again. */
    private boolean isOurs(LiveRule rule) {
        return rule.isOurs(wanted.mark());
    }

    private Optional<AdoptedRule> entryOf(LiveRule rule) {
        return adopted.stream().filter(rule::isEntry).findFirst();
    }

    private void verdict(MailRule rule, Optional<LiveRule> standing, RuleState state, String message) {
        verdicts.add(new RuleVerdict(rule.address(), standing.map(LiveRule::id).orElse(""), state, message));
    }

    private String nameOfNew() {
        return wanted.mark().name(wanted.label());
    }

    private static RuleDraft draft(MailRule rule, MailAction action, String name, int livePriority) {
        return new RuleDraft(
                name,
                rule.enabled(),
                rule.wantedPriority().orElse(livePriority),
                List.of(to(rule.address())),
                List.of(action.toCloudflare()));
    }

    private static Matcher to(String address) {
        return new Matcher("literal", "to", address);
    }
}
