package io.maildomain.operator.controller.maildomain;

import io.maildomain.api.v1alpha1.DriftPolicy;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.api.v1alpha1.Mode;
import io.maildomain.api.v1alpha1.Ownership;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.access.RuntimeCredentials.Usable;
import io.maildomain.operator.cloudflare.Cloudflare;
import io.maildomain.operator.controller.ChangeLog;
import io.maildomain.operator.controller.CloudflareSession;
import io.maildomain.operator.controller.RecentZones;
import io.maildomain.operator.controller.ReconcileResult;
import io.maildomain.operator.controller.maildomain.Outcomes.Requeued;
import io.maildomain.operator.controller.maildomain.RecentLooks.Look;
import io.maildomain.operator.controller.maildomain.plan.Aftermath;
import io.maildomain.operator.controller.maildomain.plan.Change;
import io.maildomain.operator.controller.maildomain.plan.Convergence;
import io.maildomain.operator.controller.maildomain.plan.DesiredState;
import io.maildomain.operator.controller.maildomain.plan.ObservedState;
import io.maildomain.operator.controller.maildomain.plan.OwnershipChanges;
import io.maildomain.operator.controller.maildomain.plan.Plan;
import io.maildomain.operator.controller.maildomain.plan.Planner;
import io.maildomain.operator.controller.maildomain.plan.RuleOutcome;
import io.maildomain.operator.status.Check;
import io.maildomain.operator.status.ConditionType;
import io.maildomain.operator.status.Conditions;
import io.maildomain.operator.status.Requeue;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The second half of a reconcile, once it is known what Cloudflare has: plan, apply, report. Lives as long as that reconcile. */
final class PlanExecution {

    private final MailDomainServices services;
    private final ChangeLog log;
    private final DomainMemory memory;
    private final MailDomain live;
    private final OwnershipSession ownership;
    private final Usable with;
    private final DomainReport report;
    private final CloudflareSession session;
    private AttachedRules attached;
    private final Cloudflare cloudflare;
    private final MailboxLeftovers leftovers;

    /** @param live the resource as the API server has it now */
    PlanExecution(
            MailDomainServices services,
            ChangeLog log,
            DomainMemory memory,
            MailDomain live,
            OwnershipSession ownership,
            Usable with,
            DomainReport report,
            CloudflareSession session,
            AttachedRules attached) {
        this.services = services;
        this.log = log;
        this.memory = memory;
        this.live = live;
        this.ownership = ownership;
        this.with = with;
        this.report = report;
        this.session = session;
        this.attached = attached;
        this.cloudflare = session.with(with.token());
        this.leftovers = new MailboxLeftovers(memory.brake(), log, live, report, session.isSwept());
    }

