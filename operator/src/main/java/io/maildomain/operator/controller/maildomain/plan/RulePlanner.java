package io.maildomain.operator.controller.maildomain.plan;

import io.maildomain.api.v1alpha1.MailRule;
import io.maildomain.api.v1alpha1.Ownership;
import io.maildomain.api.v1alpha1.RuleState;
import io.maildomain.operator.cloudflare.RuleDraft;
import io.maildomain.operator.ownership.MailAction;
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
 * Plans the routing rules of one domain ({@code docs/guides/adopt-an-existing-domain.md}, ADR 12). What is not ours is in no plan, except a rule that
 * {@code conflictPolicy: Adopt} takes over or gives back.
 */
final class RulePlanner {

    private final DesiredState desired;
    private final List<LiveRule> live;
    private final AdoptedRules adopted;
    private final MailboxClaims claims;
    private final Set<String> blockedHosts;

    private final List<Change> writes = new ArrayList<>();
    private final Map<String, Planned<RuleOutcome>> rules = new HashMap<>();
    private final Set<String> inUse = new HashSet<>();

    /** @param blockedHosts hosts whose mail goes elsewhere and must go on doing so: their rules wait */
    private RulePlanner(DesiredState desired, ObservedState observed, Ownership ownership, Set<String> blockedHosts) {
        this.desired = desired;
        this.live = observed.rules().stream().map(LiveRule::new).toList();
        this.adopted = new AdoptedRules(desired, ownership);
        this.claims = new MailboxClaims(desired, adopted, live);
        this.blockedHosts = blockedHosts;
    }

    /**
     * Changes of rules in two parts, because most come before the deletes.
     *
     * @param leftovers what becomes of rules that nothing asks for
     */
    record RulePlan(List<Change> writes, Leftovers leftovers, List<Planned<RuleOutcome>> rules) {}

    static RulePlan plan(DesiredState desired, ObservedState observed, Ownership ownership, Set<String> blockedHosts) {
        RulePlanner planner = new RulePlanner(desired, observed, ownership, blockedHosts);
        // A rule of ours that a user gave a second address serves the one that may be changed.
        desired.rules().stream()
                .sorted(Comparator.comparing(planner::mayNotChange))
                .forEach(planner::decide);
        planner.holdBackWhereOursStillStand();
        // An update may free the address that a new rule is for.
        planner.writes.sort(Comparator.comparing(change -> change instanceof Change.CreateRule));
        Leftovers leftovers = Leftovers.of(desired, planner.adopted, planner.unused());
        return new RulePlan(planner.writes, leftovers, planner.rulesInOrder());
    }

    /** What gives all our rules back or deletes them: the spec asks for none any more. */
    static List<Change> cleanup(DesiredState desired, ObservedState observed, Ownership ownership) {
        RulePlanner planner = new RulePlanner(desired, observed, ownership, Set.of());
        return Leftovers.undone(planner.adopted, planner.unused());
    }

    private void decide(MailRule rule) {
        List<LiveRule> standing = live.stream()
                .filter(candidate -> candidate.catches(rule.address()))
                .toList();
        Optional<LiveRule> ours = oursFor(rule);
        List<LiveRule> foreign =
                standing.stream().filter(candidate -> !isOurs(candidate)).toList();
        ours.ifPresent(candidate -> inUse.add(candidate.id()));
        MailAction action = MailAction.of(rule.action());

        Optional<String> ofOthers = claims.conflict(rule, ours.isPresent());

        if (ofOthers.isPresent()) {
            leave(rule, ours, RuleState.Conflict, ofOthers.get());
        } else if (isDenied(action)) {
            standing.stream()
                    .filter(candidate -> isOurs(candidate) && claims.mayHave(rule, candidate, false))
                    .forEach(candidate -> inUse.add(candidate.id()));
            leave(rule, ours, RuleState.AccessDenied, PlanMessages.actionNotGranted(action));
        } else if (isBlocked(rule)) {
            leave(rule, ours, RuleState.Pending, PlanMessages.waitsForRecords(DesiredState.hostOf(rule.address())));
        } else if (ours.isPresent() && newerThan(ours.get(), foreign).isPresent()) {
            meetNewer(rule, action, newerThan(ours.get(), foreign).get());
        } else if (ours.isPresent()) {
            keepInLine(rule, action, ours.get());
        } else if (foreign.isEmpty() && isContested(rule)) {
            leave(rule, ours, RuleState.Contested, PlanMessages.contested());
        } else if (foreign.isEmpty()) {
            write(new Change.CreateRule(rule.address(), draft(rule, action, nameOfNew(rule), 0)), "");
        } else {
            meetForeign(rule, action, DecidingRule.standing(foreign).orElseThrow());
        }
    }

    /** A rule of others that decides instead of ours. */
    private Optional<LiveRule> newerThan(LiveRule ours, List<LiveRule> foreign) {
        return DecidingRule.newestThatIsOn(foreign).filter(candidate -> live.indexOf(candidate) > live.indexOf(ours));
    }

    /** Ours stands and is left as it is; what becomes of the mail is not up to it. */
    private void meetNewer(MailRule rule, MailAction action, LiveRule newer) {
        if (newer.expressible().isEmpty()) {
            leave(rule, Optional.of(newer), RuleState.NotExpressible, PlanMessages.notExpressible());
        } else if (newer.does(action, rule.enabled(), rule.wantedPriority())) {
            leave(rule, Optional.of(newer), RuleState.Matched, "");
        } else {
            leave(rule, Optional.of(newer), RuleState.Conflict, PlanMessages.newerRule(newer));
        }
    }

    private boolean mayNotChange(MailRule rule) {
        return isDenied(MailAction.of(rule.action())) || isBlocked(rule);
    }

