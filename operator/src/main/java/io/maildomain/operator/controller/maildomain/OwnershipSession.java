package io.maildomain.operator.controller.maildomain;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.api.v1alpha1.Ownership;
import io.maildomain.operator.ownership.StatusWriter;
import java.util.Optional;

/** The ownership record of one MailDomain during one reconcile: read live at its start, written before each call that it is about. */
final class OwnershipSession {

    private final StatusWriter<MailDomain, MailDomainStatus> store;
    private MailDomain live;
    private Ownership noted;

    /** @param live as the API server has it now: each write is refused once it is no longer so */
    OwnershipSession(StatusWriter<MailDomain, MailDomainStatus> store, MailDomain live) {
        this.store = store;
        this.live = live;
        this.noted = ownershipOf(live);
    }

    /** What the ownership record says as the resource was read. */
    static Ownership ownershipOf(MailDomain domain) {
        return Optional.ofNullable(domain.getStatus())
                .flatMap(MailDomainStatus::ownershipRecord)
                .orElse(Ownership.nothing());
    }

    /** What stands in the ownership record. */
    Ownership noted() {
        return noted;
    }

    /** Writes where something differs. @throws io.maildomain.operator.ownership.OwnershipConflict if another writer was faster */
    void note(Ownership next) {
        if (next.equals(noted)) {
            return;
        }
        // An empty object in place of one with fields is taken for null by the API server, and refused.
        Ownership written = next.equals(Ownership.nothing()) ? null : next;
        live = store.writeOwnership(live, MailDomainStatus.ofOwnership(written));
        noted = next;
    }
}