    /** @param look what the plan is made from */
    ReconcileResult<MailDomainStatus> carryOut(DesiredState asked, Look look) {
        ObservedState observed = look.state();
        boolean watching = live.getSpec().mode() == Mode.Observe;
        boolean reports = Conditions.hasConverged(live) && live.getSpec().drift() == DriftPolicy.Report;
        if (!session.isSwept()) {
            memory.doubts().looked(live);
        }
        DesiredState desired =
                fitting(asked.among(new RuleMakerLookup(services.resources()).of(live, observed)), observed);
        report.routing(observed.routing());
        Ownership noted = OwnershipChanges.settled(ownership.noted(), observed, desired);
        Plan plan = Planner.plan(desired, observed, noted);
        List<Change> wanted = reports
                ? plan.changes().stream()
                        .filter(change -> attached.askFor(change, observed))
                        .toList()
                : plan.changes();
        if (watching || reports && wanted.isEmpty()) {
            if (!session.isSwept()) {
                log.drifted(live, Convergence.newDrift(live, plan.changes()), 0);
            }
            return watched(plan, ApplyResult.nothing(), observed, watching ? Reason.Observing : Reason.DriftReported);
        }
        ownership.note(noted);
        if (session.isSwept()) {
            return swept(plan, look);
        }
        ConfirmedRemoval.Hold hold = memory.confirmed().hold(live, plan, observed, desired.mark(), cloudflare);
        List<Change> changes = hold.allowed(wanted);
        BooleanSupplier stillGranted = () -> services.credentials().stillGrants(live, with);
        Applier applier = new Applier(cloudflare, ownership, observed.zone().id(), memory.removal(), stillGranted);
        String uid = live.getMetadata().getUid();
        ApplyResult applied = UnverifiedTargets.of(services.destinations(), with, observed.zone(), uid, cloudflare)
                .apply(changes, applier::apply);
        applied.tell(live, plan, log);
        rememberZone(look);
        rememberDrift(plan, applied, observed);
        leftovers.remember(applied, desired, observed);
        hold.tell(report);
        Aftermath aftermath = new Observer(cloudflare, services.publicDns()).after(observed, desired, applied, now());
        report.routing(aftermath.settings());
        ownership.note(OwnershipChanges.after(ownership.noted(), noted, observed, aftermath));
        if (!hold.back() && plan.withheld().isEmpty()) {
            observed.after(applied.done(), applied.written(), aftermath.settings())
                    .filter(after -> applied.isFlawless())
                    .ifPresent(after -> memory.looks()
                            .keep(live.getMetadata().getUid(), with, new Look(after, look.at(), look.withRules())));
        }
        if (reports) {
            return watched(plan, applied, observed, Reason.DriftReported);
        }
        ReconcileResult<MailDomainStatus> result =
                results(plan, applied, aftermath, new Failures(desired.domain(), with), observed);
        return hold.unlessInProgress(live, applied, result);
    }

    /** Of a domain that is only watched and has no zone: it would be created, and all that the spec asks for with it. */
    ReconcileResult<MailDomainStatus> foretold(DesiredState asked) {
        ObservedState nothing = DomainLook.nothing(asked);
        Plan plan = Planner.plan(fitting(asked, nothing), nothing, Ownership.nothing());
        report.pendingChanges(Stream.concat(Stream.of("create zone " + asked.domain()), plan.describe().stream())
                .toList());
        return report.watched(Reason.Observing);
    }

    /** With no more Mailboxes than there is room for beside the rules of others. */
    private DesiredState fitting(DesiredState desired, ObservedState observed) {
        attached = attached.beside(Planner.takenByOthers(desired, observed));
        return desired.attaching(attached.known(desired.mailboxes()));
    }

    /** Nothing is done by what a sweep saw. Where there is nothing to do, a change of the spec need not read it once more. */
    private ReconcileResult<MailDomainStatus> swept(Plan plan, Look look) {
        if (!plan.changes().isEmpty()) {
            session.changes();
        }
        ObservedState observed = look.state();
        if (plan.withheld().isEmpty()) {
            memory.looks().keep(live.getMetadata().getUid(), with, look);
        }
        ApplyResult nothing = ApplyResult.nothing();
        Aftermath asBefore = Aftermath.none(observed, now());
        return reported(plan, nothing, asBefore, new Failures(live.getSpec().domain(), with), observed);
    }

    private ReconcileResult<MailDomainStatus> reported(
            Plan plan, ApplyResult applied, Aftermath aftermath, Failures failures, ObservedState observed) {
        List<Requeued<RuleOutcome>> rules = Outcomes.rules(plan, applied, aftermath.at(), failures::of);
        report.results(
                RoutingCheck.after(plan, applied, aftermath, failures),
                Outcomes.hosts(plan, applied, aftermath, failures::of),
                attached.without(rules));
        Stream.concat(plan.withheld().stream(), applied.notTaken().stream())
                .filter(change -> change instanceof Change.SetSubaddressing)
                .forEach(report::subaddressingNotTaken);
        tellFailures(applied, failures);
        leftovers.tell(plan, Stream.empty());
        if (!applied.complete()) {
            report.requeueAtLeast(failures.requeueOf(applied));
        }
        ReconcileResult<MailDomainStatus> result = report.finished();
        // What a sweep saw is no news where a look of its own follows.
        return session.isSwept() && !plan.changes().isEmpty()
                ? result
                : attached.tell(result, rules, MailboxLeftovers.standing(plan, applied, observed));
    }

