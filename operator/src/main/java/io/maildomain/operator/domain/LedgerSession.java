package io.maildomain.operator.domain;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.api.v1alpha1.Ownership;
import io.maildomain.operator.ledger.StatusStore;
import java.util.Optional;

/** The ledger of one MailDomain during one reconcile: read live at its start, written before each call that it is about. */
final class LedgerSession {

    private final StatusStore<MailDomain, MailDomainStatus> store;
    private MailDomain live;
    private Ownership noted;

    /** @param live as the API server has it now: each write is refused once it is no longer so */
    LedgerSession(StatusStore<MailDomain, MailDomainStatus> store, MailDomain live) {
        this.store = store;
        this.live = live;
        this.noted = ledgerOf(live);
    }

    private static Ownership ledgerOf(MailDomain domain) {
        return Optional.ofNullable(domain.getStatus())
                .flatMap(MailDomainStatus::ledger)
                .orElse(Ownership.nothing());
    }

    /** What stands in the ledger. */
    Ownership noted() {
        return noted;
    }

    /** Writes where something differs. @throws io.maildomain.operator.ledger.LedgerConflict if somebody was faster */
    void note(Ownership next) {
        if (next.equals(noted)) {
            return;
        }
        // An empty object in place of one with fields is taken for null by the API server, and refused.
        Ownership written = next.equals(Ownership.nothing()) ? null : next;
        live = store.writeLedger(live, MailDomainStatus.ofLedger(written));
        noted = next;
    }
}
