package io.maildomain.simulator.routing;

import io.maildomain.simulator.state.Zone;
import java.time.Instant;
import java.util.List;

/** The {@code status} of a zone's Email Routing settings. */
final class RoutingStatus {

    private RoutingStatus() {}

    static String of(Zone zone, Instant now) {
        if (!zone.routesMail()) {
            return "unconfigured";
        }
        List<DnsProblem> problems = DnsProblem.at(zone, zone.name(), now);
        if (problems.stream().anyMatch(DnsProblem::isMissing)) {
            return "misconfigured";
        }
        if (!zone.routing().locks(zone.name())) {
            return "unlocked";
        }
        return problems.isEmpty() ? "ready" : "misconfigured/locked";
    }
}
