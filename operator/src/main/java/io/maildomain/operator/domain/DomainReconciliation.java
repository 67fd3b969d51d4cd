package io.maildomain.operator.domain;

import io.maildomain.api.v1alpha1.DriftPolicy;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.Mode;
import io.maildomain.api.v1alpha1.Ownership;
import io.maildomain.api.v1alpha1.RuleState;
import io.maildomain.api.v1alpha1.RuleStatus;
import io.maildomain.api.v1alpha1.ZoneOrigin;
import io.maildomain.operator.account.LastGood;
import io.maildomain.operator.account.RuntimeCredentials;
import io.maildomain.operator.account.RuntimeCredentials.Unusable;
import io.maildomain.operator.account.RuntimeCredentials.Usable;
import io.maildomain.operator.claims.ClaimCheck;
import io.maildomain.operator.cloudflare.Cloudflare;
import io.maildomain.operator.cloudflare.CloudflareCall;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.Use;
import io.maildomain.operator.cloudflare.Zone;
import io.maildomain.operator.conditions.Check;
import io.maildomain.operator.conditions.ConditionType;
import io.maildomain.operator.outcome.Halt;
import io.maildomain.operator.outcome.Pace;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One reconcile of a MailDomain: credentials, zone, claim, snapshot, plan, apply, report. */
final class DomainReconciliation {

    private final Workshop workshop;
    private final ClaimCheck claims;
    private final ChangeLog log;
    private final DriftHistory driftHistory;
    private final SubdomainRemoval removal;
    private final LastGood lastGood;
    private final Doubts doubts = new Doubts();
    final ConfirmedRemoval confirmedRemoval;

    DomainReconciliation(Workshop workshop, ChangeLog log, SubdomainRemoval removal, LastGood lastGood) {
        this.workshop = workshop;
        this.lastGood = lastGood;
        this.removal = removal;
        this.claims = workshop.claims();
        this.log = log;
        this.confirmedRemoval = new ConfirmedRemoval(workshop.clock(), workshop.confirmPause());
        this.driftHistory = new DriftHistory(workshop.clock());
    }

    Doubts doubts() {
        return doubts;
    }

    DriftHistory driftHistory() {
        return driftHistory;
    }

    /** @param live the resource as the API server has it now */
    Turn run(MailDomain live, LedgerSession ledger) {
        DomainReport report = new DomainReport(live, workshop.clock().instant());
        if (live.getSpec().suspend()) {
            return report.suspended();
        }
        RuntimeCredentials credentials = workshop.credentials().of(live);
        if (credentials instanceof Unusable unusable) {
            return halted(live, report, unusable.halt());
        }
        Usable with = (Usable) credentials;
        report.credentials(with);
        try {
            return reconcile(live, ledger, with, report);
        } catch (CloudflareException e) {
            Halt halt = haltOf(e, live.getSpec().domain(), with);
            if (Halt.mayBeStray(e) && doubts.isFirstLook(live, halt.pace())) {
                return halted(live, report, halt.unconfirmed());
            }
            rememberRefusal(live, with, e, halt);
            return halted(live, report, halt);
        }
    }

    /** That a zone exists which was not seen before is told apart by a look: somebody may just have added it. */
    private Halt haltOf(CloudflareException failure, String domain, Usable with) {
        Failures failures = new Failures(domain, with);
        if (!Failures.saysZoneExists(failure)) {
            return failures.halt(failure);
        }
        Cloudflare cloudflare = workshop.cloudflare().apply(with.token());
        ZoneFinder finder = new ZoneFinder(cloudflare, workshop.callTimeout(), Use.CHANGE);
        return failures.halt(failure, finder.sighting(domain, with.accountId()));
    }

