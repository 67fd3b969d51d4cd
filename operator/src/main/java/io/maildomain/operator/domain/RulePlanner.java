package io.maildomain.operator.domain;

import io.maildomain.api.v1alpha1.ConflictPolicy;
import io.maildomain.api.v1alpha1.MailRule;
import io.maildomain.api.v1alpha1.Ownership;
import io.maildomain.api.v1alpha1.RuleState;
import io.maildomain.operator.cloudflare.RuleDraft;
import io.maildomain.operator.routing.MailAction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
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
    private final TakenOver takenOver;
    private final Set<String> blockedHosts;

    private final List<Change> writes = new ArrayList<>();
    private final Map<String, RuleVerdict> verdicts = new HashMap<>();
    private final Set<String> inUse = new HashSet<>();

    /** @param blockedHosts hosts whose mail goes elsewhere and must go on doing so: their rules wait */
    private RulePlanner(Wanted wanted, Snapshot snapshot, Ownership ledger, Set<String> blockedHosts) {
        this.wanted = wanted;
        this.live = snapshot.rules().stream().map(LiveRule::new).toList();
        this.takenOver = new TakenOver(wanted, ledger);
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
        } else if (ours.isPresent() && newerThan(ours.get(), foreign).isPresent()) {
            meetNewer(rule, action, newerThan(ours.get(), foreign).get());
        } else if (ours.isPresent()) {
            keepInLine(rule, action, ours.get());
        } else if (foreign.isEmpty() && isContested(rule)) {
            verdict(rule, ours, RuleState.Contested, Sentences.contested());
        } else if (foreign.isEmpty()) {
            writes.add(new Change.CreateRule(rule.address(), draft(rule, action, nameOfNew(), 0)));
            verdict(rule, ours, RuleState.Pending, "");
        } else {
            meetForeign(rule, action, deciding(foreign));
        }
    }

    /** Of several rules for one address, which there may be from former years, Cloudflare goes by the newest that is on. */
    private static LiveRule deciding(List<LiveRule> inOrder) {
        return lastEnabled(inOrder).orElse(inOrder.get(inOrder.size() - 1));
    }

    private static Optional<LiveRule> lastEnabled(List<LiveRule> inOrder) {
        return inOrder.stream().filter(candidate -> candidate.rule().enabled()).reduce((older, newer) -> newer);
    }

    /** A rule of others that decides instead of ours. */
    private Optional<LiveRule> newerThan(LiveRule ours, List<LiveRule> foreign) {
        return lastEnabled(foreign).filter(candidate -> live.indexOf(candidate) > live.indexOf(ours));
    }

    /** Ours stands and is left as it is; what becomes of the mail is not up to it. */
    private void meetNewer(MailRule rule, MailAction action, LiveRule newer) {
        if (newer.expressible().isEmpty()) {
            verdict(rule, Optional.of(newer), RuleState.NotExpressible, Sentences.notExpressible());
        } else if (newer.does(action, rule.enabled(), rule.wantedPriority())) {
            verdict(rule, Optional.of(newer), RuleState.Matched, "");
        } else {
            verdict(rule, Optional.of(newer), RuleState.Conflict, Sentences.newerRule(newer));
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
                .filter(candidate -> takenOver.belongsTo(candidate, address))
                .findFirst()
                .or(() -> free.stream()
                        .filter(candidate -> candidate.catches(address))
                        .filter(candidate -> wanted.rules().stream()
                                .noneMatch(other -> takenOver.belongsTo(candidate, other.address())))
                        .findFirst());
    }

    private void keepInLine(MailRule rule, MailAction action, LiveRule ours) {
        boolean inLine = ours.catches(rule.address()) && ours.does(action, rule.enabled(), rule.wantedPriority());
        if (inLine) {
            verdicts.put(rule.address(), RuleVerdict.synced(rule.address(), ours.id()));
        } else if (isWrittenInVain(rule, action, ours)) {
            Instant since = wanted.notTaken().rule(rule.address()).orElseThrow();
            verdicts.put(rule.address(), RuleVerdict.notTaken(rule.address(), ours.id(), action, since));
        } else if (isContested(rule)) {
            verdict(rule, Optional.of(ours), RuleState.Contested, Sentences.contested());
        } else {
            RuleDraft draft = draft(
                    rule,
                    action,
                    wanted.mark().renewed(ours.rule().name()),
                    ours.rule().priority());
            writes.add(new Change.UpdateRule(rule.address(), ours.id(), draft));
            verdict(rule, Optional.of(ours), RuleState.Pending, "");
        }
    }

    /** Only as long as nobody has sent its mail elsewhere since. */
    private boolean isWrittenInVain(MailRule rule, MailAction action, LiveRule ours) {
        return wanted.notTaken().rule(rule.address()).isPresent()
                && ours.catches(rule.address())
                && ours.expressible().filter(action::sameAs).isPresent();
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
            String name =
                    wanted.mark().name(wanted.label(), TakenOver.seal(rule.address(), foreign.id(), foreign.content()));
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
            if (!wanted.owns(rule) || inUse.contains(rule.id())) {
                continue;
            }
            if (takenOver.holds(rule)) {
                takenOver.giveBack(rule).ifPresent(changes::add);
            } else if (!wanted.contested().contains(rule.words())) {
                changes.add(new Change.DeleteRule(rule.words(), rule.id()));
            }
        }
        return changes;
    }

    /** The mark alone decides: a ledger can be forged, and a take-over that never got there is planned again. */
    private boolean isOurs(LiveRule rule) {
        return rule.isOurs(wanted.mark());
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
                List.of(LiveRule.to(rule.address())),
                List.of(action.toCloudflare()));
    }
}
