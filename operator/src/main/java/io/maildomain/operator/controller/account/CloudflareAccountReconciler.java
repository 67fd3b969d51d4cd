package io.maildomain.operator.controller.account;

import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.CloudflareAccountStatus;
import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.cloudflare.ratelimit.ServiceClass;
import io.maildomain.operator.controller.CleanupResult;
import io.maildomain.operator.controller.CloudflareSession;
import io.maildomain.operator.controller.ControllerParts;
import io.maildomain.operator.controller.ReconcileResult;
import io.maildomain.operator.controller.ResourceController;
import io.maildomain.operator.controller.Work;
import io.maildomain.operator.status.Blocked;
import io.maildomain.operator.status.ConditionType;
import io.maildomain.operator.status.Requeue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The CloudflareAccount controller: says what the account's Secrets hold, and keeps it while any resource uses it. */
public final class CloudflareAccountReconciler extends ResourceController<CloudflareAccount, CloudflareAccountStatus>
        implements Cleaner<CloudflareAccount> {

    private static final Blocked IN_USE =
            Blocked.waiting(ConditionType.READY, Reason.InUse, "deletion waits until no resource uses it");

    private final AccountInspection inspection;

    /** Builds; reads and writes nothing. */
    public CloudflareAccountReconciler(
            ControllerParts<CloudflareAccount, CloudflareAccountStatus> parts, AccountInspection inspection) {
        super(parts);
        this.inspection = inspection;
    }

    @Override
    protected CloudflareAccountStatus withConditions(CloudflareAccount live, List<Condition> conditions) {
        CloudflareAccountStatus before = live.getStatus();
        return inspection.withChecks(
                live,
                before == null
                        ? new CloudflareAccountStatus(NONE_YET, conditions, null, null, null)
                        : before.withConditions(conditions));
    }

    @Override
    protected int calls(CloudflareAccount live, ServiceClass service) {
        return TokenProbe.MOST_CALLS;
    }

    @Override
    protected Work<ReconcileResult<CloudflareAccountStatus>> reconciliationOf(
            CloudflareAccount live, CloudflareSession session) {
        return Work.unlocked(() -> inspection
                .inspect(live, List.of(), session)
                .map(found -> new ReconcileResult<>(
                        found.status(),
                        found.runtime().holds() ? Requeue.RESYNC : Requeue.STALLED,
                        found.runtime().reason(),
                        Duration.ZERO))
                .orElseGet(ReconcileResult::conflict));
    }

    @Override
    protected Work<CleanupResult> cleanupOf(CloudflareAccount live, CloudflareSession session) {
        return Work.unlocked(
                () -> inspection.users(live).isEmpty() ? new CleanupResult.Done() : new CleanupResult.Waiting(IN_USE));
    }

    /** It goes on serving those who use it, so that all else is said as ever. */
    @Override
    protected Optional<CloudflareAccountStatus> waiting(
            CloudflareAccount live, Blocked why, CloudflareSession session) {
        return inspection.inspect(live, inspection.users(live), session).map(AccountInspection.Result::status);
    }

    /** It has none: nothing at Cloudflare is created for an account. */
    @Override
    protected CloudflareAccountStatus withoutOwnership(CloudflareAccountStatus status) {
        return status;
    }

    @Override
    protected CloudflareAccountStatus acknowledging(CloudflareAccountStatus status, @Nullable String request) {
        return status.withLastHandledReconcileAt(request);
    }

    @Override
    public void forget(String uid) {
        inspection.forget(uid);
    }

    @Override
    public Set<String> uids() {
        return inspection.uids();
    }
}
