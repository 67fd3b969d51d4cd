package io.maildomain.operator.controller.mailbox;

import io.maildomain.api.v1alpha1.AfterExpiry;
import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.api.v1alpha1.MailboxState;
import io.maildomain.api.v1alpha1.MailboxStatus;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.access.MailboxGrants;
import io.maildomain.operator.cloudflare.ratelimit.ServiceClass;
import io.maildomain.operator.controller.ChangeLog;
import io.maildomain.operator.controller.CleanupResult;
import io.maildomain.operator.controller.CloudflareSession;
import io.maildomain.operator.controller.ControllerParts;
import io.maildomain.operator.controller.ReconcileResult;
import io.maildomain.operator.controller.ResourceController;
import io.maildomain.operator.controller.Work;
import io.maildomain.operator.controller.mailbox.plan.MailboxAge;
import io.maildomain.operator.controller.mailbox.plan.MailboxMessages;
import io.maildomain.operator.controller.mailbox.plan.Standing;
import io.maildomain.operator.kubernetes.informers.MailDomainName;
import io.maildomain.operator.kubernetes.informers.ResourceCache;
import io.maildomain.operator.status.Blocked;
import io.maildomain.operator.status.Conditions;
import io.maildomain.operator.status.Requeue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The Mailbox controller: it says how a Mailbox stands, as the last plan of its MailDomain told, and asks Cloudflare nothing. It has
 * no finalizer, and so nothing to clean up.
 */
public final class MailboxReconciler extends ResourceController<Mailbox, MailboxStatus> {

    /** So long after its expiry it is deleted: a clock that is wrong by less deletes nothing that lives. */
    private static final Duration LATER = Duration.ofHours(1);

    /** First its status says that it has expired. */
    private static final Duration SOON = Duration.ofSeconds(1);

    private final ResourceCache cluster;
    private final Standings standings;
    private final MailboxDeletion deletion;
    private final ChangeLog log;
    private final Clock clock;

    MailboxReconciler(
            ControllerParts<Mailbox, MailboxStatus> parts,
            ResourceCache cluster,
            Standings standings,
            MailboxDeletion deletion) {
        super(parts);
        this.deletion = deletion;
        this.log = parts.log();
        this.cluster = cluster;
        this.standings = standings;
        this.clock = parts.clock();
    }

    @Override
    protected MailboxStatus withConditions(Mailbox live, List<Condition> conditions) {
        MailboxStatus before = live.getStatus();
        return before == null
                ? new MailboxStatus(NONE_YET, conditions, null, null, null, null, null)
                : before.withConditions(before.observedGeneration(), conditions);
    }

    @Override
    protected int calls(Mailbox live, ServiceClass service) {
        return 0;
    }

    @Override
    protected Work<ReconcileResult<MailboxStatus>> reconciliationOf(Mailbox live, CloudflareSession session) {
        return Work.unlocked(() -> {
            Instant now = clock.instant();
            MailboxReport report = new MailboxReport(live, now);
            return standing(live, now)
                    .map(standing ->
                            isOverForGood(live, standing) ? afterExpiry(live, report, now) : report.standing(standing))
                    .orElseGet(MailboxReconciler::nothingNew);
        });
    }

    private static ReconcileResult<MailboxStatus> nothingNew() {
        return ReconcileResult.silent(Requeue.ONGOING, Reason.Pending, MailboxReport.IDLE);
    }

    private static boolean isOverForGood(Mailbox live, Standing standing) {
        return standing.state() == MailboxState.Expired && live.getSpec().afterExpiry() == AfterExpiry.Delete;
    }

    /** First its status says so, for those who watch it. Then it is deleted, unless it was given more time meanwhile. */
    private ReconcileResult<MailboxStatus> afterExpiry(Mailbox live, MailboxReport report, Instant now) {
        Instant expiry = MailboxAge.expiry(live).orElseThrow();
        if (!deletion.isWanted()) {
            return report.standing(new Standing(MailboxState.Expired, MailboxMessages.expiredAndKept(expiry)));
        }
        Instant end = expiry.plus(LATER);
        boolean isEarly = now.isBefore(end);
        if (!isEarly && Conditions.isSeen(live) && live.getStatus().state() == MailboxState.Expired) {
            deletion.delete(live);
            log.said(live, Reason.Expired, "deleted, for it expired at " + MailboxMessages.time(expiry));
            return nothingNew();
        }
        ReconcileResult<MailboxStatus> said =
                report.standing(new Standing(MailboxState.Expired, MailboxMessages.expiredAndGoing(expiry)));
        Duration wait = isEarly ? Duration.between(now, end) : SOON;
        return new ReconcileResult<>(said.status(), Requeue.ONGOING, said.cause(), wait);
    }

    /** Empty where nothing is known that is newer than what its status says of this very spec. */
    private Optional<Standing> standing(Mailbox live, Instant now) {
        MailDomainName name = MailDomainName.of(live);
        String namespace = live.getMetadata().getNamespace();
        Optional<Standing> told = standings.of(live).map(DomainMailboxes.Outcome::standing);
        boolean wasTold = told.filter(standing -> standing.state() == MailboxState.NotAttached)
                .isPresent();
        Optional<MailDomain> domain =
                cluster.mailDomain(name.namespace(), name.name()).filter(found -> wasTold || isLetIn(found, namespace));
        if (domain.isEmpty()) {
            return Optional.of(
                    MailboxAge.isOver(live, now)
                            ? new Standing(
                                    MailboxState.Expired,
                                    MailboxMessages.over(MailboxAge.expiry(live).orElseThrow()))
                            : new Standing(
                                    MailboxState.NotAttached, MailboxMessages.notLetIn(name.toString(), namespace)));
        }
        Optional<Reason> obstacle = MailDomainObstacle.of(domain.get());
        if (obstacle.isPresent() && told.map(Standing::isUpToTheDomain).orElse(true)) {
            return Optional.of(new Standing(
                    MailboxState.Waiting,
                    MailboxMessages.domainNotReady(
                            name.toString(), obstacle.get().name())));
        }
        return told.isPresent() || Conditions.isSeen(live)
                ? told
                : Optional.of(new Standing(MailboxState.Pending, MailboxMessages.notPlannedYet(name.toString())));
    }

    private boolean isLetIn(MailDomain domain, String namespace) {
        return domain.getSpec() != null
                && !new MailboxGrants(domain.getSpec().mailboxes())
                        .selecting(cluster.labelsOf(namespace))
                        .isEmpty();
    }

    @Override
    protected Work<CleanupResult> cleanupOf(Mailbox live, CloudflareSession session) {
        return Work.unlocked(CleanupResult.Done::new);
    }

    @Override
    protected Optional<MailboxStatus> waiting(Mailbox live, Blocked why, CloudflareSession session) {
        return Optional.empty();
    }

    /** It has none: its rule is known by its mark. */
    @Override
    protected MailboxStatus withoutOwnership(MailboxStatus status) {
        return status;
    }

    @Override
    protected MailboxStatus acknowledging(MailboxStatus status, @Nullable String request) {
        return status.withLastHandledReconcileAt(request);
    }

    @Override
    public void forget(String uid) {
        standings.forget(uid);
    }

    @Override
    public Set<String> uids() {
        return standings.uids();
    }
}