    private ReconcileResult<MailDomainStatus> results(
            Plan plan, ApplyResult applied, Aftermath aftermath, Failures failures, ObservedState observed) {
        ReconcileResult<MailDomainStatus> result = reported(plan, applied, aftermath, failures, observed);
        if (!applied.outdated().isEmpty()) {
            return ReconcileResult.conflict();
        }
        boolean refused = !applied.failed().isEmpty();
        if (!refused) {
            memory.doubts().changed(live);
        }
        if (memory.doubts().isFirstEnabling(live, applied, aftermath)
                || refused
                        && failures.onlyPerhapsStray(applied)
                        && memory.doubts().isFirstChange(live)) {
            return ReconcileResult.silent(Requeue.BACKOFF, result.cause(), Duration.ZERO);
        }
        return failures.onlyPostponed(applied)
                ? ReconcileResult.silent(result.requeue(), result.cause(), failures.waitOf(applied))
                : result;
    }

    private void tellFailures(ApplyResult applied, Failures failures) {
        applied.failed().stream()
                .filter(failed -> !attached.tellOf(failed.change()))
                .forEach(failed -> report.failed(failed.change(), failures.of(failed)));
    }

    /** @param applied what was done of the plan nevertheless, for Mailboxes: of that nothing is pending */
    private ReconcileResult<MailDomainStatus> watched(
            Plan plan, ApplyResult applied, ObservedState observed, Reason reason) {
        Check routing = observed.routing().enabled()
                ? Check.yes(ConditionType.ROUTING_ENABLED, Reason.RoutingEnabled, "Email Routing is on")
                : Check.no(ConditionType.ROUTING_ENABLED, Reason.RoutingDisabled, "Email Routing is off");
        Aftermath asBefore = Aftermath.none(observed, now());
        Failures failures = new Failures(live.getSpec().domain(), with);
        List<Requeued<RuleOutcome>> rules = Outcomes.rules(plan, applied, asBefore.at(), failures::of);
        report.results(routing, Outcomes.hosts(plan, applied, asBefore, failures::of), attached.without(rules));
        tellFailures(applied, failures);
        leftovers.tell(
                plan,
                plan.changes().stream()
                        .filter(change -> !applied.done().contains(change))
                        .map(Change::describe));
        ReconcileResult<MailDomainStatus> result =
                attached.tell(report.watched(reason), rules, MailboxLeftovers.standing(plan, applied, observed));
        if (!applied.outdated().isEmpty()) {
            return ReconcileResult.conflict();
        }
        Requeue requeue =
                applied.complete() ? result.requeue() : result.requeue().sooner(failures.requeueOf(applied));
        return new ReconcileResult<>(result.status(), requeue, result.cause(), result.notBefore());
    }

    /** A CatchAllRule may follow. */
    private void rememberZone(Look look) {
        if (look.withRules()) {
            RecentZones.Seen seen =
                    new RecentZones.Seen(look.state().zone(), look.state().catchAll());
            services.recentZones().saw(live.getMetadata().getUid(), with.token(), seen);
        }
    }

    private void rememberDrift(Plan plan, ApplyResult applied, ObservedState observed) {
        List<Change> drifted = unasked(plan.changes(), observed);
        List<Change> done = unasked(applied.effective(), observed);
        // Of a rule of a Mailbox: one that it says it has. What it asks for is none of these.
        memory.drift().applied(live, done, attached::have);
        log.drifted(live, Convergence.drift(live, drifted), Convergence.drift(live, done));
        if (Conditions.hasConverged(live) && !done.isEmpty()) {
            report.driftCorrected(done.stream().map(Change::describe).collect(Collectors.joining("; ")));
        }
    }

    /** What no user asks for by a Mailbox. */
    private List<Change> unasked(List<Change> changes, ObservedState observed) {
        return changes.stream()
                .filter(change -> !attached.askFor(change, observed))
                .toList();
    }

    private Instant now() {
        return services.clock().instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