    private Turn reconcile(MailDomain live, LedgerSession ledger, Usable with, DomainReport report) {
        boolean watching = live.getSpec().mode() == Mode.Observe;
        boolean settled = Convergence.hasConverged(live);
        Use use = settled ? Use.CHECK : Use.CHANGE;
        Cloudflare cloudflare = workshop.cloudflare().apply(with.token());
        Wanted asked = wanted(live, with);

        Optional<Halt> lostAlready = watching ? Optional.empty() : claims.lostAlready(live, with);
        if (lostAlready.isPresent()) {
            return halted(live, report, lostAlready.get());
        }
        ledger.note(ZoneRebinding.forgotten(live, ledger.noted()));
        ZoneDecision decision = new ZoneFinder(cloudflare, workshop.callTimeout(), use)
                .find(live, asked, with.accountId(), ledger.noted().notedZone());
        if (decision instanceof ZoneDecision.Blocked blocked) {
            if (doubts.isFirstLook(live, blocked.halt().pace())) {
                return halted(live, report, blocked.halt().unconfirmed());
            }
            claims.seesNothing(live, with);
            lastGood.worked(live.getMetadata().getUid(), with);
            return report.halted(blocked.halt());
        }
        claims.sees(live, with, accountOf(decision));
        lastGood.worked(live.getMetadata().getUid(), with);
        String account = accountOf(decision);
        Optional<Halt> lost = watching ? claims.hidden(live, with, account) : claims.lost(live, with, account);
        if (lost.isPresent()) {
            return halted(live, report, lost.get());
        }
        if (watching && decision instanceof ZoneDecision.Create) {
            report.pendingChanges(List.of("create zone " + asked.domain()));
            return report.watched("Observing");
        }
        Zone zone = watching ? ((ZoneDecision.Use) decision).zone() : take(live, ledger, cloudflare, decision);
        report.zone(zone);
        Optional<Halt> unknown = ZoneState.unknown(zone);
        if (unknown.isPresent()) {
            return halted(live, report, unknown.get());
        }
        if (!watching) {
            new SubdomainRemover(cloudflare, removal, zone.id()).settle();
        }
        boolean fresh = decision instanceof ZoneDecision.Create;
        Observer observer = new Observer(cloudflare, workshop.publicDns(), use);
        Snapshot snapshot = observer.observe(zone, asked, ledger.noted(), fresh);
        doubts.looked(live);
        Wanted wanted = asked.among(new Makers(workshop.cluster()).of(live, snapshot));
        report.routing(snapshot.routing());
        Ownership noted = LedgerNotes.settled(ledger.noted(), snapshot, wanted);
        Plan plan = Planner.plan(wanted, snapshot, noted);
        if (watching || (settled && live.getSpec().drift() == DriftPolicy.Report)) {
            return watched(report, plan, snapshot, watching ? "Observing" : "DriftReported");
        }
        ledger.note(noted);
        ConfirmedRemoval.Hold hold = confirmedRemoval.hold(live, plan, snapshot, wanted.mark(), cloudflare);
        List<Change> changes = hold.allowed(plan.changes());
        BooleanSupplier stillGranted = () -> workshop.credentials().stillGrants(live, with);
        Applied applied = new Applier(cloudflare, ledger, zone.id(), removal, stillGranted).apply(changes);
        log.changed(live, applied);
        rememberDrift(live, report, applied);
        hold.tell(report);
        Aftermath aftermath =
                new Observer(cloudflare, workshop.publicDns(), Use.CHANGE).after(snapshot, wanted, applied, now());
        report.routing(aftermath.settings());
        ledger.note(LedgerNotes.after(ledger.noted(), noted, snapshot, aftermath));
        Turn turn = results(live, report, plan, applied, aftermath, new Failures(wanted.domain(), with));
        return hold.unlessInProgress(live, applied, turn);
    }

    /** What time heals says nothing of a claim; nor does what a token may not do in a zone that it sees. */
    private void rememberRefusal(MailDomain live, Usable with, CloudflareException failure, Halt halt) {
        boolean ofZone = failure.call() == CloudflareCall.LIST_ZONES
                || failure.call() == CloudflareCall.GET_ZONE
                || failure.call() == CloudflareCall.CREATE_ZONE;
        if (halt.isAboutToken() || ofZone && halt.pace() == Pace.FINAL) {
            claims.seesNothing(live, with);
        }
    }

    /** The zone, noted before it is touched; created where there was none. */
    private Zone take(MailDomain live, LedgerSession ledger, Cloudflare cloudflare, ZoneDecision decision) {
        if (decision instanceof ZoneDecision.Use use) {
            boolean inDoubt = use.entry().origin() == ZoneOrigin.Adopted
                    && ledger.noted()
                            .notedZone()
                            .filter(noted -> noted.origin() == ZoneOrigin.Creating)
                            .isPresent();
            ledger.note(LedgerNotes.ofZone(ledger.noted(), use.entry()));
            if (inDoubt) {
                log.warned(
                        live,
                        "ZoneAdopted",
                        ZoneSentences.adoptedInDoubt(use.zone().name()));
            }
            return use.zone();
        }
        return new ZoneCreation(cloudflare, ledger, log).create(live, (ZoneDecision.Create) decision);
    }

