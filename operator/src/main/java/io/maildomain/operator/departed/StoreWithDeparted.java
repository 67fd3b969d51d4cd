package io.maildomain.operator.departed;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.operator.ledger.LedgerConflict;
import io.maildomain.operator.ledger.StatusStore;
import java.util.Optional;

/** Reads and writes a departed MailDomain in its record, and every other one in the API server. */
public final class StoreWithDeparted implements StatusStore<MailDomain, MailDomainStatus> {

    private static final int ATTEMPTS = 5;

    private final StatusStore<MailDomain, MailDomainStatus> present;
    private final DepartedRecords departed;

    /** @param present those that are still there: of one that is both, its record counts for nothing yet */
    public StoreWithDeparted(StatusStore<MailDomain, MailDomainStatus> present, DepartedRecords departed) {
        this.present = present;
        this.departed = departed;
    }

    @Override
    public Optional<MailDomain> live(MailDomain known) {
        return present.live(known).or(() -> departed.live(known));
    }

    @Override
    public MailDomain writeLedger(MailDomain live, MailDomainStatus ledger) {
        if (!departed.isDeparted(live)) {
            return present.writeLedger(live, ledger);
        }
        return departed.replace(with(live, live.getStatus().withLedger(ledger.ownership())));
    }

    @Override
    public void writeStatus(MailDomain live, MailDomainStatus status) {
        if (!departed.isDeparted(live)) {
            present.writeStatus(live, status);
            return;
        }
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<MailDomain> now = departed.live(live);
            if (now.isEmpty() || written(now.get(), status)) {
                return;
            }
        }
    }

    private boolean written(MailDomain now, MailDomainStatus status) {
        try {
            departed.replace(with(now, status.withLedger(now.getStatus().ownership())));
            return true;
        } catch (LedgerConflict outrun) {
            return false;
        }
    }

    private static MailDomain with(MailDomain domain, MailDomainStatus status) {
        MailDomain changed = new MailDomain();
        changed.setMetadata(domain.getMetadata());
        changed.setSpec(domain.getSpec());
        changed.setStatus(status);
        return changed;
    }

    @Override
    public void release(MailDomain known) {
        if (!departed.isDeparted(known)) {
            present.release(known);
        }
    }
}
