package io.maildomain.operator.controller.mailsite;

import io.maildomain.api.v1alpha1.MailSite;
import io.maildomain.api.v1alpha1.MailSiteStatus;
import io.maildomain.api.v1alpha1.SiteOwnership;
import io.maildomain.operator.controller.mailsite.plan.SiteLedger;
import io.maildomain.operator.ownership.StatusWriter;
import java.util.Optional;

/** The ownership record of one MailSite during one reconcile: read live, written before the call that it is about. */
final class SiteOwnershipSession {

    private final StatusWriter<MailSite, MailSiteStatus> store;
    private MailSite live;
    private SiteOwnership noted;
    private SiteLedger ledger;

    SiteOwnershipSession(StatusWriter<MailSite, MailSiteStatus> store, MailSite live) {
        this.store = store;
        this.live = live;
        this.noted = ownershipOf(live);
        this.ledger = SiteLedgerMapper.ledger(noted);
    }

    /** What a MailSite's status notes; of one that comes from a backup too: that is what it is kept for. */
    static SiteOwnership ownershipOf(MailSite live) {
        return Optional.ofNullable(live.getStatus())
                .flatMap(MailSiteStatus::ownershipRecord)
                .orElse(SiteOwnership.nothing());
    }

    SiteLedger ledger() {
        return ledger;
    }

    Optional<String> accountId() {
        return noted.notedAccountId();
    }

    /**
     * Writes what is about to be done, or came of it, where that differs from what stands there.
     *
     * @param accountId that the project is in
     */
    void note(SiteLedger next, String accountId) {
        if (next.equals(ledger)) {
            return;
        }
        SiteOwnership record = SiteLedgerMapper.record(next, accountId);
        live = store.writeOwnership(live, MailSiteStatus.ofOwnership(record));
        noted = record;
        ledger = next;
    }
}
