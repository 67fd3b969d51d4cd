package io.maildomain.operator.controller.maildomain;

import io.maildomain.api.v1alpha1.DriftPolicy;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.api.v1alpha1.Mode;
import io.maildomain.api.v1alpha1.Ownership;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.access.ClaimCheck;
import io.maildomain.operator.access.LastKnownGoodCredentials;
import io.maildomain.operator.access.RuntimeCredentials;
import io.maildomain.operator.access.RuntimeCredentials.Unusable;
import io.maildomain.operator.access.RuntimeCredentials.Usable;
import io.maildomain.operator.cloudflare.Cloudflare;
import io.maildomain.operator.cloudflare.CloudflareCall;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.Zone;
import io.maildomain.operator.controller.ChangeLog;
import io.maildomain.operator.controller.CloudflareSession;
import io.maildomain.operator.controller.ReconcileResult;
import io.maildomain.operator.controller.maildomain.plan.Aftermath;
import io.maildomain.operator.controller.maildomain.plan.Change;
import io.maildomain.operator.controller.maildomain.plan.Convergence;
import io.maildomain.operator.controller.maildomain.plan.DesiredState;
import io.maildomain.operator.controller.maildomain.plan.NotTaken;
import io.maildomain.operator.controller.maildomain.plan.ObservedState;
import io.maildomain.operator.controller.maildomain.plan.OwnershipChanges;
import io.maildomain.operator.controller.maildomain.plan.Plan;
import io.maildomain.operator.controller.maildomain.plan.Planner;
import io.maildomain.operator.controller.maildomain.plan.RoutedBefore;
import io.maildomain.operator.controller.maildomain.plan.ZoneDecision;
import io.maildomain.operator.controller.maildomain.plan.ZoneState;
import io.maildomain.operator.status.Blocked;
import io.maildomain.operator.status.Check;
import io.maildomain.operator.status.ConditionType;
import io.maildomain.operator.status.Requeue;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One reconcile of a MailDomain: credentials, zone, claim, observed state, plan, apply, report. */
final class DomainReconciliation {

    private final MailDomainServices services;
    private final ClaimCheck claims;
    private final ChangeLog log;
    private final DriftHistory driftHistory;
    private final SubdomainRemoval removal;
    private final LastKnownGoodCredentials lastGood;
    private final Doubts doubts = new Doubts();
    private final ConfirmedRemoval confirmedRemoval;

    DomainReconciliation(
            MailDomainServices services, ChangeLog log, SubdomainRemoval removal, LastKnownGoodCredentials lastGood) {
        this.services = services;
        this.lastGood = lastGood;
        this.removal = removal;
        this.claims = services.claims();
        this.log = log;
        this.confirmedRemoval = new ConfirmedRemoval(services.clock(), services.confirmPause());
        this.driftHistory = new DriftHistory(services.clock());
    }

    /** The resource is gone. */
    void forget(String uid) {
        driftHistory.forget(uid);
        doubts.forget(uid);
        confirmedRemoval.forget(uid);
    }

    Set<String> uids() {
        Set<String> all = new HashSet<>(driftHistory.uids());
        all.addAll(doubts.uids());
        all.addAll(confirmedRemoval.uids());
        return all;
    }

    /** @param live the resource as the API server has it now */
    ReconcileResult<MailDomainStatus> run(MailDomain live, OwnershipSession ownership, CloudflareSession session) {
        DomainReport report = new DomainReport(live, services.clock().instant());
        // Of one that is suspended as well: whose account it names has a say in who holds the domain.
        services.credentials().follow(live);
        if (live.getSpec().suspend()) {
            return report.suspended();
        }
        RuntimeCredentials credentials = services.credentials().resolve(live);
        if (credentials instanceof Unusable unusable) {
            return blocked(live, report, unusable.blocked());
        }
        Usable with = (Usable) credentials;
        report.credentials(with);
        try {
            return reconcile(live, ownership, session, with, report);
        } catch (CloudflareException e) {
            Blocked blocked = blockedBy(e, live.getSpec().domain(), with, session);
            if (Blocked.mayBeStray(e) && doubts.isFirstLook(live, blocked.requeue())) {
                return blocked(live, report, blocked.unconfirmed());
            }
            rememberRefusal(live, with, e, blocked);
            return blocked(live, report, blocked);
        }
    }

