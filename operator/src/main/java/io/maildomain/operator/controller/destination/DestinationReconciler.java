package io.maildomain.operator.controller.destination;

import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.DestinationAddress;
import io.maildomain.api.v1alpha1.DestinationAddressStatus;
import io.maildomain.operator.cloudflare.ratelimit.ServiceClass;
import io.maildomain.operator.controller.CleanupResult;
import io.maildomain.operator.controller.CloudflareSession;
import io.maildomain.operator.controller.ControllerParts;
import io.maildomain.operator.controller.ReconcileResult;
import io.maildomain.operator.controller.ResourceController;
import io.maildomain.operator.controller.Work;
import io.maildomain.operator.ownership.StatusWriter;
import io.maildomain.operator.status.Blocked;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The DestinationAddress controller: how an address comes to be, how it goes, and what is remembered of it. */
public final class DestinationReconciler extends ResourceController<DestinationAddress, DestinationAddressStatus>
        implements Cleaner<DestinationAddress> {

    /** A list of up to 200 addresses, one that is asked for by itself, and what is deleted and created. */
    private static final int CALLS_OF_A_CHANGE = 7;

    private final DestinationServices services;
    private final StatusWriter<DestinationAddress, DestinationAddressStatus> writer;
    private final LastDestinationCredentials lastGood = new LastDestinationCredentials();
    private final DestinationReconciliation reconciliation;
    private final DestinationCleanup cleanup;

    /** Builds; reads and writes nothing. */
    public DestinationReconciler(
            ControllerParts<DestinationAddress, DestinationAddressStatus> parts, DestinationServices services) {
        super(parts);
        this.services = services;
        this.writer = parts.writer();
        this.reconciliation = new DestinationReconciliation(services, parts.log(), lastGood);
        this.cleanup = new DestinationCleanup(services, parts.log(), lastGood);
    }

    @Override
    protected DestinationAddressStatus withConditions(DestinationAddress live, List<Condition> conditions) {
        DestinationAddressStatus before = live.getStatus();
        return before == null
                ? DestinationAddressStatus.ofOwnership(null).withConditions(NONE_YET, conditions)
                : before.withConditions(before.observedGeneration(), conditions).withOwnership(null);
    }

    @Override
    protected int calls(DestinationAddress live, ServiceClass service) {
        return service == ServiceClass.CHECK ? 1 : CALLS_OF_A_CHANGE;
    }

    @Override
    protected Work<ReconcileResult<DestinationAddressStatus>> reconciliationOf(
            DestinationAddress live, CloudflareSession session) {
        return Work.on(
                lockOf(live),
                () -> reconciliation.run(
                        live, new DestinationOwnershipSession(session.writingWith(writer), live), session));
    }

    @Override
    protected Work<CleanupResult> cleanupOf(DestinationAddress live, CloudflareSession session) {
        return Work.on(lockOf(live), () -> cleanup.run(live, new DestinationOwnershipSession(writer, live), session));
    }

    /** Two that are about one address must not both create it. No domain has a space in its name. */
    private static String lockOf(DestinationAddress live) {
        return "destination " + live.getSpec().email();
    }

    @Override
    protected Optional<DestinationAddressStatus> waiting(
            DestinationAddress live, Blocked why, CloudflareSession session) {
        return new DestinationReport(live, services.clock().instant())
                .blocked(why)
                .said();
    }

    @Override
    protected DestinationAddressStatus withoutOwnership(DestinationAddressStatus status) {
        return status.withOwnership(null);
    }

    @Override
    protected DestinationAddressStatus acknowledging(DestinationAddressStatus status, @Nullable String request) {
        return status.withLastHandledReconcileAt(request);
    }

    @Override
    public void forget(String uid) {
        lastGood.forget(uid);
        reconciliation.forget(uid);
    }

    @Override
    public Set<String> uids() {
        Set<String> all = new HashSet<>(lastGood.uids());
        all.addAll(reconciliation.uids());
        return all;
    }
}
