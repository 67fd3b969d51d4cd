package io.maildomain.operator.controller.offline.plan;

import io.maildomain.api.v1alpha1.CatchAllContent;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainSpec;
import io.maildomain.api.v1alpha1.Mode;
import io.maildomain.api.v1alpha1.Ownership;
import io.maildomain.operator.access.Grants;
import io.maildomain.operator.controller.catchall.plan.CatchAllDecision;
import io.maildomain.operator.controller.catchall.plan.Content;
import io.maildomain.operator.controller.maildomain.plan.DesiredState;
import io.maildomain.operator.controller.maildomain.plan.LiveRule;
import io.maildomain.operator.controller.maildomain.plan.ObservedState;
import io.maildomain.operator.controller.maildomain.plan.Plan;
import io.maildomain.operator.controller.maildomain.plan.Planned;
import io.maildomain.operator.controller.maildomain.plan.Planner;
import io.maildomain.operator.controller.maildomain.plan.RuleOutcome;
import io.maildomain.operator.ownership.MailAction;
import io.maildomain.operator.ownership.OwnerMark;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the files of a domain would change, by the planners of the reconciles. What the operator notes in a status is not known here: of
 * the rules, their names say whose they are. Pure.
 *
 * @param changes in the order in which they would be made
 * @param notes what stands in the way of what the files say, and what is not done for that
 * @param waits whether the changes are made once the files are applied: not where the domain observes or is suspended
 */
public record DomainPlan(String domain, List<String> changes, MailImpact mail, List<String> notes, boolean waits) {

    private static final String UNMARKED = "none";

    public DomainPlan {
        changes = List.copyOf(changes);
        notes = List.copyOf(notes);
    }

    /**
     * @param catchAlls the CatchAllRules of the domain in the files
     * @param ownerId of the installation; "" where the names of rules have to tell
     * @param created whether the zone does not exist yet, and {@code seen} is an empty one
     */
    public static DomainPlan of(
            MailDomain domain, List<CatchAllRule> catchAlls, ObservedState seen, String ownerId, boolean created) {
        MailDomainSpec spec = domain.getSpec();
        OwnerMark mark = mark(
                label(domain.getMetadata().getNamespace(), domain.getMetadata().getName()), seen, ownerId);
        DesiredState desired = DesiredState.of(domain, Grants.everything(), mark);
        Plan plan = Planner.plan(desired, seen, Ownership.nothing());
        List<String> changes = new ArrayList<>();
        if (created) {
            changes.add("create zone " + spec.domain());
        }
        changes.addAll(plan.describe());
        List<String> notes = new ArrayList<>();
        plan.hosts().stream()
                .filter(host -> host.changes().isEmpty())
                .map(Planned::outcome)
                .filter(host -> !host.message().isEmpty() && !host.ready())
                .forEach(host -> notes.add(host.host() + ": " + host.state() + ", " + host.message()));
        plan.rules().stream()
                .map(Planned::outcome)
                .filter(rule -> !rule.message().isEmpty())
                .forEach(rule -> notes.add(note(rule)));
        notes.addAll(givenBack(spec, seen, mark));
        ObservedState after = Forecast.after(seen, plan.changes());
        boolean routed = plan.routing() != Plan.RoutingOutcome.BLOCKED_BY_FOREIGN_RECORDS;
        ObservedState last = withCatchAll(catchAlls, after, mark, routed, changes, notes);
        boolean waits = spec.mode() == Mode.Manage && !spec.suspend();
        return new DomainPlan(spec.domain(), changes, MailImpact.of(seen, last), notes, waits && !changes.isEmpty());
    }

    /** Rules that were taken over and are not in the files any more: how they were before, the status knows. */
    private static List<String> givenBack(MailDomainSpec spec, ObservedState seen, OwnerMark mark) {
        return seen.rules().stream()
                .filter(rule -> mark.sealIn(rule.name()).isPresent())
                .map(LiveRule::new)
                .filter(rule -> spec.rules().stream().noneMatch(asked -> rule.catches(asked.address())))
                .flatMap(rule -> rule.rule().matchers().stream())
                .map(matcher -> matcher.value() + ": its rule was taken over, and becomes again what it was before")
                .toList();
    }

    private static String note(RuleOutcome rule) {
        return rule.address() + ": " + rule.state() + ", " + rule.message();
    }

    private static ObservedState withCatchAll(
            List<CatchAllRule> catchAlls,
            ObservedState after,
            OwnerMark mark,
            boolean routed,
            List<String> changes,
            List<String> notes) {
        if (catchAlls.isEmpty()) {
            if (mark.isOn(after.catchAll().name())) {
                notes.add(
                        "the catch-all is the operator's, and no CatchAllRule is in the files: once that is deleted, what"
                                + " was there before comes back");
            }
            return after;
        }
        if (catchAlls.size() > 1) {
            notes.add("several CatchAllRules are for this domain: the oldest one decides, which no file tells");
            return after;
        }
        CatchAllRule rule = catchAlls.get(0);
        CatchAllContent wanted = Content.of(
                mark.name(label(
                        rule.getMetadata().getNamespace(), rule.getMetadata().getName())),
                rule.getSpec().enabled(),
                MailAction.of(rule.getSpec().action()));
        CatchAllDecision decision =
                CatchAllDecision.forward(after.zone().id(), wanted, after.catchAll(), null, null, mark);
        if (decision instanceof CatchAllDecision.NotExpressible || decision instanceof CatchAllDecision.HeldElsewhere) {
            notes.add("the catch-all is another user's or tool's, and is not taken over");
        }
        if (decision instanceof CatchAllDecision.Put put && routed) {
            changes.add("set the catch-all to " + Content.describe(put.intended()));
            return Forecast.after(after, Content.draft(put.intended()));
        }
        return after;
    }

    /** By the rules that name the resource; where these are of several installations, none of them is taken for the one. */
    private static OwnerMark mark(String label, ObservedState seen, String ownerId) {
        Set<String> ids = new TreeSet<>();
        seen.rules().stream()
                .filter(rule ->
                        OwnerMark.makerIn(rule.name()).filter(label::equals).isPresent())
                .forEach(rule -> OwnerMark.markIn(rule.name()).ifPresent(ids::add));
        String inferred = ids.size() == 1 ? ids.iterator().next() : UNMARKED;
        return new OwnerMark(ownerId.isEmpty() ? inferred : ownerId);
    }

    private static String label(String namespace, String name) {
        return namespace + "/" + name;
    }
}
