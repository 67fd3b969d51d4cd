package io.maildomain.operator.controller.offline.plan;

import io.maildomain.api.v1alpha1.CatchAllContent;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.DriftPolicy;
import io.maildomain.api.v1alpha1.HostState;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainSpec;
import io.maildomain.api.v1alpha1.Mode;
import io.maildomain.api.v1alpha1.Ownership;
import io.maildomain.api.v1alpha1.ZonePolicy;
import io.maildomain.operator.access.Grants;
import io.maildomain.operator.controller.catchall.plan.CatchAllDecision;
import io.maildomain.operator.controller.catchall.plan.Content;
import io.maildomain.operator.controller.maildomain.plan.DesiredState;
import io.maildomain.operator.controller.maildomain.plan.HostDns;
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
import java.util.Optional;

/**
 * What the files of a domain would change, by the planners of the reconciles. What the operator notes in a status is not known here: of
 * the rules, their names say whose they are. Pure.
 *
 * @param changes in the order in which they would be made
 * @param notes what stands in the way of what the files say, and what is not done for that
 * @param open what could not be found out: whether more is changed than is planned here depends on it
 * @param waits whether the changes are made once the files are applied: not where the domain observes or is suspended
 */
public record DomainPlan(
        String domain, List<String> changes, MailImpact mail, List<String> notes, List<String> open, boolean waits) {

    public DomainPlan {
        changes = List.copyOf(changes);
        notes = List.copyOf(notes);
        open = List.copyOf(open);
    }

    /** What is said while it is found out. */
    private record Said(List<String> changes, List<String> notes, List<String> open) {
        Said(Installation installation) {
            this(new ArrayList<>(), new ArrayList<>(installation.notes()), new ArrayList<>(installation.open()));
        }
    }

    /**
     * @param catchAlls the CatchAllRules of the domain in the files
     * @param ownerId of the installation; "" where the names of rules have to tell
     * @param created whether the zone does not exist yet, and {@code seen} is an empty one
     */
    public static DomainPlan of(
            MailDomain domain, List<CatchAllRule> catchAlls, ObservedState seen, String ownerId, boolean created) {
        MailDomainSpec spec = domain.getSpec();
        Installation installation = Installation.of(domain, catchAlls, seen, ownerId);
        OwnerMark mark = installation.mark();
        DesiredState desired = DesiredState.of(domain, Grants.everything(), mark);
        List<String> served = served(desired, seen);
        Plan plan = Planner.plan(desired, seen, Ownership.nothing().withSubdomains(served));
        Said said = new Said(installation);
        if (created) {
            said.changes().add("create zone " + spec.domain());
        }
        if (!created && spec.zone().policy() == ZonePolicy.CreateOnly) {
            said.notes()
                    .add(
                            "zone.policy is CreateOnly and the zone is there: it is planned as one that the operator created, for rules"
                                    + " there are named after " + Installation.label(domain));
        }
        said.changes().addAll(plan.describe());
        plan.hosts().stream()
                .filter(host -> host.changes().isEmpty())
                .map(Planned::outcome)
                .filter(host -> !host.message().isEmpty() && !host.ready())
                .forEach(host -> (host.state() == HostState.Unknown ? said.open() : said.notes())
                        .add(host.host() + ": " + host.state() + ", " + host.message()));
        served.forEach(host -> said.open()
                .add(host
                        + ": whether its mail records stand could not be seen; it is planned as if they do, for the operator"
                        + " has rules there. Allow the token Zone: DNS: Read, or let the look-ups of DNS through"));
        plan.rules().stream()
                .map(Planned::outcome)
                .filter(rule -> !rule.message().isEmpty())
                .forEach(rule -> said.notes().add(note(rule)));
        if (!plan.kept().isEmpty()) {
            said.notes()
                    .add("rules that Mailboxes asked for: " + plan.kept().size()
                            + ". Mailboxes are not planned; each of these rules is deleted once its Mailbox is gone");
        }
        if (spec.wantedSubaddressing().isEmpty() && seen.routing().subaddressing()) {
            said.notes()
                    .add(
                            "subaddressing is on, and the files do not say it: where the operator switched it on, it switches it off again");
        }
        ObservedState after = Forecast.after(seen, plan.changes());
        boolean routed = plan.routing() != Plan.RoutingOutcome.BLOCKED_BY_FOREIGN_RECORDS;
        ObservedState last = withCatchAll(catchAlls, after, mark, routed, said);
        List<String> back = new ArrayList<>(routed ? givenBack(spec, seen, mark) : List.of());
        restored(catchAlls, seen, mark).ifPresent(back::add);
        said.changes().addAll(back);
        if (spec.drift() == DriftPolicy.Report && !said.changes().isEmpty()) {
            said.notes()
                    .add(
                            "drift is Report: what others changed at Cloudflare is not brought back unless this spec is changed, too");
        }
        boolean waits = spec.mode() == Mode.Manage && !spec.suspend();
        return new DomainPlan(
                spec.domain(),
                said.changes(),
                MailImpact.of(seen, last).and(back),
                said.notes(),
                said.open(),
                waits && !said.changes().isEmpty());
    }

    /**
     * Subdomains of which no look tells whether they route mail, and where the operator has rules: it noted there that it added the records,
     * and goes by that.
     */
    private static List<String> served(DesiredState desired, ObservedState seen) {
        return desired.subdomainHosts().stream()
                .filter(host -> seen.host(host)
                        .filter(dns -> dns.lacks() == HostDns.Known.UNKNOWN && !dns.foreign())
                        .isPresent())
                .filter(host -> seen.rules().stream()
                        .map(LiveRule::new)
                        .anyMatch(rule -> rule.isOurs(desired.mark()) && rule.isUnder(host)))
                .toList();
    }

    /** Rules that were taken over and are not in the files any more: how they were before, the status knows. */
    private static List<String> givenBack(MailDomainSpec spec, ObservedState seen, OwnerMark mark) {
        return seen.rules().stream()
                .filter(rule -> mark.sealIn(rule.name()).isPresent())
                .map(LiveRule::new)
                .filter(rule -> spec.rules().stream().noneMatch(asked -> rule.catches(asked.address())))
                .flatMap(rule -> rule.rule().matchers().stream())
                .map(matcher -> "give back the rule for " + matcher.value() + ", as it was before it was taken over")
                .toList();
    }

    /** What was there before the operator, the status of the CatchAllRule knows, and so it does whether it is to come back. */
    private static Optional<String> restored(List<CatchAllRule> catchAlls, ObservedState seen, OwnerMark mark) {
        boolean ours = mark.isOn(seen.catchAll().name()) && !seen.catchAll().isWranglers();
        return catchAlls.isEmpty() && ours
                ? Optional.of("give back the catch-all, as it was before the operator: no CatchAllRule is in the files")
                : Optional.empty();
    }

    private static String note(RuleOutcome rule) {
        return rule.address() + ": " + rule.state() + ", " + rule.message();
    }

    private static ObservedState withCatchAll(
            List<CatchAllRule> catchAlls, ObservedState after, OwnerMark mark, boolean routed, Said said) {
        if (catchAlls.isEmpty()) {
            return after;
        }
        if (catchAlls.size() > 1) {
            said.open().add("several CatchAllRules are for this domain: the oldest one decides, which no file tells");
            return after;
        }
        CatchAllRule rule = catchAlls.get(0);
        CatchAllContent wanted = Content.of(
                mark.name(Installation.label(rule)),
                rule.getSpec().enabled(),
                MailAction.of(rule.getSpec().action()));
        CatchAllDecision decision =
                CatchAllDecision.forward(after.zone().id(), wanted, after.catchAll(), null, null, mark);
        if (decision instanceof CatchAllDecision.NotExpressible || decision instanceof CatchAllDecision.HeldElsewhere) {
            said.notes().add("the catch-all is another user's or tool's, and is not taken over");
        }
        if (decision instanceof CatchAllDecision.Put put && routed) {
            said.changes().add("set the catch-all to " + Content.describe(put.intended()));
            return Forecast.after(after, Content.draft(put.intended()));
        }
        return after;
    }
}
