package io.maildomain.operator.controller.handover;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.operator.ownership.OwnershipConflict;
import io.maildomain.operator.ownership.StatusWriter;
import java.util.List;
import java.util.Optional;

/** Reads and writes a departed MailDomain in its record, and every other one in the API server. */
public final class DepartedStatusWriter implements StatusWriter<MailDomain, MailDomainStatus> {

    private static final int ATTEMPTS = 5;

    private final StatusWriter<MailDomain, MailDomainStatus> present;
    private final DepartedRecords departed;

    /** @param present those that are still there: of one that is both, its record counts for nothing yet */
    public DepartedStatusWriter(StatusWriter<MailDomain, MailDomainStatus> present, DepartedRecords departed) {
        this.present = present;
        this.departed = departed;
    }

    @Override
    public Optional<MailDomain> live(MailDomain known) {
        return present.live(known).or(() -> departed.live(known));
    }

    @Override
    public List<MailDomain> liveIn(String namespace) {
        return present.liveIn(namespace);
    }

    @Override
    public MailDomain writeOwnership(MailDomain live, MailDomainStatus ownership) {
        if (!departed.isDeparted(live)) {
            return present.writeOwnership(live, ownership);
        }
        return departed.replace(with(live, live.getStatus().withOwnership(ownership.ownership())));
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
            departed.replace(with(now, status.withOwnership(now.getStatus().ownership())));
            return true;
        } catch (OwnershipConflict outrun) {
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