    private boolean isDenied(MailAction action) {
        return !desired.grants().action(desired.domain(), action);
    }

    private boolean isContested(MailRule rule) {
        return desired.contested().contains(rule.address());
    }

    private boolean isBlocked(MailRule rule) {
        return blockedHosts.contains(DesiredState.hostOf(rule.address()));
    }

    /** Cloudflare takes one rule for an address: while another rule of ours keeps it, a new one would be refused. */
    private void holdBackWhereOursStillStand() {
        for (Change change : List.copyOf(writes)) {
            if (change instanceof Change.CreateRule create) {
                stillStanding(create.address()).ifPresent(rule -> {
                    writes.remove(create);
                    leave(new RuleOutcome(
                            create.address(), rule.id(), RuleState.Contested, PlanMessages.alsoCaughtByOurs()));
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

    private List<Planned<RuleOutcome>> rulesInOrder() {
        return desired.rules().stream().map(rule -> rules.get(rule.address())).toList();
    }

    /** Our rule for the address; one that a user gave a second address serves a single one of them. */
    private Optional<LiveRule> oursFor(MailRule rule) {
        List<LiveRule> free = live.stream()
                .filter(this::isOurs)
                .filter(candidate -> !inUse.contains(candidate.id()))
                .filter(candidate -> claims.mayHave(rule, candidate, !mayNotChange(rule)))
                .toList();
        String address = rule.address();
        return free.stream()
                .filter(candidate -> adopted.belongsTo(candidate, address))
                .findFirst()
                .or(() -> free.stream()
                        .filter(candidate -> candidate.catches(address))
                        .filter(candidate -> desired.rules().stream()
                                .noneMatch(other -> adopted.belongsTo(candidate, other.address())))
                        .findFirst());
    }

    private void keepInLine(MailRule rule, MailAction action, LiveRule ours) {
        boolean inLine = ours.catches(rule.address())
                && ours.does(action, rule.enabled(), rule.wantedPriority())
                && claims.areNamedIn(rule, ours);
        if (inLine) {
            leave(RuleOutcome.synced(rule.address(), ours.id()));
        } else if (isWrittenInVain(rule, action, ours)) {
            Instant since = desired.notTaken().rule(rule.address()).orElseThrow();
            leave(RuleOutcome.notTaken(rule.address(), ours.id(), action, since));
        } else if (isContested(rule)) {
            leave(rule, Optional.of(ours), RuleState.Contested, PlanMessages.contested());
        } else {
            RuleDraft draft =
                    draft(rule, action, renewed(rule, ours), ours.rule().priority());
            write(new Change.UpdateRule(rule.address(), ours.id(), draft), ours.id());
        }
    }

    /** Only as long as its mail was not sent elsewhere since. */
    private boolean isWrittenInVain(MailRule rule, MailAction action, LiveRule ours) {
        return desired.notTaken().rule(rule.address()).isPresent()
                && ours.catches(rule.address())
                && ours.expressible().filter(action::sameAs).isPresent();
    }

    private void meetForeign(MailRule rule, MailAction action, LiveRule foreign) {
        Optional<LiveRule> standing = Optional.of(foreign);
        if (foreign.expressible().isEmpty()) {
            leave(rule, standing, RuleState.NotExpressible, PlanMessages.notExpressible());
        } else if (foreign.does(action, rule.enabled(), rule.wantedPriority())) {
            leave(rule, standing, RuleState.Matched, "");
        } else if (desired.mayAdopt(rule) && foreign.mayBeAdopted(desired.mark())) {
            if (isContested(rule)) {
                leave(rule, standing, RuleState.Contested, PlanMessages.contested());
                return;
            }
            String name = desired.mark()
                    .name(desired.label(), AdoptedRules.seal(rule.address(), foreign.id(), foreign.content()));
            RuleDraft draft = draft(rule, action, name, foreign.rule().priority());
            write(new Change.AdoptRule(rule.address(), foreign.id(), draft, foreign.content()), foreign.id());
        } else {
            leave(rule, standing, RuleState.Conflict, PlanMessages.ruleConflict(foreign, desired.mark()));
        }
    }

    /** Rules of ours that nothing asks for (any more). */
    private List<LiveRule> unused() {
        return live.stream()
                .filter(desired::owns)
                .filter(rule -> !inUse.contains(rule.id()))
                .toList();
    }

    /** Only the mark decides: an ownership record can be forged, and a take-over that never got there is planned again. */
    private boolean isOurs(LiveRule rule) {
        return rule.isOurs(desired.mark());
    }

    private void leave(MailRule rule, Optional<LiveRule> standing, RuleState state, String message) {
        String id = standing.map(LiveRule::id).orElse("");
        leave(new RuleOutcome(rule.address(), id, state, message));
    }

    /** Nothing is done for the rule of the spec. */
    private void leave(RuleOutcome outcome) {
        rules.put(outcome.address(), Planned.asItIs(outcome));
    }

    /** @param id of the rule that is there already; empty where there is none */
    private void write(Change.RuleWrite change, String id) {
        writes.add(change);
        RuleOutcome pending = new RuleOutcome(change.address(), id, RuleState.Pending, "");
        rules.put(change.address(), Planned.by(change, pending));
    }

    private String nameOfNew(MailRule rule) {
        return claims.mailboxOf(rule)
                .map(namespace -> desired.mark().nameFor(namespace, desired.label()))
                .orElseGet(() -> desired.mark().name(desired.label()));
    }

    private String renewed(MailRule rule, LiveRule ours) {
        String name = ours.rule().name();
        return claims.mailboxOf(rule)
                .map(namespace -> desired.mark().renewedFor(namespace, name))
                .orElseGet(() -> desired.mark().renewed(name));
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
