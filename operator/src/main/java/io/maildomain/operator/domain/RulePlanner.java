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
import io.maildomain.operator.routing.Seal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
    private final Map<String, RuleVerdict> verdicts = new HashMap<>();
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
        // A rule of ours that somebody gave a second address serves the one that may be changed.
        wanted.rules().stream()
                .sorted(Comparator.comparing(planner::mayNotChange))
                .forEach(planner::decide);
        planner.holdBackWhereOursStillStand();
        // An update may free the address that a new rule is for.
        planner.writes.sort(Comparator.comparing(change -> change instanceof Change.CreateRule));
        return new RulePlan(planner.writes, planner.leftovers(), planner.verdictsInOrder());
    }

    /** What gives all our rules back or deletes them: the spec asks for none any more. */
    static List<Change> undo(Wanted wanted, Snapshot snapshot, Ownership ledger) {
        return new RulePlanner(wanted, snapshot, ledger, Set.of()).leftovers();
    }

    private void decide(MailRule rule) {
        List<LiveRule> standing = live.stream()
                .filter(candidate -> candidate.catches(rule.address()))
                .toList();
        Optional<LiveRule> ours = oursFor(rule.address());
        List<LiveRule> foreign =
                standing.stream().filter(candidate -> !isOurs(candidate)).toList();
        ours.ifPresent(candidate -> inUse.add(candidate.id()));
        MailAction action = MailAction.of(rule.action());

        if (isDenied(action)) {
            standing.stream().filter(this::isOurs).forEach(candidate -> inUse.add(candidate.id()));
            verdict(rule, ours, RuleState.AccessDenied, Sentences.actionNotGranted(action));
        } else if (isBlocked(rule)) {
            verdict(rule, ours, RuleState.Pending, Sentences.waitsForRecords(Wanted.hostOf(rule.address())));
        } else if (ours.isPresent()) {
            keepInLine(rule, action, ours.get());
        } else if (foreign.isEmpty() && isContested(rule)) {
            verdict(rule, ours, RuleState.Contested, Sentences.contested());
        } else if (foreign.isEmpty()) {
            writes.add(new Change.CreateRule(rule.address(), draft(rule, action, nameOfNew(), 0)));
            verdict(rule, ours, RuleState.Pending, "");
        } else {
            meetForeign(rule, action, foreign.get(0));
        }
    }

    private boolean mayNotChange(MailRule rule) {
        return isDenied(MailAction.of(rule.action())) || isBlocked(rule);
    }

    private boolean isDenied(MailAction action) {
        return !wanted.grants().action(wanted.domain(), action);
    }

    private boolean isContested(MailRule rule) {
        return wanted.contested().contains(rule.address());
    }

    private boolean isBlocked(MailRule rule) {
        return blockedHosts.contains(Wanted.hostOf(rule.address()));
    }

    /** Cloudflare takes one rule for an address: while another rule of ours keeps it, a new one would be refused. */
    private void holdBackWhereOursStillStand() {
        for (Change change : List.copyOf(writes)) {
            if (change instanceof Change.CreateRule create) {
                stillStanding(create.address()).ifPresent(rule -> {
                    writes.remove(create);
                    verdicts.put(
                            create.address(),
                            new RuleVerdict(
                                    create.address(), rule.id(), RuleState.Contested, Sentences.alsoCaughtByOurs()));
                });
            }
        }
    }

    private Optional<LiveRule> stillStanding(String address) {
        return live.stream()
                .filter(rule -> isOurs(rule) && rule.catches(address))
                .filter(rule -> writes.stream()
                        .noneMatch(change -> change instanceof Change.UpdateRule update
                                && update.id().equals(rule.id())))
                .findFirst();
    }

    private List<RuleVerdict> verdictsInOrder() {
        return wanted.rules().stream().map(rule -> verdicts.get(rule.address())).toList();
    }

    /** Our rule for the address; one that somebody gave a second address serves a single one of them. */
    private Optional<LiveRule> oursFor(String address) {
        List<LiveRule> free = live.stream()
                .filter(this::isOurs)
                .filter(candidate -> !inUse.contains(candidate.id()))
                .toList();
        return free.stream()
                .filter(candidate -> isTakenOverFor(candidate, address))
                .findFirst()
                .or(() -> free.stream()
                        .filter(candidate -> candidate.catches(address))
                        .filter(candidate ->
                                wanted.rules().stream().noneMatch(other -> isTakenOverFor(candidate, other.address())))
                        .findFirst());
    }

    /** A rule that was taken over belongs to its address, even if somebody pointed it to another one since. */
    private boolean isTakenOverFor(LiveRule rule, String address) {
        return entryOf(rule)
                .filter(entry -> entry.address().equalsIgnoreCase(address))
                .isPresent();
    }

    private void keepInLine(MailRule rule, MailAction action, LiveRule ours) {
        boolean inLine = ours.catches(rule.address()) && ours.does(action, rule.enabled(), rule.wantedPriority());
        if (inLine) {
            verdicts.put(rule.address(), RuleVerdict.synced(rule.address(), ours.id()));
        } else if (isContested(rule)) {
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
            if (isContested(rule)) {
                verdict(rule, standing, RuleState.Contested, Sentences.contested());
                return;
            }
            String name = wanted.mark().name(wanted.label(), seal(rule.address(), foreign.id(), foreign.content()));
            RuleDraft draft = draft(rule, action, name, foreign.rule().priority());
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
            Optional<AdoptedRule> entry = entryOf(rule);
            if (entry.isPresent()) {
                giveBack(entry.get(), rule).ifPresent(changes::add);
            } else {
                String address =
                        rule.addresses().stream().findFirst().orElse(rule.rule().name());
                changes.add(new Change.DeleteRule(address, rule.id()));
            }
        }
        return changes;
    }

    /** Empty where it is not known how the rule was: it is left then, for it was never ours to delete. */
    private Optional<Change> giveBack(AdoptedRule entry, LiveRule rule) {
        if (!isKnownBefore(wanted, entry, rule)) {
            return Optional.empty();
        }
        RuleContent previous = entry.previous();
        return MailAction.of(previous.actionType(), previous.actionValue())
                .map(action -> new RuleDraft(
                        previous.name(),
                        Boolean.TRUE.equals(previous.enabled()),
                        previous.priority() == null ? 0 : previous.priority(),
                        List.of(to(entry.address())),
                        List.of(action.toCloudflare())))
                .map(draft -> new Change.GiveBackRule(entry.address(), rule.id(), draft));
    }

    /**
     * Whether a rule that was taken over can be given back. What the ledger says of it must be what its seal at Cloudflare
     * confirms; or nothing but what the namespace may do anyway, for a ledger can be forged.
     */
    static boolean isKnownBefore(Wanted wanted, AdoptedRule entry, LiveRule rule) {
        RuleContent previous = entry.previous();
        if (previous == null || !wanted.covers(Wanted.hostOf(entry.address()))) {
            return false;
        }
        boolean sealed = wanted.mark()
                .sealIn(rule.rule().name())
                .filter(seal(entry.address(), rule.id(), previous)::equals)
                .isPresent();
        return sealed
                || MailAction.of(previous.actionType(), previous.actionValue())
                        .filter(action -> wanted.grants().action(wanted.domain(), action))
                        .isPresent();
    }

    private static Seal seal(String address, String id, RuleContent content) {
        return Seal.of(
                address.toLowerCase(Locale.ROOT),
                id,
                content.name(),
                Boolean.TRUE.equals(content.enabled()),
                content.priority() == null ? 0 : content.priority(),
                content.actionType(),
                content.actionValue());
    }

    /** The mark alone decides: a ledger can be forged, and a take-over that never got there is planned again. */
    private boolean isOurs(LiveRule rule) {
        return rule.isOurs(wanted.mark());
    }

    private Optional<AdoptedRule> entryOf(LiveRule rule) {
        return takenOver(adopted, rule);
    }

    /** What the ledger says of a rule that was taken over. */
    static Optional<AdoptedRule> takenOver(Ownership ledger, LiveRule rule) {
        return takenOver(ledger.adoptedRules(), rule);
    }

    private static Optional<AdoptedRule> takenOver(List<AdoptedRule> adopted, LiveRule rule) {
        return adopted.stream().filter(rule::isEntry).findFirst();
    }

    private void verdict(MailRule rule, Optional<LiveRule> standing, RuleState state, String message) {
        String id = standing.map(LiveRule::id).orElse("");
        verdicts.put(rule.address(), new RuleVerdict(rule.address(), id, state, message));
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
