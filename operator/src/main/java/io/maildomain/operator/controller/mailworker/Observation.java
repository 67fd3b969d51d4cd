package io.maildomain.operator.controller.mailworker;

import io.maildomain.operator.cloudflare.deploy.HostZone;
import io.maildomain.operator.cloudflare.deploy.WorkerDeployment;
import io.maildomain.operator.controller.mailworker.plan.WorkerState;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one look found.
 *
 * @param newest what serves, with who deployed it and when; null where nothing does
 * @param zones of the hosts of routes, by host
 * @param zonesOfRoutes the id of the zone that each route is in, by the route's id
 */
record Observation(
        WorkerState state,
        @Nullable WorkerDeployment newest,
        Map<String, HostZone> zones,
        Map<String, String> zonesOfRoutes) {

    Observation {
        zones = Map.copyOf(zones);
        zonesOfRoutes = Map.copyOf(zonesOfRoutes);
    }

    /** What serves. */
    Optional<WorkerDeployment> serving() {
        return Optional.ofNullable(newest);
    }

    /** The zone of a host of the intent's routes. */
    Optional<HostZone> zoneOf(String host) {
        return Optional.ofNullable(zones.get(host));
    }
}
