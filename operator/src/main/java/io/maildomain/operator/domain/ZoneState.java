package io.maildomain.operator.domain;

import io.maildomain.operator.cloudflare.Zone;
import io.maildomain.operator.conditions.Check;
import io.maildomain.operator.conditions.ConditionType;
import io.maildomain.operator.outcome.Halt;
import java.util.Optional;

/** What a zone's status at Cloudflare means for mail. */
final class ZoneState {

    private ZoneState() {}

    /** Why nothing is written to the zone, where its status is none that means something to us. */
    static Optional<Halt> unknown(Zone zone) {
        return zone.hasKnownStatus()
                ? Optional.empty()
                : Optional.of(
                        Halt.waiting(ConditionType.ZONE_READY, "ZoneStatusUnknown", ZoneSentences.statusUnknown(zone)));
    }

    static Check check(Zone zone) {
        return switch (zone.status()) {
            case "active" -> Check.yes(ConditionType.ZONE_READY, "ZoneActive", "zone " + zone.name() + " is active");
            case "moved" -> Check.no(ConditionType.ZONE_READY, "ZoneMoved", ZoneSentences.moved(zone));
            default -> Check.no(ConditionType.ZONE_READY, "ZonePending", ZoneSentences.pending(zone));
        };
    }
}
