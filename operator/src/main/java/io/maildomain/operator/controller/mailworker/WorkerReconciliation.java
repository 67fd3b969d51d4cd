package io.maildomain.operator.controller.mailworker;

import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.api.v1alpha1.MailWorkerStatus;
import io.maildomain.api.v1alpha1.Mode;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.access.DeployCredentials;
import io.maildomain.operator.access.DeployCredentials.Unusable;
import io.maildomain.operator.access.DeployCredentials.Usable;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.deploy.DeployApis;
import io.maildomain.operator.cloudflare.errors.Catalogue;
import io.maildomain.operator.cloudflare.errors.Diagnosis;
import io.maildomain.operator.controller.ChangeLog;
import io.maildomain.operator.controller.CloudflareSession;
import io.maildomain.operator.controller.FirstRefusals;
import io.maildomain.operator.controller.ReconcileResult;
import io.maildomain.operator.controller.deploy.DeployObstacles;
import io.maildomain.operator.controller.deploy.DeployTurns;
import io.maildomain.operator.controller.deploy.LastDeployCredentials;
import io.maildomain.operator.controller.deploy.LocalSecrets.Unreadable;
import io.maildomain.operator.controller.mailworker.plan.Obstacle;
import io.maildomain.operator.controller.mailworker.plan.TargetObstacle;
import io.maildomain.operator.controller.mailworker.plan.WorkerPlanner;
import io.maildomain.operator.controller.source.SourceFinding;
import io.maildomain.operator.sources.SourceException;
import io.maildomain.operator.status.Blocked;
import io.maildomain.operator.status.Conditions;
import io.maildomain.operator.status.Requeue;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** One reconcile of a MailWorker: account, claim, source and secrets; then what Cloudflare has, and what comes next. */
final class WorkerReconciliation {

    /** The end of a fetch wakes the resource; this is for one that was lost. */
    private static final Duration UNTIL_FETCHED = Duration.ofSeconds(30);

    private final MailWorkerServices services;
    private final WorkerEvents events;
    private final ScriptClaims claims;
    private final WorkerSecrets secrets;
    private final WorkerProbing probing;
    private final MissingVersions missing;
    private final ZoneMemory zones = new ZoneMemory();
    private final FirstRefusals refusals = new FirstRefusals();
    private final LastDeployCredentials lastGood;

    WorkerReconciliation(MailWorkerServices services, ChangeLog log, LastDeployCredentials lastGood) {
        this.services = services;
        this.lastGood = lastGood;
        this.events = new WorkerEvents(log, services.users());
        this.claims = new ScriptClaims(services.cluster(), services.credentials());
        this.secrets = new WorkerSecrets(services.credentials(), services.secretRead());
        this.probing = new WorkerProbing(services.probes(), services.clock());
        this.missing = new MissingVersions(services.clock());
    }

    ReconcileResult<MailWorkerStatus> run(
            MailWorker live, WorkerOwnershipSession ownership, CloudflareSession session) {
        WorkerReport report = new WorkerReport(live, services.clock().instant());
        secrets.follow(live);
        DeployCredentials credentials = services.credentials()
                .resolve(
                        live.getMetadata().getNamespace(),
                        live.getSpec().accountRef().name());
        if (credentials instanceof Unusable unusable) {
            return report.blocked(unusable.blocked());
        }
        Usable with = (Usable) credentials;
        Optional<Blocked> moved =
                DeployObstacles.otherAccount(ownership.accountId().orElse(null), with, MailWorkerCleanup.WHAT);
        if (moved.isPresent()) {
            return report.blocked(moved.get());
        }
        report.credentials(with);
        String script = live.getSpec().script();
        if (!with.grants().worker(script)) {
            return report.refused(List.of(new TargetObstacle.NotGranted("workers", script)));
        }
        Optional<Blocked> lost = claims.lost(live, with);
        if (lost.isPresent()) {
            return report.blocked(lost.get());
        }
        Turn turn = new Turn(live, ownership, session, with, report);
        try {
            return withSource(turn);
        } catch (Unreadable e) {
            return held(turn, () -> report.blocked(e.why()));
        } catch (SourceException e) {
            return held(
                    turn, () -> report.blocked(DeployObstacles.ofSource(e.problem(), String.valueOf(e.getMessage()))));
        }
    }

    /** What one reconcile works with. */
    private record Turn(
            MailWorker live,
            WorkerOwnershipSession ownership,
            CloudflareSession session,
            Usable with,
            WorkerReport report) {}