    private Turn results(
            MailDomain live, DomainReport report, Plan plan, Applied applied, Aftermath aftermath, Failures failures) {
        report.results(
                RoutingCheck.after(plan, applied, aftermath, failures),
                Verdicts.hosts(plan, applied, aftermath, failures::of),
                Verdicts.rules(plan, applied, aftermath.at(), failures::of));
        Stream.concat(plan.withheld().stream(), applied.notTaken().stream())
                .filter(change -> change instanceof Change.SetSubaddressing)
                .forEach(report::subaddressingNotTaken);
        applied.failed().forEach(failed -> report.failed(failed.change(), failures.of(failed)));
        if (!applied.complete()) {
            report.paceAtLeast(failures.paceOf(applied));
        }
        Turn turn = report.finished();
        if (!applied.outdated().isEmpty()) {
            return Turn.silent(Pace.BUSY, "", Duration.ZERO);
        }
        if (applied.failed().isEmpty()) {
            doubts.changed(live);
        } else if (failures.onlyPerhapsStray(applied) && doubts.isFirstChange(live)) {
            return Turn.silent(Pace.TRANSIENT, turn.cause(), Duration.ZERO);
        }
        return failures.onlyPostponed(applied)
                ? Turn.silent(turn.pace(), turn.cause(), failures.waitOf(applied))
                : turn;
    }

    private Turn watched(DomainReport report, Plan plan, Snapshot snapshot, String reason) {
        report.pendingChanges(plan.words());
        Check routing = snapshot.routing().enabled()
                ? Check.yes(ConditionType.ROUTING_ENABLED, "RoutingEnabled", "Email Routing is on")
                : Check.no(ConditionType.ROUTING_ENABLED, "RoutingDisabled", "Email Routing is off");
        Applied nothing = Applied.nothing();
        Aftermath asBefore = Aftermath.none(snapshot, now());
        report.results(
                routing,
                Verdicts.hosts(plan, nothing, asBefore, Failures::impossible),
                Verdicts.rules(plan, nothing, asBefore.at(), Failures::impossible));
        return report.watched(reason);
    }

    private void rememberDrift(MailDomain live, DomainReport report, Applied applied) {
        List<Change> done = applied.done().stream()
                .filter(change -> !applied.notTaken().contains(change))
                .toList();
        if (Convergence.isSeen(live)) {
            driftHistory.deleted(live.getMetadata().getUid(), done);
        }
        if (Convergence.hasConverged(live) && !done.isEmpty()) {
            report.driftCorrected(done.stream().map(Change::words).collect(Collectors.joining("; ")));
        }
        Set<String> stood = Convergence.isSeen(live) ? rulesThatStood(live) : Set.of();
        done.stream()
                .filter(Verdicts::isWrite)
                .map(Change::subject)
                .filter(stood::contains)
                .forEach(address -> driftHistory.corrected(live.getMetadata().getUid(), address));
    }

    /** Addresses whose rules were as this very spec says, however the rest of the domain stood. */
    private static Set<String> rulesThatStood(MailDomain live) {
        return live.getStatus().rules().stream()
                .filter(rule -> rule.state() == RuleState.Synced || rule.state() == RuleState.Contested)
                .map(RuleStatus::address)
                .collect(Collectors.toSet());
    }

    private Turn halted(MailDomain live, DomainReport report, Halt halt) {
        // DESIGN: a 429 never changes a Ready condition; nor does a hiccup change that of a domain that works.
        boolean hiccup = halt.pace() == Pace.TRANSIENT && Convergence.hasConverged(live);
        return halt.quiet() || hiccup || Convergence.isTold(live, halt)
                ? Turn.silent(halt.pace(), halt.reason(), halt.notBefore())
                : report.halted(halt);
    }

    private Wanted wanted(MailDomain live, Usable with) {
        String label =
                live.getMetadata().getNamespace() + "/" + live.getMetadata().getName();
        // A spec that nobody has looked at yet deserves a try, quarrel or not.
        Set<String> contested = Convergence.isSeen(live)
                ? driftHistory.contested(live.getMetadata().getUid())
                : Set.of();
        return new Wanted(
                live.getSpec(),
                with.grants(),
                workshop.mark(),
                label,
                contested,
                NotTaken.in(live, now()),
                RoutedBefore.in(live));
    }

    private Instant now() {
        return workshop.clock().instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private static String accountOf(ZoneDecision decision) {
        return decision instanceof ZoneDecision.Use use
                ? use.zone().accountId()
                : ((ZoneDecision.Create) decision).entry().accountId();
    }
}
