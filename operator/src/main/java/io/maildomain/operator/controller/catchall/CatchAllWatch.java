package io.maildomain.operator.controller.catchall;

import io.maildomain.api.v1alpha1.CatchAllRuleStatus;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.cloudflare.CatchAll;
import io.maildomain.operator.cloudflare.Cloudflare;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.Zone;
import io.maildomain.operator.controller.ReconcileResult;
import io.maildomain.operator.controller.catchall.plan.CatchAllDecision;
import io.maildomain.operator.controller.catchall.plan.Obstacles;
import java.util.Optional;
import java.util.function.BiFunction;

/** A catch-all whose MailDomain only observes: it is looked at, what would be written is said, and nothing is. */
final class CatchAllWatch {

    private final Cloudflare cloudflare;
    private final MailDomain domain;
    private final CatchAllReport report;

    CatchAllWatch(Cloudflare cloudflare, MailDomain domain, CatchAllReport report) {
        this.cloudflare = cloudflare;
        this.domain = domain;
        this.report = report;
    }

    /** @param decide from the zone's id and the catch-all there to what mode Manage would do */
    ReconcileResult<CatchAllRuleStatus> run(BiFunction<String, CatchAll, CatchAllDecision> decide) {
        Optional<String> zoneId = DomainState.seenZoneId(domain);
        // A status can be forged, and of another's zone nothing is told.
        if (zoneId.isPresent() && !isTheDomains(cloudflare.zone(zoneId.get()))) {
            return report.blocked(Obstacles.otherZone(domain));
        }
        CatchAll standing = zoneId.map(this::standing).orElse(CatchAll.UNTOUCHED);
        CatchAllDecision decision = decide.apply(zoneId.orElse(""), standing);
        return Obstacles.of(decision, standing).map(report::watched).orElseGet(() -> report.watched(domain, decision));
    }

    private boolean isTheDomains(Zone zone) {
        return zone.name().equalsIgnoreCase(domain.getSpec().domain());
    }

    private CatchAll standing(String zoneId) {
        try {
            return cloudflare.catchAll(zoneId);
        } catch (CloudflareException e) {
            if (e.catchAllMissing()) {
                return CatchAll.UNTOUCHED;
            }
            throw e;
        }
    }
}
