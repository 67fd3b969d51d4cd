package io.maildomain.operator.controller.maildomain;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.Ownership;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.api.v1alpha1.ZoneOrigin;
import io.maildomain.api.v1alpha1.ZoneOwnership;
import io.maildomain.operator.cloudflare.Cloudflare;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.Zone;
import io.maildomain.operator.controller.ChangeLog;
import io.maildomain.operator.controller.maildomain.plan.OwnershipChanges;
import io.maildomain.operator.controller.maildomain.plan.ZoneDecision;
import io.maildomain.operator.controller.maildomain.plan.ZoneMessages;

/** Takes the zone: noted before it is touched, so that a lost answer can be told from another user's doing (ADR 11). */
final class ZoneAcquisition {

    private final Cloudflare cloudflare;
    private final OwnershipSession ownership;
    private final ChangeLog log;

    ZoneAcquisition(Cloudflare cloudflare, OwnershipSession ownership, ChangeLog log) {
        this.cloudflare = cloudflare;
        this.ownership = ownership;
        this.log = log;
    }

    /** The zone, noted before it is touched; created where there was none. */
    Zone take(MailDomain live, ZoneDecision decision) {
        if (decision instanceof ZoneDecision.Use use) {
            boolean inDoubt = use.entry().origin() == ZoneOrigin.Adopted
                    && ownership
                            .noted()
                            .notedZone()
                            .filter(noted -> noted.origin() == ZoneOrigin.Creating)
                            .isPresent();
            ownership.note(OwnershipChanges.ofZone(ownership.noted(), use.entry()));
            if (inDoubt) {
                log.warned(
                        live,
                        Reason.ZoneAdopted,
                        ZoneMessages.adoptedInDoubt(use.zone().name()));
            }
            return use.zone();
        }
        return create(live, (ZoneDecision.Create) decision);
    }

    private Zone create(MailDomain live, ZoneDecision.Create decision) {
        ZoneOwnership request = decision.entry();
        Ownership earlier = ownership.noted();
        ownership.note(OwnershipChanges.ofZone(earlier, request));
        Zone zone = post(live.getSpec().domain(), request, earlier);
        ownership.note(ownership
                .noted()
                .withZone(new ZoneOwnership(zone.id(), zone.accountId(), ZoneOrigin.Created, null, request.rebind())));
        log.said(live, Reason.Created, "created zone " + zone.name());
        return zone;
    }

    private Zone post(String domain, ZoneOwnership request, Ownership earlier) {
        try {
            return cloudflare.createZone(domain, request.accountId());
        } catch (CloudflareException e) {
            if (e.isDefinitive()) {
                // This attempt is taken back, no other: an earlier one whose answer was lost may have created the very
                // zone that is in the way now, and one that was bound anew has to know what it did in the zone it had.
                ownership.note(earlier);
            }
            throw e;
        }
    }
}