    /** That a zone exists which was not seen before is told apart by a look: a user may just have added it. */
    private Blocked blockedBy(CloudflareException failure, String domain, Usable with, CloudflareSession session) {
        Failures failures = new Failures(domain, with);
        if (!failure.zoneExists()) {
            return failures.blocked(failure);
        }
        ZoneFinder finder = new ZoneFinder(session.with(with.token()), services.callTimeout());
        return failures.blocked(failure, finder.sighting(domain, with.accountId()));
    }

    private ReconcileResult<MailDomainStatus> reconcile(
            MailDomain live, OwnershipSession ownership, CloudflareSession session, Usable with, DomainReport report) {
        boolean watching = live.getSpec().mode() == Mode.Observe;
        boolean settled = Convergence.hasConverged(live);
        DesiredState asked = desired(live, with);

        Optional<Blocked> lostAlready = watching ? Optional.empty() : claims.lostAlready(live, with);
        if (lostAlready.isPresent()) {
            return blocked(live, report, lostAlready.get());
        }
        // From here on it calls; what was decided so far asks no call, and waits for no turn.
        Cloudflare cloudflare = session.with(with.token());
        ownership.note(ZoneRebinding.forgotten(live, ownership.noted()));
        ZoneDecision decision = new ZoneFinder(cloudflare, services.callTimeout())
                .find(live, asked, with.accountId(), ownership.noted().notedZone());
        if (decision instanceof ZoneDecision.Unavailable unavailable) {
            if (doubts.isFirstLook(live, unavailable.blocked().requeue())) {
                return blocked(live, report, unavailable.blocked().unconfirmed());
            }
            claims.seesNothing(live, with);
            lastGood.worked(live.getMetadata().getUid(), with);
            return report.blocked(unavailable.blocked());
        }
        claims.sees(live, with, accountOf(decision));
        lastGood.worked(live.getMetadata().getUid(), with);
        String account = accountOf(decision);
        Optional<Blocked> lost = watching ? claims.hidden(live, with, account) : claims.lost(live, with, account);
        if (lost.isPresent()) {
            return blocked(live, report, lost.get());
        }
        if (watching && decision instanceof ZoneDecision.Create) {
            report.pendingChanges(List.of("create zone " + asked.domain()));
            return report.watched(Reason.Observing);
        }
        Zone zone = watching
                ? ((ZoneDecision.Use) decision).zone()
                : new ZoneAcquisition(cloudflare, ownership, log).take(live, decision);
        report.zone(zone);
        Optional<Blocked> unknown = ZoneState.unknown(zone);
        if (unknown.isPresent()) {
            return blocked(live, report, unknown.get());
        }
        if (!watching) {
            new SubdomainRemover(cloudflare, removal, zone.id()).settle();
        }
        boolean fresh = decision instanceof ZoneDecision.Create create && create.isNew(zone);
        Observer observer = new Observer(cloudflare, services.publicDns());
        ObservedState observed = observer.observe(zone, asked, ownership.noted(), fresh);
        doubts.looked(live);
        DesiredState desired = asked.among(new RuleMakerLookup(services.resources()).of(live, observed));
        report.routing(observed.routing());
        Ownership noted = OwnershipChanges.settled(ownership.noted(), observed, desired);
        Plan plan = Planner.plan(desired, observed, noted);
        if (watching || (settled && live.getSpec().drift() == DriftPolicy.Report)) {
            log.drifted(live, Convergence.newDrift(live, plan.changes()), 0);
            return watched(report, plan, observed, watching ? Reason.Observing : Reason.DriftReported);
        }
        ownership.note(noted);
        ConfirmedRemoval.Hold hold = confirmedRemoval.hold(live, plan, observed, desired.mark(), cloudflare);
        List<Change> changes = hold.allowed(plan.changes());
        BooleanSupplier stillGranted = () -> services.credentials().stillGrants(live, with);
        ApplyResult applied = new Applier(cloudflare, ownership, zone.id(), removal, stillGranted).apply(changes);
        applied.tell(live, plan, log);
        rememberDrift(live, report, plan, applied);
        hold.tell(report);
        Aftermath aftermath = new Observer(cloudflare, services.publicDns()).after(observed, desired, applied, now());
        report.routing(aftermath.settings());
        ownership.note(OwnershipChanges.after(ownership.noted(), noted, observed, aftermath));
        ReconcileResult<MailDomainStatus> result =
                results(live, report, plan, applied, aftermath, new Failures(desired.domain(), with));
        return hold.unlessInProgress(live, applied, result);
    }

