package io.maildomain.operator.controller.maildomain;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.Ownership;
import io.maildomain.operator.cloudflare.CatchAll;
import io.maildomain.operator.cloudflare.Cloudflare;
import io.maildomain.operator.cloudflare.Zone;
import io.maildomain.operator.controller.maildomain.plan.DesiredState;
import io.maildomain.operator.controller.maildomain.plan.ObservedState;
import io.maildomain.operator.controller.maildomain.plan.ZoneDecision;
import io.maildomain.operator.dns.PublicDns;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The first look of a MailDomain's reconcile, for those who have no cluster: the same zone, the same observation. Reads only. */
public final class DomainLook {

    private final ZoneFinder finder;
    private final Observer observer;

    /** @param callTimeout how long a call may take */
    public DomainLook(Cloudflare cloudflare, PublicDns publicDns, Duration callTimeout) {
        this.finder = new ZoneFinder(cloudflare, callTimeout);
        this.observer = new Observer(cloudflare, publicDns);
    }

    /**
     * Which zone the domain would use.
     *
     * @param accountId "" where none is known
     */
    public ZoneDecision zone(MailDomain resource, DesiredState desired, String accountId) {
        return finder.find(resource, desired, accountId, Optional.empty());
    }

    /** What stands there. The catch-all is asked for by itself where the list of rules left it out. */
    public ObservedState observe(Zone zone, DesiredState desired) {
        ObservedState seen = observer.observe(zone, desired, Ownership.nothing(), false);
        return seen.catchAll().id().isEmpty()
                ? new ObservedState(zone, seen.routing(), seen.hosts(), seen.rules(), observer.catchAll(zone))
                : seen;
    }

    /** What would stand in the zone of a domain that is to be created: nothing. */
    public static ObservedState nothing(DesiredState desired) {
        Zone zone = new Zone(
                "", desired.domain(), "", "", "pending", "full", List.of(), List.of(), "", Instant.EPOCH, false);
        return ObservedState.ofNewZone(
                zone,
                Stream.concat(Stream.of(desired.domain()), desired.subdomainHosts().stream()),
                CatchAll.UNTOUCHED);
    }
}
