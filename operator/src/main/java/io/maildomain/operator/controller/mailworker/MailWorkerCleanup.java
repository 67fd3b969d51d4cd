package io.maildomain.operator.controller.mailworker;

import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.access.DeployCredentials.Usable;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.deploy.DeployApis;
import io.maildomain.operator.controller.ChangeLog;
import io.maildomain.operator.controller.CleanupResult;
import io.maildomain.operator.controller.CloudflareSession;
import io.maildomain.operator.controller.deploy.DeployCleanup;
import io.maildomain.operator.controller.deploy.LastDeployCredentials;
import io.maildomain.operator.controller.mailworker.WorkerExecution.Outcome;
import io.maildomain.operator.controller.mailworker.plan.DeployLedger;
import io.maildomain.operator.controller.mailworker.plan.DeployStep;
import io.maildomain.operator.controller.mailworker.plan.LedgerChanges;
import io.maildomain.operator.controller.mailworker.plan.WorkerCleanup;
import io.maildomain.operator.kubernetes.informers.DeployedResource;
import io.maildomain.operator.status.Blocked;
import io.maildomain.operator.status.ConditionType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Undoes what was done for a MailWorker: the Worker goes if the operator created it and nothing of ours leads to it. */
final class MailWorkerCleanup {

    /** What people read of. */
    static final String WHAT = "Worker";

    /** More than there can be custom domains and routes in a record. */
    private static final int MOST_STEPS = 100;

    private static final Map<WorkerCleanup.Kept, String> WHY_KEPT = Map.of(
            WorkerCleanup.Kept.NOT_CREATED,
            "others had deployed it before the operator did, or it is not known who created it",
            WorkerCleanup.Kept.OTHERS_DEPLOYED,
            "others have deployed versions of it since");

    private final MailWorkerServices services;
    private final ChangeLog log;
    private final LastDeployCredentials lastGood;
    private final ScriptClaims claims;

    MailWorkerCleanup(MailWorkerServices services, ChangeLog log, LastDeployCredentials lastGood) {
        this.services = services;
        this.log = log;
        this.lastGood = lastGood;
        this.claims = new ScriptClaims(services.cluster(), services.credentials());
    }

    CleanupResult run(MailWorker live, WorkerOwnershipSession ownership, CloudflareSession session) {
        return new DeployCleanup(services.credentials(), lastGood)
                .run(DeployedResource.of(live).orElseThrow(), new Going(live, ownership, session));
    }

    private final class Going implements DeployCleanup.Undoing {
        private final MailWorker live;
        private final WorkerOwnershipSession ownership;
        private final CloudflareSession session;

        Going(MailWorker live, WorkerOwnershipSession ownership, CloudflareSession session) {
            this.live = live;
            this.ownership = ownership;
            this.session = session;
        }

        @Override
        public String what() {
            return WHAT;
        }

        @Override
        public boolean isNothing() {
            return ownership.ledger().equals(DeployLedger.NOTHING);
        }

        @Override
        public Optional<String> accountId() {
            return ownership.accountId();
        }

        @Override
        public Optional<Blocked> lost(Usable with) {
            return claims.lost(live, with);
        }

        @Override
        public CleanupResult kept(String why) {
            log.warned(live, Reason.WorkerKept, live.getSpec().script() + " goes on serving: " + why);
            return new CleanupResult.Done();
        }

        @Override
        public CleanupResult undo(Usable with) {
            String script = live.getSpec().script();
            DeployApis apis = session.deployWith(with.token()).of(with.accountId());
            WorkerObserver observer = new WorkerObserver(
                    apis, IntentMapper.nothing(live, services.mark()), new ZoneMemory.Zones(with.accountId()));
            List<String> users = services.users()
                    .named(script, with.accountId(), live.getMetadata().getNamespace());
            for (int steps = 0; steps < MOST_STEPS; steps++) {
                Observation seen = observer.look(ownership.ledger());
                WorkerCleanup next = WorkerCleanup.next(
                        live.getSpec().deletionPolicy(), script, seen.state(), ownership.ledger(), users);
                if (next instanceof WorkerCleanup.Wait wait) {
                    return new CleanupResult.Waiting(Blocked.waiting(
                            ConditionType.DEPLOYED,
                            wait.why().reason(),
                            wait.why().sentence()));
                }
                if (next instanceof WorkerCleanup.Done done) {
                    String why = WHY_KEPT.get(done.kept());
                    return why == null ? new CleanupResult.Done() : kept(why);
                }
                DeployStep step = ((WorkerCleanup.Do) next).step();
                if (!(carryOut(step, apis, script, seen) instanceof Outcome.Done did)) {
                    return CleanupResult.Waiting.CONFLICT;
                }
                ownership.note(LedgerChanges.done(ownership.ledger(), step, did.answer()), with.accountId());
                observer.changedBy(step);
                if (step instanceof DeployStep.DeleteWorker) {
                    log.said(live, Reason.Deleted, "deleted the Worker " + script);
                }
            }
            return CleanupResult.Waiting.CONFLICT;
        }

        @Override
        public Blocked blocked(CloudflareException e, Usable with) {
            return e.workerInUse()
                    ? inUse(live, e)
                    : WorkerReconciliation.blocked(e, with, live.getSpec().script());
        }
    }

    private static Outcome carryOut(DeployStep step, DeployApis apis, String script, Observation seen) {
        if (step instanceof DeployStep.Trigger trigger) {
            return new TriggerExecution(apis.triggers(), script).carryOut(trigger, seen);
        }
        apis.workers().deleteScript(script);
        return WorkerExecution.PLAIN;
    }

    private static Blocked inUse(MailWorker live, CloudflareException e) {
        return Blocked.waiting(
                ConditionType.DEPLOYED,
                Reason.WorkerInUse,
                "something at Cloudflare leads to " + live.getSpec().script()
                        + " that the operator does not know: take it away there, or set deletionPolicy: Retain. Cloudflare says: "
                        + e.describe());
    }
}