    /** What time heals says nothing of a claim; nor does what a token may not do in a zone that it sees. */
    private void rememberRefusal(MailDomain live, Usable with, CloudflareException failure, Blocked blocked) {
        boolean ofZone = failure.call() == CloudflareCall.LIST_ZONES
                || failure.call() == CloudflareCall.GET_ZONE
                || failure.call() == CloudflareCall.CREATE_ZONE;
        if (blocked.isAboutToken() || ofZone && blocked.requeue() == Requeue.STALLED) {
            claims.seesNothing(live, with);
        }
    }

    private ReconcileResult<MailDomainStatus> results(
            MailDomain live,
            DomainReport report,
            Plan plan,
            ApplyResult applied,
            Aftermath aftermath,
            Failures failures) {
        report.results(
                RoutingCheck.after(plan, applied, aftermath, failures),
                Outcomes.hosts(plan, applied, aftermath, failures::of),
                Outcomes.rules(plan, applied, aftermath.at(), failures::of));
        Stream.concat(plan.withheld().stream(), applied.notTaken().stream())
                .filter(change -> change instanceof Change.SetSubaddressing)
                .forEach(report::subaddressingNotTaken);
        applied.failed().forEach(failed -> report.failed(failed.change(), failures.of(failed)));
        if (!applied.complete()) {
            report.requeueAtLeast(failures.requeueOf(applied));
        }
        ReconcileResult<MailDomainStatus> result = report.finished();
        if (!applied.outdated().isEmpty()) {
            return ReconcileResult.conflict();
        }
        boolean refused = !applied.failed().isEmpty();
        if (!refused) {
            doubts.changed(live);
        }
        if (doubts.isFirstEnabling(live, applied, aftermath)
                || refused && failures.onlyPerhapsStray(applied) && doubts.isFirstChange(live)) {
            return ReconcileResult.silent(Requeue.BACKOFF, result.cause(), Duration.ZERO);
        }
        return failures.onlyPostponed(applied)
                ? ReconcileResult.silent(result.requeue(), result.cause(), failures.waitOf(applied))
                : result;
    }

    private ReconcileResult<MailDomainStatus> watched(
            DomainReport report, Plan plan, ObservedState observed, Reason reason) {
        report.pendingChanges(plan.describe());
        Check routing = observed.routing().enabled()
                ? Check.yes(ConditionType.ROUTING_ENABLED, Reason.RoutingEnabled, "Email Routing is on")
                : Check.no(ConditionType.ROUTING_ENABLED, Reason.RoutingDisabled, "Email Routing is off");
        ApplyResult nothing = ApplyResult.nothing();
        Aftermath asBefore = Aftermath.none(observed, now());
        report.results(
                routing,
                Outcomes.hosts(plan, nothing, asBefore, Failures::impossible),
                Outcomes.rules(plan, nothing, asBefore.at(), Failures::impossible));
        return report.watched(reason);
    }

    private void rememberDrift(MailDomain live, DomainReport report, Plan plan, ApplyResult applied) {
        List<Change> done = applied.effective();
        driftHistory.applied(live, done);
        log.drifted(live, Convergence.drift(live, plan.changes()), Convergence.drift(live, done));
        if (Convergence.hasConverged(live) && !done.isEmpty()) {
            report.driftCorrected(done.stream().map(Change::describe).collect(Collectors.joining("; ")));
        }
    }

    private ReconcileResult<MailDomainStatus> blocked(MailDomain live, DomainReport report, Blocked blocked) {
        // A 429 never changes a Ready condition (docs/architecture.md#when-it-looks-again); nor does a hiccup change
        // that of a domain that works.
        boolean hiccup = blocked.isHiccup() && Convergence.hasConverged(live);
        return blocked.quiet() || hiccup || Convergence.isTold(live, blocked)
                ? ReconcileResult.silent(blocked)
                : report.blocked(blocked);
    }

    private DesiredState desired(MailDomain live, Usable with) {
        // A spec that was not looked at yet deserves a try, quarrel or not.
        Set<String> contested = Convergence.isSeen(live)
                ? driftHistory.contested(live.getMetadata().getUid())
                : Set.of();
        return DesiredState.of(live, with.grants(), services.mark())
                .knowing(contested, NotTaken.in(live, now()), RoutedBefore.in(live));
    }

    private Instant now() {
        return services.clock().instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private static String accountOf(ZoneDecision decision) {
        return decision instanceof ZoneDecision.Use use
                ? use.zone().accountId()
                : ((ZoneDecision.Create) decision).entry().accountId();
    }
}
