package io.maildomain.operator.controller.maildomain.plan;

import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.cloudflare.Zone;
import io.maildomain.operator.dns.plan.UnicodeName;
import io.maildomain.operator.status.Blocked;
import io.maildomain.operator.status.Check;
import io.maildomain.operator.status.ConditionType;
import java.util.Optional;

/** What a zone's status at Cloudflare means for mail. */
public final class ZoneState {

    private ZoneState() {}

    /** Why nothing is written to the zone, where its status is none that means something to us. */
    public static Optional<Blocked> unknown(Zone zone) {
        return zone.hasKnownStatus()
                ? Optional.empty()
                : Optional.of(Blocked.waiting(
                        ConditionType.ZONE_READY, Reason.ZoneStatusUnknown, ZoneMessages.statusUnknown(zone)));
    }

    public static Check check(Zone zone) {
        return switch (zone.status()) {
            case "active" ->
                Check.yes(
                        ConditionType.ZONE_READY,
                        Reason.ZoneActive,
                        "zone " + UnicodeName.shown(zone.name()) + " is active");
            case "moved" -> Check.no(ConditionType.ZONE_READY, Reason.ZoneMoved, ZoneMessages.moved(zone));
            default -> Check.no(ConditionType.ZONE_READY, Reason.ZonePending, ZoneMessages.pending(zone));
        };
    }
}
