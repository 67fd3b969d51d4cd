package io.maildomain.operator.controller.maildomain;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.api.v1alpha1.Mode;
import io.maildomain.api.v1alpha1.ZoneOwnership;
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
import io.maildomain.operator.controller.maildomain.RecentLooks.Look;
import io.maildomain.operator.controller.maildomain.plan.Convergence;
import io.maildomain.operator.controller.maildomain.plan.DesiredState;
import io.maildomain.operator.controller.maildomain.plan.NotTaken;
import io.maildomain.operator.controller.maildomain.plan.ObservedState;
import io.maildomain.operator.controller.maildomain.plan.RoutedBefore;
import io.maildomain.operator.controller.maildomain.plan.ZoneDecision;
import io.maildomain.operator.controller.maildomain.plan.ZoneState;
import io.maildomain.operator.controller.sweep.Subject.Place;
import io.maildomain.operator.status.Blocked;
import io.maildomain.operator.status.Conditions;
import io.maildomain.operator.status.Requeue;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;

/** One reconcile of a MailDomain: credentials, zone, claim, observed state, plan, apply, report. */
final class DomainReconciliation {

    private final MailDomainServices services;
    private final ClaimCheck claims;
    private final ChangeLog log;
    private final LastKnownGoodCredentials lastGood;
    private final DomainMemory memory;

    DomainReconciliation(
            MailDomainServices services, ChangeLog log, SubdomainRemoval removal, LastKnownGoodCredentials lastGood) {
        this.services = services;
        this.lastGood = lastGood;
        this.claims = services.claims();
        this.log = log;
        this.memory = DomainMemory.of(services, removal);
    }

    /** The resource is gone. */
    void forget(String uid) {
        memory.forget(uid);
    }

    Set<String> uids() {
        return memory.uids();
    }

    /** @param live the resource as the API server has it now */
    ReconcileResult<MailDomainStatus> run(MailDomain live, OwnershipSession ownership, CloudflareSession session) {
        DomainReport report = new DomainReport(live, services.clock().instant());
        // Of one that is suspended as well: whose account it names has a say in who holds the domain.
        services.credentials().follow(live);
        if (live.getSpec().suspend()) {
            // It is suspended for people to work on the zone: what was seen before says nothing of it afterwards.
            memory.looks().forget(live.getMetadata().getUid());
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
            if (Blocked.mayBeStray(e) && memory.doubts().isFirstLook(live, blocked.requeue())) {
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
        AttachedRules attached = new AttachedRules(services.mailboxes(), live, with.grants());
        DesiredState asked = desired(live, with, attached);

        Optional<Blocked> lostAlready = watching ? Optional.empty() : claims.lostAlready(live, with);
        if (lostAlready.isPresent()) {
            return blocked(live, report, lostAlready.get());
        }
        // From here on it calls; what was decided so far asks no call, and waits for no turn.
        Cloudflare cloudflare = session.with(with.token());
        ownership.note(ZoneRebinding.forgotten(live, ownership.noted()));
        PlanExecution execution =
                new PlanExecution(services, log, memory, live, ownership, with, report, session, attached);
        Instant begun = session.seenSince(services.clock().instant());
        Optional<Look> brief = session.isSwept()
                ? Optional.empty()
                : new BriefLook(services, memory.looks(), cloudflare)
                        .of(
                                live,
                                asked,
                                ownership.noted(),
                                with,
                                session.lastSweep().orElse(Instant.MIN),
                                attached.areNews())
                        .filter(look -> claims.lost(
                                        live, with, look.state().zone().accountId())
                                .isEmpty());
        if (brief.isPresent()) {
            Zone known = brief.get().state().zone();
            session.livesAt(Place.of(live, with, known.accountId(), known.id()));
            lastGood.worked(live.getMetadata().getUid(), with);
            report.zone(known);
            return execution.carryOut(asked, brief.get());
        }
        ZoneDecision decision = new ZoneFinder(cloudflare, services.callTimeout())
                .find(live, asked, with.accountId(), ownership.noted().notedZone());
        if (decision instanceof ZoneDecision.Unavailable unavailable) {
            session.changes();
            if (memory.doubts().isFirstLook(live, unavailable.blocked().requeue())) {
                return blocked(live, report, unavailable.blocked().unconfirmed());
            }
            claims.seesNothing(live, with);
            if (ownership.noted().notedZone().flatMap(ZoneOwnership::notedId).isEmpty()) {
                // A token that does not see the noted zone must not replace one that did: that is to undo it one day.
                lastGood.worked(live.getMetadata().getUid(), with);
            }
            return report.blocked(unavailable.blocked());
        }
        if (!session.isSwept()) {
            claims.sees(live, with, accountOf(decision));
        }
        lastGood.worked(live.getMetadata().getUid(), with);
        String account = accountOf(decision);
        Optional<Blocked> lost = watching ? claims.hidden(live, with, account) : claims.lost(live, with, account);
        if (lost.isPresent()) {
            return blocked(live, report, lost.get());
        }
        if (watching && decision instanceof ZoneDecision.Create) {
            return execution.foretold(asked);
        }
        Zone zone = watching
                ? ((ZoneDecision.Use) decision).zone()
                : new ZoneAcquisition(cloudflare, ownership, log).take(live, decision);
        report.zone(zone);
        Optional<Blocked> unknown = ZoneState.unknown(zone);
        if (unknown.isPresent()) {
            return blocked(live, report, unknown.get());
        }
        if (!watching && memory.removal().isOpen(zone.id())) {
            session.changes();
            new SubdomainRemover(cloudflare, memory.removal(), zone.id()).settle();
        }
        session.livesAt(Place.of(live, with, zone.accountId(), zone.id()));
        boolean fresh = decision instanceof ZoneDecision.Create create && create.isNew(zone);
        Observer observer = new Observer(cloudflare, services.publicDns());
        ObservedState observed = observer.observe(zone, asked, ownership.noted(), fresh);
        return execution.carryOut(asked, new Look(observed, begun, true));
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

    private ReconcileResult<MailDomainStatus> blocked(MailDomain live, DomainReport report, Blocked blocked) {
        // A 429 never changes a Ready condition (docs/architecture.md#when-it-looks-again); nor does a hiccup change
        // that of a domain that works.
        boolean hiccup = blocked.isHiccup() && Conditions.hasConverged(live);
        return blocked.quiet() || hiccup || Convergence.isTold(live, blocked)
                ? ReconcileResult.silent(blocked)
                : report.blocked(blocked);
    }

    private DesiredState desired(MailDomain live, Usable with, AttachedRules attached) {
        // A spec that was not looked at yet deserves a try, quarrel or not.
        Set<String> contested = Conditions.isSeen(live)
                ? memory.drift().contested(live.getMetadata().getUid())
                : Set.of();
        return DesiredState.of(live, with.grants(), services.mark())
                .knowing(contested, NotTaken.in(live, now()).and(attached.notTaken(), now()), RoutedBefore.in(live))
                .attaching(attached.known(memory.brake().room(live)));
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