    private ReconcileResult<MailWorkerStatus> withSource(Turn turn) throws Unreadable {
        MailWorker live = turn.live();
        WorkerReport report = turn.report();
        SourceFinding source = services.sources()
                .read(live, live.getSpec().source(), secrets.toPull(live).orElse(null));
        if (source instanceof SourceFinding.Pending) {
            return held(turn, () -> ReconcileResult.silent(Requeue.ONGOING, Reason.RollingOut, UNTIL_FETCHED));
        }
        if (source instanceof SourceFinding.Failed failed) {
            return held(turn, () -> report.blocked(DeployObstacles.ofSource(failed.problem(), failed.message())));
        }
        SourceFinding.Ready ready = (SourceFinding.Ready) source;
        return services.turns()
                .inTurn(live, IntentMapper.memory(ready.bundle()), () -> withFiles(turn, ready))
                .orElseGet(
                        () -> held(turn, () -> ReconcileResult.silent(Requeue.QUEUED, Reason.Busy, DeployTurns.PAUSE)));
    }

    private ReconcileResult<MailWorkerStatus> withFiles(Turn turn, SourceFinding.Ready ready) throws Unreadable {
        MailWorker live = turn.live();
        WorkerReport report = turn.report();
        SecretValues values = secrets.values(live);
        IntentMapper.Mapped mapped = IntentMapper.map(live, ready.bundle(), values, services.mark());
        report.source(ready.bundle().digest(), ready.revision());
        WorkerUploads uploads = new WorkerUploads(live.getSpec(), mapped, values);
        Optional<Blocked> unusable = uploads.unusable();
        if (unusable.isPresent()) {
            return held(turn, () -> report.blocked(unusable.get()));
        }
        List<Obstacle> denied =
                WorkerPlanner.denied(mapped.intent(), turn.with().grants());
        if (!denied.isEmpty()) {
            return held(turn, () -> report.refused(denied));
        }
        Optional<Blocked> lost = claims.lostDatabase(live, turn.with());
        return lost.isPresent()
                ? held(turn, () -> report.blocked(lost.get()))
                : deploy(
                        turn,
                        mapped,
                        uploads,
                        rollout -> isWatched(live) ? rollout.watch(report) : rollout.run(report));
    }

    /**
     * Nothing new is deployed for that reason. A version that is known to be bad, or was not judged yet, does not serve on for it: what
     * an earlier rollout has begun is ended first.
     */
    private ReconcileResult<MailWorkerStatus> held(Turn turn, Supplier<ReconcileResult<MailWorkerStatus>> why) {
        if (isWatched(turn.live()) || !turn.ownership().ledger().isUnfinished()) {
            return why.get();
        }
        IntentMapper.Mapped nothing =
                new IntentMapper.Mapped(IntentMapper.unfinished(turn.live(), services.mark()), Map.of());
        return deploy(
                turn,
                nothing,
                new WorkerUploads(turn.live().getSpec(), nothing, SecretValues.NONE),
                rollout -> rollout.finish(turn.report()).orElseGet(why));
    }

    private static boolean isWatched(MailWorker live) {
        return live.getSpec().mode() == Mode.Observe;
    }

    private ReconcileResult<MailWorkerStatus> deploy(
            Turn turn,
            IntentMapper.Mapped mapped,
            WorkerUploads uploads,
            Function<WorkerRollout, ReconcileResult<MailWorkerStatus>> what) {
        MailWorker live = turn.live();
        Usable with = turn.with();
        WorkerReport report = turn.report();
        String uid = live.getMetadata().getUid();
        DeployApis apis = turn.session().deployWith(with.token()).of(with.accountId());
        WorkerObserver observer = new WorkerObserver(apis, mapped.intent(), zones.of(uid, with.accountId()));
        WorkerExecution execution = new WorkerExecution(
                live, apis, uploads, probing, with, mapped.intent().message());
        WorkerRollout rollout = new WorkerRollout(
                live,
                mapped.intent(),
                with,
                turn.ownership(),
                observer,
                execution,
                probing,
                missing,
                events,
                services.clock());
        try {
            ReconcileResult<MailWorkerStatus> result = what.apply(rollout);
            lastGood.worked(uid, with);
            refusals.forget(uid);
            return result;
        } catch (CloudflareException e) {
            zones.forget(uid);
            Blocked blocked = blocked(e, with, live.getSpec().script());
            boolean first = Blocked.mayBeStray(e) && Conditions.hasConverged(live) && refusals.isFirst(uid);
            return report.blocked(first ? blocked.unconfirmed() : blocked);
        }
    }

    static Blocked blocked(CloudflareException e, Usable with, String script) {
        Diagnosis why = Catalogue.diagnose(e, with.context(script));
        return Blocked.of(CallConditions.of(e.call(), why.reason()), e, why);
    }

    /** The resource is gone. */
    void forget(String uid) {
        secrets.forget(uid);
        probing.forget(uid);
        missing.forget(uid);
        zones.forget(uid);
        refusals.forget(uid);
        services.sources().forget(uid);
        services.turns().forget(uid);
    }

    /** Of which resources something is remembered. */
    Set<String> uids() {
        Set<String> all = new HashSet<>(secrets.uids());
        all.addAll(probing.uids());
        all.addAll(missing.uids());
        all.addAll(zones.uids());
        all.addAll(refusals.uids());
        all.addAll(services.sources().uids());
        all.addAll(services.turns().uids());
        return all;
    }
}
