package io.maildomain.operator.controller.maildomain;

import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.api.v1alpha1.Ownership;
import io.maildomain.api.v1alpha1.ZoneOrigin;
import io.maildomain.api.v1alpha1.ZoneOwnership;
import io.maildomain.operator.access.LastKnownGoodCredentials;
import io.maildomain.operator.cloudflare.ratelimit.ServiceClass;
import io.maildomain.operator.controller.ChangeLog;
import io.maildomain.operator.controller.CleanupResult;
import io.maildomain.operator.controller.CloudflareSession;
import io.maildomain.operator.controller.ControllerParts;
import io.maildomain.operator.controller.ReconcileResult;
import io.maildomain.operator.controller.ResourceController;
import io.maildomain.operator.controller.Work;
import io.maildomain.operator.controller.maildomain.plan.CheckCost;
import io.maildomain.operator.controller.maildomain.plan.Convergence;
import io.maildomain.operator.controller.sweep.Subject.Place;
import io.maildomain.operator.dns.World;
import io.maildomain.operator.ownership.StatusWriter;
import io.maildomain.operator.status.Blocked;
import io.maildomain.operator.status.Requeue;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The MailDomain controller: how a domain is reconciled, how it is cleaned up, and what is remembered of it. */
public final class MailDomainReconciler extends ResourceController<MailDomain, MailDomainStatus>
        implements Cleaner<MailDomain> {

    private final MailDomainServices services;
    private final StatusWriter<MailDomain, MailDomainStatus> writer;
    private final ChangeLog log;
    private final LastKnownGoodCredentials lastGood;
    private final DomainReconciliation reconciliation;
    private final DomainCleanup cleanup;
    private final OutsideStatus outside;

    /** Builds; reads and writes nothing. */
    public MailDomainReconciler(ControllerParts<MailDomain, MailDomainStatus> parts, MailDomainServices services) {
        super(parts);
        this.services = services;
        this.writer = parts.writer();
        this.log = parts.log();
        this.lastGood = new LastKnownGoodCredentials(
                services.credentials(), services.clock(), services.drift().confirmPause());
        SubdomainRemoval removal = new SubdomainRemoval();
        this.reconciliation = new DomainReconciliation(services, log, removal, lastGood);
        this.outside = new OutsideStatus(services.world(), services.clock());
        this.cleanup = new DomainCleanup(services, writer, log, removal, lastGood);
    }

    @Override
    protected MailDomainStatus withConditions(MailDomain live, List<Condition> conditions) {
        MailDomainStatus before = live.getStatus();
        return before == null
                ? MailDomainStatus.ofOwnership(null).withConditions(NONE_YET, conditions)
                : before.withConditions(before.observedGeneration(), conditions).withOwnership(null);
    }

    @Override
    protected int calls(MailDomain live, ServiceClass service) {
        return CheckCost.of(live, service)
                + CheckCost.pagesOf(services.mailboxes().rules(live));
    }

    /** What is new of its Mailboxes is a change by users, and nothing that a sweep could have seen. */
    @Override
    protected ServiceClass service(MailDomain live) {
        ServiceClass service = super.service(live);
        return service == ServiceClass.CHECK && services.mailboxes().haveNews(live) ? ServiceClass.CHANGE : service;
    }

    @Override
    protected Work<ReconcileResult<MailDomainStatus>> reconciliationOf(MailDomain live, CloudflareSession session) {
        return Work.on(
                live.getSpec().domain(),
                () -> outside.on(
                        live,
                        reconciliation.run(live, new OwnershipSession(session.writingWith(writer), live), session)));
    }

    @Override
    protected Optional<Place> sweptAt(MailDomain live) {
        Optional<ZoneOwnership> noted = MailDomainStatus.notedZone(live);
        // A user asks for another zone: that is not what a sweep looks for.
        return ZoneRebinding.of(live, noted).open() ? Optional.empty() : Place.of(services.credentials(), live);
    }

    /** The world sees something else of a domain: its status says so, without a call to Cloudflare. False: not now, it is worked on. */
    public boolean seenOutside(World.Subject subject) {
        return services.resources()
                .mailDomain(subject.namespace(), subject.name())
                .filter(known -> subject.uid().equals(known.getMetadata().getUid()))
                .map(known -> restate(known, subject.domain(), outside::anew))
                .orElse(true);
    }

    @Override
    protected Work<CleanupResult> cleanupOf(MailDomain live, CloudflareSession session) {
        if (!isSeenGoing(live)) {
            return Work.unlocked(
                    () -> CleanupResult.Expecting.unseen(live, services.clock().instant()));
        }
        return Work.on(live.getSpec().domain(), () -> {
            OwnershipSession ownership = new OwnershipSession(writer, live);
            CleanupResult result = cleanup.run(live, ownership, session);
            if (result instanceof CleanupResult.Done && !services.departures().isDeparted(live)) {
                // Another finalizer may keep it for a while: what it notes must not stand in its successor's way.
                ownership.note(Ownership.nothing());
            }
            return result;
        });
    }

    /** Whether the watch that shows the others shows this deletion, and so what came before it: that which called us may be ahead. */
    private boolean isSeenGoing(MailDomain live) {
        return services.departures().isDeparted(live)
                || services.resources()
                        .seen(live)
                        .filter(MailDomain::isMarkedForDeletion)
                        .isPresent();
    }

    /** What is undone of one that is gone already is the business of its record's controller. */
    @Override
    public DeleteControl cleanup(MailDomain resource, Context<MailDomain> context) {
        boolean isRecord =
                writer.live(resource).filter(services.departures()::isDeparted).isPresent();
        return isRecord ? DeleteControl.noFinalizerRemoval() : super.cleanup(resource, context);
    }

    @Override
    protected Optional<MailDomainStatus> waiting(MailDomain live, Blocked why, CloudflareSession session) {
        if (why.requeue() != Requeue.BACKOFF || why.isAboutToken()) {
            log.warned(live, why.reason(), "deletion waits: " + why.message());
        }
        return Convergence.isTold(live, why)
                ? Optional.empty()
                : new DomainReport(live, services.clock().instant())
                        .blocked(why)
                        .said();
    }

    @Override
    protected MailDomainStatus withoutOwnership(MailDomainStatus status) {
        return status.withOwnership(null);
    }

    @Override
    protected MailDomainStatus acknowledging(MailDomainStatus status, @Nullable String request) {
        return status.withLastHandledReconcileAt(request);
    }

    @Override
    protected void outrun(MailDomain live) {
        services.claims().couldNotWrite(live);
    }

    @Override
    protected void statusWritten(MailDomain live) {
        services.claims().wrote(live);
    }

    /** Its status would tell no other MailDomain that its claim is worth nothing: so it is worth nothing. */
    @Override
    protected void statusRefused(MailDomain live) {
        services.claims().cannotBeWritten(live);
    }

    @Override
    protected void cleanedUp(MailDomain live) {
        services.departures().forget(live);
        if (mayHaveOrigin(live)) {
            services.zoneOrigins().forget(live.getMetadata().getUid());
        }
    }

    /** One that notes nothing may have been handed over by an operator that ended before it took the finalizer off. */
    private static boolean mayHaveOrigin(MailDomain live) {
        return MailDomainStatus.notedZone(live)
                .filter(zone -> zone.origin() == ZoneOrigin.Adopted)
                .isEmpty();
    }

    @Override
    public void forget(String uid) {
        lastGood.forget(uid);
        reconciliation.forget(uid);
        cleanup.forget(uid);
        services.claims().forget(uid);
        services.credentials().forget(uid);
        services.world().forget(uid);
    }

    /** Of a Secret's followers {@code SecretWatches} knows itself. */
    @Override
    public Set<String> uids() {
        Set<String> all = new HashSet<>(lastGood.uids());
        all.addAll(reconciliation.uids());
        all.addAll(cleanup.uids());
        all.addAll(services.claims().uids());
        all.addAll(services.world().uids());
        return all;
    }
}
