package io.maildomain.operator.controller.catchall;

import io.maildomain.api.v1alpha1.CatchAllContent;
import io.maildomain.api.v1alpha1.CatchAllOwnership;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.access.RuntimeCredentials.Usable;
import io.maildomain.operator.cloudflare.CatchAll;
import io.maildomain.operator.cloudflare.Cloudflare;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.Zone;
import io.maildomain.operator.controller.RecentZones;
import io.maildomain.operator.controller.catchall.plan.CatchAllDecision.Put;
import io.maildomain.operator.controller.catchall.plan.Content;
import io.maildomain.operator.controller.catchall.plan.Obstacles;
import io.maildomain.operator.status.Blocked;
import java.util.Optional;

/** Reads and writes the catch-all of one zone, once. */
final class CatchAllWriting {

    private final Cloudflare cloudflare;
    private final String zoneId;
    private final MailDomain domain;
    private final RecentZones recentZones;
    private final CatchAllTarget target;
    private final Optional<RecentZones.Seen> recent;

    /** @param uid of the CatchAllRule */
    CatchAllWriting(
            Cloudflare cloudflare,
            String zoneId,
            MailDomain domain,
            Usable with,
            String uid,
            CatchAllServices services) {
        this.cloudflare = cloudflare;
        this.zoneId = zoneId;
        this.domain = domain;
        this.recentZones = services.recentZones();
        this.target = CatchAllTarget.of(services.destinations(), domain, with, uid, cloudflare);
        this.recent = recentZones.of(domain.getMetadata().getUid(), with.token(), zoneId);
    }

    String zoneId() {
        return zoneId;
    }

    /** What stands there, as Cloudflare says now. */
    CatchAll standing() {
        return cloudflare.catchAll(zoneId);
    }

    /**
     * What stood there when the zone was looked at just now. Good enough for a decision to write for the first time:
     * before that, it is read.
     */
    Optional<CatchAll> seenJustNow() {
        return recent.map(RecentZones.Seen::catchAll);
    }

    /** Why nothing can be written, as far as that is known before. */
    Optional<Blocked> obstacle(Put put) {
        return target.obstacle(put.intended()).or(this::otherZone);
    }

    /** A status can be forged: before a zone is written to, it must bear the domain's name, and a status that we know. */
    private Optional<Blocked> otherZone() {
        Zone zone = recent.map(RecentZones.Seen::zone).orElseGet(() -> cloudflare.zone(zoneId));
        if (!zone.name().equalsIgnoreCase(domain.getSpec().domain())) {
            return Optional.of(Obstacles.otherZone(domain));
        }
        return zone.hasKnownStatus() ? Optional.empty() : Optional.of(Obstacles.zoneStatusUnknown(zone));
    }

    /** Whether it would be the first write: then what stands there comes back one day, and must be the latest. */
    static boolean isFirst(Put put) {
        return put.ownership().applied() == null;
    }

    /**
     * What Cloudflare made of it. Empty where another writer changed the catch-all while it was noted: what would come back later
     * must be the latest.
     *
     * @param standing what the decision was made from
     */
    Optional<CatchAllContent> put(CatchAllOwnershipSession ownership, Put put, CatchAll standing) {
        Optional<CatchAllOwnership> before = ownership.noted();
        ownership.note(put.ownership());
        try {
            if (isFirst(put) && !cloudflare.catchAll(zoneId).saysAs(standing)) {
                recentZones.forget(domain.getMetadata().getUid());
                before.ifPresentOrElse(ownership::note, ownership::clear);
                return Optional.empty();
            }
            recentZones.forget(domain.getMetadata().getUid());
            CatchAllContent written = Content.of(cloudflare.putCatchAll(zoneId, Content.draft(put.intended())))
                    .map(content -> Content.renamed(content, put.intended().name()))
                    .orElse(put.intended());
            target.answered(put.intended(), written);
            CatchAllOwnership noted = put.ownership();
            ownership.note(new CatchAllOwnership(zoneId, noted.previous(), noted.intended(), written));
            return Optional.of(written);
        } catch (CloudflareException e) {
            target.refused(put.intended(), e);
            // A target that is not there yet is tried again and again: a note for each try, and its end, would never be
            // still.
            if (e.isDefinitive() && !e.targetRefused()) {
                before.ifPresentOrElse(ownership::note, ownership::clear);
            }
            throw e;
        }
    }
}
