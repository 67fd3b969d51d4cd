package io.maildomain.operator.controller.mailworker;

import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.api.v1alpha1.MailWorkerStatus;
import io.maildomain.api.v1alpha1.WorkerOwnership;
import io.maildomain.operator.controller.mailworker.plan.DeployLedger;
import io.maildomain.operator.ownership.StatusWriter;
import java.time.Clock;
import java.util.Optional;

/** The ownership record of one MailWorker during one reconcile: read live, written before the call that it is about. */
final class WorkerOwnershipSession {

    private final StatusWriter<MailWorker, MailWorkerStatus> store;
    private final Clock clock;
    private MailWorker live;
    private WorkerOwnership noted;
    private DeployLedger ledger;

    WorkerOwnershipSession(StatusWriter<MailWorker, MailWorkerStatus> store, MailWorker live, Clock clock) {
        this.store = store;
        this.clock = clock;
        this.live = live;
        this.noted = ownershipOf(live);
        this.ledger = LedgerMapper.ledger(noted);
    }

    /** What a MailWorker's status notes; of one that comes from a backup too: that is what it is kept for. */
    static WorkerOwnership ownershipOf(MailWorker live) {
        return Optional.ofNullable(live.getStatus())
                .flatMap(MailWorkerStatus::ownershipRecord)
                .orElse(WorkerOwnership.nothing());
    }

    DeployLedger ledger() {
        return ledger;
    }

    Optional<String> accountId() {
        return noted.notedAccountId();
    }

    /**
     * Writes what is about to be done, or came of it, where that differs from what stands there.
     *
     * @param accountId that the Worker is in
     */
    void note(DeployLedger next, String accountId) {
        if (next.equals(ledger)) {
            return;
        }
        WorkerOwnership record = LedgerMapper.record(next, noted, accountId, clock.instant());
        live = store.writeOwnership(live, MailWorkerStatus.ofOwnership(record));
        noted = record;
        ledger = next;
    }
}
