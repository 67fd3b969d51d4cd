package io.maildomain.operator.domain;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.Ownership;
import io.maildomain.api.v1alpha1.ZoneOrigin;
import io.maildomain.api.v1alpha1.ZoneOwnership;
import io.maildomain.operator.cloudflare.Cloudflare;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.Zone;

/** Creates a zone: noted before, so that a lost answer can be told from somebody else's doing (DESIGN, Ownership). */
final class ZoneCreation {

    private final Cloudflare cloudflare;
    private final LedgerSession ledger;
    private final ChangeLog log;

    ZoneCreation(Cloudflare cloudflare, LedgerSession ledger, ChangeLog log) {
        this.cloudflare = cloudflare;
        this.ledger = ledger;
        this.log = log;
    }

    Zone create(MailDomain live, ZoneDecision.Create decision) {
        ZoneOwnership request = decision.entry();
        Ownership earlier = ledger.noted();
        ledger.note(LedgerNotes.ofZone(earlier, request));
        Zone zone = post(live.getSpec().domain(), request, earlier);
        ledger.note(ledger.noted()
                .withZone(new ZoneOwnership(zone.id(), zone.accountId(), ZoneOrigin.Created, null, request.rebind())));
        log.zoneCreated(live, zone);
        return zone;
    }

    private Zone post(String domain, ZoneOwnership request, Ownership earlier) {
        try {
            return cloudflare.createZone(domain, request.accountId());
        } catch (CloudflareException e) {
            if (e.isDefinitive()) {
                // This attempt is taken back, no other: an earlier one whose answer was lost may have created the very
                // zone that is in the way now, and one that was bound anew has to know what it did in the zone it had.
                ledger.note(earlier);
            }
            throw e;
        }
    }
}
