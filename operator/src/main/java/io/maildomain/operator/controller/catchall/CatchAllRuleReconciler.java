package io.maildomain.operator.controller.catchall;

import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CatchAllRuleStatus;
import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.access.LastKnownGoodCredentials;
import io.maildomain.operator.cloudflare.ratelimit.ServiceClass;
import io.maildomain.operator.controller.Annotations;
import io.maildomain.operator.controller.CleanupResult;
import io.maildomain.operator.controller.CloudflareSession;
import io.maildomain.operator.controller.ControllerParts;
import io.maildomain.operator.controller.FirstRefusals;
import io.maildomain.operator.controller.ReconcileResult;
import io.maildomain.operator.controller.ResourceController;
import io.maildomain.operator.controller.Work;
import io.maildomain.operator.controller.catchall.plan.CatchAllPrecedence;
import io.maildomain.operator.controller.catchall.plan.Obstacles;
import io.maildomain.operator.controller.sweep.Subject.Place;
import io.maildomain.operator.ownership.StatusWriter;
import io.maildomain.operator.status.Blocked;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The CatchAllRule controller: how a catch-all is reconciled, how it is given back, and what is remembered of it. */
public final class CatchAllRuleReconciler extends ResourceController<CatchAllRule, CatchAllRuleStatus>
        implements Cleaner<CatchAllRule> {

    /** The catch-all, the zone, the catch-all once more, and the write. */
    private static final int CALLS = 4;

    private final CatchAllServices services;
    private final StatusWriter<CatchAllRule, CatchAllRuleStatus> writer;
    private final RelatedResources related;
    private final LastKnownGoodCredentials lastGood;
    private final FirstRefusals refusals = new FirstRefusals();
    private final CatchAllCleanup cleanup;
    private final CatchAllReconciliation reconciliation;

    /** Builds; reads and writes nothing. */
    public CatchAllRuleReconciler(ControllerParts<CatchAllRule, CatchAllRuleStatus> parts, CatchAllServices services) {
        super(parts);
        this.services = services;
        this.writer = parts.writer();
        this.related = new RelatedResources(services, writer);
        this.lastGood = new LastKnownGoodCredentials(services.credentials());
        this.cleanup = new CatchAllCleanup(services, writer, parts.log(), lastGood);
        this.reconciliation = new CatchAllReconciliation(services, parts.log(), cleanup, lastGood, refusals);
    }

    @Override
    public UpdateControl<CatchAllRule> reconcile(CatchAllRule resource, Context<CatchAllRule> context) {
        Optional<CatchAllRule> known = related.known(resource);
        Optional<CatchAllRule> winner = known.flatMap(this::lostAlready);
        return winner.isPresent()
                ? concluded(known.get(), report(known.get()).blocked(Obstacles.conflict(winner.get())))
                : super.reconcile(resource, context);
    }

    /**
     * The rule that comes before one that holds nothing: from what the watch shows, without the lock and without a call.
     * Hundreds may name one MailDomain, and they look again when that changes.
     */
    private Optional<CatchAllRule> lostAlready(CatchAllRule known) {
        if (known.isMarkedForDeletion() || CatchAllPrecedence.ownershipOf(known).isPresent()) {
            return Optional.empty();
        }
        boolean goes = related.knownDomainOf(known)
                .map(MailDomain::isMarkedForDeletion)
                .orElse(true);
        return goes
                ? Optional.empty()
                : CatchAllPrecedence.winner(related.knownSiblingsOf(known))
                        .filter(winner -> !uid(winner).equals(uid(known)));
    }

    @Override
    protected CatchAllRuleStatus withConditions(CatchAllRule live, List<Condition> conditions) {
        CatchAllRuleStatus before = live.getStatus();
        return before == null
                ? new CatchAllRuleStatus(NONE_YET, conditions, null)
                : new CatchAllRuleStatus(
                        before.observedGeneration(),
                        conditions,
                        null,
                        before.observedUid(),
                        before.lastHandledReconcileAt());
    }

    @Override
    protected int calls(CatchAllRule live, ServiceClass service) {
        return CALLS;
    }

    @Override
    protected Work<ReconcileResult<CatchAllRuleStatus>> reconciliationOf(CatchAllRule live, CloudflareSession session) {
        return related.domainOf(live)
                .map(domain -> Work.on(domain.getSpec().domain(), () -> {
                    Place.of(services.credentials(), domain).ifPresent(session::livesAt);
                    return reconciliation.run(
                            live,
                            domain,
                            related.siblingsOf(live),
                            () -> related.allSiblingsOf(live),
                            new CatchAllOwnershipSession(session.writingWith(writer), live),
                            session);
                }))
                .orElseGet(() -> Work.unlocked(() -> report(live).blocked(Obstacles.domainNotFound(live))));
    }

    @Override
    protected Optional<Place> sweptAt(CatchAllRule live) {
        return related.knownDomainOf(live).flatMap(domain -> Place.of(services.credentials(), domain));
    }

    @Override
    protected Work<CleanupResult> cleanupOf(CatchAllRule live, CloudflareSession session) {
        Optional<MailDomain> domain = related.domainOf(live);
        boolean holdsNothing = CatchAllPrecedence.ownershipOf(live).isEmpty();
        if (holdsNothing && (CatchAllPrecedence.hasHadItsTurn(live) || domain.isEmpty())) {
            return Work.unlocked(CleanupResult.Done::new);
        }
        // The watch that shows the others may be behind the one that called us: a successor may be there that it does
        // not show.
        if (related.known(live).filter(CatchAllRule::isMarkedForDeletion).isEmpty()) {
            return Work.unlocked(
                    () -> CleanupResult.Expecting.unseen(live, services.clock().instant()));
        }
        if (domain.isEmpty()) {
            return Work.unlocked(() -> cleanup.leave(live, "its MailDomain is gone"));
        }
        if (Annotations.abandons(live)) {
            return Work.unlocked(() -> cleanup.leave(live, "given up by annotation"));
        }
        return Work.on(
                domain.get().getSpec().domain(),
                () -> cleanup.run(
                        live,
                        domain.get(),
                        () -> related.siblingsOf(live),
                        new CatchAllOwnershipSession(writer, live),
                        session));
    }

    @Override
    protected Optional<CatchAllRuleStatus> waiting(CatchAllRule live, Blocked why, CloudflareSession session) {
        return report(live).blocked(why).said();
    }

    @Override
    protected CatchAllRuleStatus withoutOwnership(CatchAllRuleStatus status) {
        return status.withOwnership(null);
    }

    @Override
    protected CatchAllRuleStatus acknowledging(CatchAllRuleStatus status, @Nullable String request) {
        return status.withLastHandledReconcileAt(request);
    }

    @Override
    public void forget(String uid) {
        lastGood.forget(uid);
        refusals.forget(uid);
    }

    @Override
    public Set<String> uids() {
        Set<String> all = new HashSet<>(lastGood.uids());
        all.addAll(refusals.uids());
        return all;
    }

    private CatchAllReport report(CatchAllRule rule) {
        return new CatchAllReport(rule, services.clock().instant());
    }

    private static String uid(CatchAllRule rule) {
        return rule.getMetadata().getUid();
    }
}
