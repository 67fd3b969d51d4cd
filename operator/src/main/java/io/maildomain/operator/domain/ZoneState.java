package io.maildomain.operator.domain;

import io.maildomain.operator.cloudflare.Zone;
import io.maildomain.operator.conditions.Check;
import io.maildomain.operator.conditions.ConditionType;

/** What a zone's status at Cloudflare means for mail. */
final class ZoneState {

    private ZoneState() {}

    static Check check(Zone zone) {
        return switch (zone.status()) {
            case "active" -> Check.yes(ConditionType.ZONE_READY, "ZoneActive", "zone " + zone.name() + " is active");
            case "moved" -> Check.no(ConditionType.ZONE_READY, "ZoneMoved", ZoneSentences.moved(zone));
            default -> Check.no(ConditionType.ZONE_READY, "ZonePending", ZoneSentences.pending(zone));
        };
    }
}
