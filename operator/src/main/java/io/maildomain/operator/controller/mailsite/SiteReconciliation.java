package io.maildomain.operator.controller.mailsite;

import io.maildomain.api.v1alpha1.MailSite;
import io.maildomain.api.v1alpha1.MailSiteSpec;
import io.maildomain.api.v1alpha1.MailSiteStatus;
import io.maildomain.api.v1alpha1.Mode;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.access.DeployCredentials;
import io.maildomain.operator.access.DeployCredentials.Unusable;
import io.maildomain.operator.access.DeployCredentials.Usable;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.deploy.DeployApis;
import io.maildomain.operator.controller.ChangeLog;
import io.maildomain.operator.controller.CloudflareSession;
import io.maildomain.operator.controller.FirstRefusals;
import io.maildomain.operator.controller.ReconcileResult;
import io.maildomain.operator.controller.deploy.DeployObstacles;
import io.maildomain.operator.controller.deploy.DeployTurns;
import io.maildomain.operator.controller.deploy.LastDeployCredentials;
import io.maildomain.operator.controller.deploy.LocalSecrets;
import io.maildomain.operator.controller.deploy.LocalSecrets.Unreadable;
import io.maildomain.operator.controller.mailsite.plan.SiteObstacle;
import io.maildomain.operator.controller.mailsite.plan.SitePlan;
import io.maildomain.operator.controller.source.SourceFinding;
import io.maildomain.operator.sources.SourceException;
import io.maildomain.operator.status.Blocked;
import io.maildomain.operator.status.Conditions;
import io.maildomain.operator.status.Requeue;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** One reconcile of a MailSite: account, claim and source; then what Cloudflare has, and what comes next. */
final class SiteReconciliation {

    /** The end of a fetch wakes the resource; this is for one that was lost. */
    private static final Duration UNTIL_FETCHED = Duration.ofSeconds(30);

    private final MailSiteServices services;
    private final SiteEvents events;
    private final ProjectClaims claims;
    private final LocalSecrets secrets;
    private final FirstRefusals refusals = new FirstRefusals();
    private final LastDeployCredentials lastGood;

    SiteReconciliation(MailSiteServices services, ChangeLog log, LastDeployCredentials lastGood) {
        this.services = services;
        this.lastGood = lastGood;
        this.events = new SiteEvents(log);
        this.claims = new ProjectClaims(services.cluster(), services.credentials());
        this.secrets = new LocalSecrets(services.credentials(), services.secretRead());
    }

    ReconcileResult<MailSiteStatus> run(MailSite live, SiteOwnershipSession ownership, CloudflareSession session) {
        SiteReport report = new SiteReport(live, services.clock().instant());
        MailSiteSpec spec = live.getSpec();
        secrets.follow(live, spec.accountRef().name(), spec.source(), Stream.empty());
        DeployCredentials credentials = services.credentials()
                .resolve(live.getMetadata().getNamespace(), spec.accountRef().name());
        if (credentials instanceof Unusable unusable) {
            return report.blocked(unusable.blocked());
        }
        Usable with = (Usable) credentials;
        Optional<Blocked> moved =
                DeployObstacles.otherAccount(ownership.accountId().orElse(null), with, MailSiteCleanup.WHAT);
        if (moved.isPresent()) {
            return report.blocked(moved.get());
        }
        report.credentials(with);
        if (!with.grants().project(spec.project())) {
            return report.refused(List.of(new SiteObstacle.NotGranted("pages", spec.project())));
        }
        Optional<Blocked> lost = claims.lost(live, with);
        if (lost.isPresent()) {
            return report.blocked(lost.get());
        }
        try {
            return withSource(live, ownership, session, with, report);
        } catch (Unreadable e) {
            return report.blocked(e.why());
        } catch (SourceException e) {
            return report.blocked(DeployObstacles.ofSource(e.problem(), String.valueOf(e.getMessage())));
        }
    }

    private ReconcileResult<MailSiteStatus> withSource(
            MailSite live, SiteOwnershipSession ownership, CloudflareSession session, Usable with, SiteReport report)
            throws Unreadable {
        SourceFinding source = services.sources()
                .read(
                        live,
                        live.getSpec().source(),
                        secrets.toPull(live, live.getSpec().source()).orElse(null));
        if (source instanceof SourceFinding.Pending) {
            return ReconcileResult.silent(Requeue.ONGOING, Reason.RollingOut, UNTIL_FETCHED);
        }
        if (source instanceof SourceFinding.Failed failed) {
            return report.blocked(DeployObstacles.ofSource(failed.problem(), failed.message()));
        }
        SourceFinding.Ready ready = (SourceFinding.Ready) source;
        return services.turns()
                .inTurn(live, ready.bundle().size(), () -> withFiles(live, ready, ownership, session, with, report))
                .orElseGet(() -> ReconcileResult.silent(Requeue.QUEUED, Reason.Busy, DeployTurns.PAUSE));
    }

    private ReconcileResult<MailSiteStatus> withFiles(
            MailSite live,
            SourceFinding.Ready ready,
            SiteOwnershipSession ownership,
            CloudflareSession session,
            Usable with,
            SiteReport report) {
        SiteIntents.Mapped mapped = SiteIntents.map(live, ready.bundle(), services.mark());
        report.source(ready.bundle().digest(), ready.revision());
        Optional<Blocked> unusable = mapped.files().unusable();
        if (unusable.isPresent()) {
            return report.blocked(unusable.get());
        }
        List<SiteObstacle> denied = SitePlan.denied(mapped.intent(), with.grants());
        return denied.isEmpty() ? deploy(live, mapped, ownership, session, with, report) : report.refused(denied);
    }

    private ReconcileResult<MailSiteStatus> deploy(
            MailSite live,
            SiteIntents.Mapped mapped,
            SiteOwnershipSession ownership,
            CloudflareSession session,
            Usable with,
            SiteReport report) {
        String uid = live.getMetadata().getUid();
        DeployApis apis = session.deployWith(with.token()).of(with.accountId());
        SiteRollout rollout = new SiteRollout(
                live,
                mapped.intent(),
                with,
                ownership,
                new SiteObserver(apis, mapped.intent()),
                new SiteExecution(apis.sites(), mapped.intent(), mapped.files(), with),
                events);
        try {
            ReconcileResult<MailSiteStatus> result =
                    live.getSpec().mode() == Mode.Observe ? rollout.watch(report) : rollout.run(report);
            lastGood.worked(uid, with);
            refusals.forget(uid);
            return result;
        } catch (CloudflareException e) {
            Blocked blocked = SiteCallConditions.blocked(e, with, live.getSpec().project());
            boolean first = Blocked.mayBeStray(e) && Conditions.hasConverged(live) && refusals.isFirst(uid);
            return report.blocked(first ? blocked.unconfirmed() : blocked);
        }
    }

    /** The resource is gone. */
    void forget(String uid) {
        secrets.forget(uid);
        refusals.forget(uid);
        services.sources().forget(uid);
        services.turns().forget(uid);
    }

    /** Of which resources something is remembered. */
    Set<String> uids() {
        Set<String> all = new HashSet<>(refusals.uids());
        all.addAll(services.sources().uids());
        all.addAll(services.turns().uids());
        return all;
    }
}
