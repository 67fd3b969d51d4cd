package io.maildomain.operator.controller.mailworker;

import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.api.v1alpha1.MailWorkerSpec;
import io.maildomain.api.v1alpha1.MailWorkerStatus;
import io.maildomain.api.v1alpha1.WorkerRoute;
import io.maildomain.operator.cloudflare.ratelimit.ServiceClass;
import io.maildomain.operator.controller.CleanupResult;
import io.maildomain.operator.controller.CloudflareSession;
import io.maildomain.operator.controller.ControllerParts;
import io.maildomain.operator.controller.ReconcileResult;
import io.maildomain.operator.controller.ResourceController;
import io.maildomain.operator.controller.Work;
import io.maildomain.operator.controller.deploy.LastDeployCredentials;
import io.maildomain.operator.ownership.StatusWriter;
import io.maildomain.operator.status.Blocked;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The MailWorker controller: how a Worker is deployed, how it is cleaned up, and what is remembered of it. */
public final class MailWorkerReconciler extends ResourceController<MailWorker, MailWorkerStatus>
        implements Cleaner<MailWorker> {

    /** The writes of a usual rollout, and a look after each. */
    private static final int CALLS_OF_A_ROLLOUT = 12;

    private final MailWorkerServices services;
    private final StatusWriter<MailWorker, MailWorkerStatus> writer;
    private final LastDeployCredentials lastGood;
    private final WorkerReconciliation reconciliation;
    private final MailWorkerCleanup cleanup;

    /** Builds; reads and writes nothing. */
    public MailWorkerReconciler(ControllerParts<MailWorker, MailWorkerStatus> parts, MailWorkerServices services) {
        super(parts);
        this.services = services;
        this.writer = parts.writer();
        this.lastGood = new LastDeployCredentials(services.credentials());
        this.reconciliation = new WorkerReconciliation(services, parts.log(), lastGood);
        this.cleanup = new MailWorkerCleanup(services, parts.log(), lastGood);
    }

    @Override
    protected MailWorkerStatus withConditions(MailWorker live, List<Condition> conditions) {
        MailWorkerStatus before = live.getStatus();
        return before == null
                ? MailWorkerStatus.ofOwnership(null).withConditions(NONE_YET, conditions)
                : before.withConditions(before.observedGeneration(), conditions).withOwnership(null);
    }

    @Override
    protected int calls(MailWorker live, ServiceClass service) {
        int look = callsOfACheck(live);
        return service == ServiceClass.CHECK ? look : look + CALLS_OF_A_ROLLOUT;
    }

    /** About how many calls it takes to see that all of a MailWorker is as it should be. */
    public static int callsOfACheck(MailWorker worker) {
        MailWorkerSpec spec = worker.getSpec();
        Stream<String> hosts = Stream.concat(
                spec.customDomains().stream(), spec.routes().stream().map(WorkerRoute::host));
        return WorkerObserver.calls(spec.databases().size(), spec.buckets().size(), hosts);
    }

    @Override
    protected Work<ReconcileResult<MailWorkerStatus>> reconciliationOf(MailWorker live, CloudflareSession session) {
        return Work.on(
                lockOf(live),
                () -> reconciliation.run(
                        live,
                        new WorkerOwnershipSession(session.writingWith(writer), live, services.clock()),
                        session));
    }

    @Override
    protected Work<CleanupResult> cleanupOf(MailWorker live, CloudflareSession session) {
        return Work.on(
                lockOf(live),
                () -> cleanup.run(live, new WorkerOwnershipSession(writer, live, services.clock()), session));
    }

    /** No domain has a space in its name. */
    private static String lockOf(MailWorker live) {
        return "worker " + live.getSpec().script();
    }

    @Override
    protected Optional<MailWorkerStatus> waiting(MailWorker live, Blocked why, CloudflareSession session) {
        return new WorkerReport(live, services.clock().instant()).blocked(why).said();
    }

    @Override
    protected MailWorkerStatus withoutOwnership(MailWorkerStatus status) {
        return status.withOwnership(null);
    }

    @Override
    protected MailWorkerStatus acknowledging(MailWorkerStatus status, @Nullable String request) {
        return status.withLastHandledReconcileAt(request);
    }

    @Override
    public void forget(String uid) {
        lastGood.forget(uid);
        reconciliation.forget(uid);
    }

    /** Of a Secret's followers {@code SecretWatches} knows itself. */
    @Override
    public Set<String> uids() {
        Set<String> all = new HashSet<>(lastGood.uids());
        all.addAll(reconciliation.uids());
        return all;
    }
}
