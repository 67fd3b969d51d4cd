package io.maildomain.operator.controller.handover;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.ZoneOrigin;
import io.maildomain.api.v1alpha1.ZoneOwnership;
import io.maildomain.operator.controller.handover.ZoneOrigins.ZoneOriginRecord;
import java.time.Instant;

/**
 * Since when there has been a MailDomain for which a zone can have been created: the resource's own age, or that of the first
 * one whose zone it took over, as the operator noted where no tenant can write.
 */
public record InheritedAge(ZoneOrigins origins) {

    /** @param noted what the resource's ownership record says of the zone */
    public Instant of(MailDomain resource, ZoneOwnership noted) {
        Instant own = Instant.parse(resource.getMetadata().getCreationTimestamp());
        if (noted.origin() == ZoneOrigin.Adopted) {
            return own;
        }
        return origins.of(resource.getMetadata().getUid())
                .filter(origin -> speaksOf(origin, resource, noted))
                .map(ZoneOriginRecord::since)
                .filter(since -> since.isBefore(own))
                .orElse(own);
    }

    /** Before the zone passes from one to the other: without it, what was created would never be deleted any more. */
    public void passes(MailDomain from, ZoneOwnership noted, MailDomain to) {
        ZoneOriginRecord next = new ZoneOriginRecord(
                to.getMetadata().getUid(),
                to.getMetadata().getNamespace(),
                to.getMetadata().getName(),
                to.getSpec().domain(),
                noted.notedAccountId().orElse(""),
                noted.notedId().orElse(""),
                of(from, noted));
        if (origins.of(next.uid()).filter(next::equals).isEmpty()) {
            origins.note(next);
        }
    }

    private static boolean speaksOf(ZoneOriginRecord origin, MailDomain resource, ZoneOwnership noted) {
        boolean sameZone = origin.zoneId().isEmpty()
                || origin.zoneId().equals(noted.notedId().orElse(""));
        return sameZone
                && origin.domain().equals(resource.getSpec().domain())
                && origin.accountId().equals(noted.notedAccountId().orElse(""));
    }
}
