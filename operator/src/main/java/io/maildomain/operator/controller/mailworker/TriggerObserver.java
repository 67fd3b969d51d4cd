package io.maildomain.operator.controller.mailworker;

import io.maildomain.operator.cloudflare.deploy.CustomDomain;
import io.maildomain.operator.cloudflare.deploy.HostZone;
import io.maildomain.operator.cloudflare.deploy.TriggersApi;
import io.maildomain.operator.controller.mailworker.plan.DeployLedger;
import io.maildomain.operator.controller.mailworker.plan.RoutePattern;
import io.maildomain.operator.controller.mailworker.plan.WorkerIntent;
import io.maildomain.operator.controller.mailworker.plan.WorkerState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What leads to one Worker, and which zones its routes are in. Custom domains need no zone, and that none is listed does not mean that there
 * is none: of theirs Cloudflare tells once they are put. Lives as long as one reconcile.
 */
final class TriggerObserver {

    private final TriggersApi api;
    private final WorkerIntent intent;
    private final ZoneMemory.Zones zones;
    private @Nullable Triggers seen;

    /**
     * @param domains by hostname
     * @param hostsWithoutZone hosts of routes that are asked for
     * @param zones of routes, by host
     * @param zonesOfRoutes ids, by the route's id
     */
    record Triggers(
            Map<String, WorkerState.CustomDomain> domains,
            List<WorkerState.Route> routes,
            Set<String> hostsWithoutZone,
            Map<String, HostZone> zones,
            Map<String, String> zonesOfRoutes) {}

    TriggerObserver(TriggersApi api, WorkerIntent intent, ZoneMemory.Zones zones) {
        this.api = api;
        this.intent = intent;
        this.zones = zones;
    }

    /** Something was added, or taken away. */
    void changed() {
        seen = null;
    }

    Triggers look(DeployLedger ledger) {
        Triggers now = seen == null ? lookAnew(ledger) : seen;
        seen = now;
        return now;
    }

    private Triggers lookAnew(DeployLedger ledger) {
        Set<String> missing = new HashSet<>();
        Map<String, HostZone> found = new HashMap<>();
        Map<String, WorkerState.CustomDomain> domains = domains(ledger);
        List<String> wanted = intent.triggers().routes();
        Map<String, String> zonesOfRoutes = new HashMap<>();
        List<WorkerState.Route> routes = new ArrayList<>();
        Set<String> read = new HashSet<>();
        Stream.concat(wanted.stream(), ledger.routes().stream().sorted())
                .distinct()
                .flatMap(pattern ->
                        zoneOf(RoutePattern.host(pattern), RoutePattern.zoned(pattern), found, missing).stream())
                .filter(zone -> read.add(zone.id()))
                .forEach(zone -> api.routes(zone.id()).forEach(route -> {
                    routes.add(new WorkerState.Route(route.id(), route.pattern(), route.script()));
                    zonesOfRoutes.put(route.id(), zone.id());
                }));
        missing.retainAll(wanted.stream().map(RoutePattern::host).collect(Collectors.toSet()));
        return new Triggers(domains, routes, missing, found, zonesOfRoutes);
    }

    /** One call tells of those that lead here; of any other it is asked what it leads to. */
    private Map<String, WorkerState.CustomDomain> domains(DeployLedger ledger) {
        Set<String> asked = new HashSet<>(intent.triggers().customDomains());
        Set<String> concerned = new HashSet<>(asked);
        concerned.addAll(ledger.domains());
        if (concerned.isEmpty()) {
            return Map.of();
        }
        Map<String, WorkerState.CustomDomain> domains = new HashMap<>();
        api.customDomains(intent.script()).stream()
                .filter(domain -> concerned.contains(domain.hostname()))
                .forEach(domain -> domains.put(domain.hostname(), seen(domain)));
        asked.stream().filter(host -> !domains.containsKey(host)).sorted().forEach(host -> api.customDomainAt(host)
                .ifPresent(domain -> domains.put(host, seen(domain))));
        return domains;
    }

    private static WorkerState.CustomDomain seen(CustomDomain domain) {
        return new WorkerState.CustomDomain(domain.id(), domain.script());
    }

    /** @param name whose zone it is: the host, or what comes after its star */
    private Optional<HostZone> zoneOf(String host, String name, Map<String, HostZone> found, Set<String> missing) {
        Optional<HostZone> zone = zones.of(name, () -> api.zoneOf(name));
        zone.ifPresentOrElse(known -> found.put(host, known), () -> missing.add(host));
        return zone;
    }
}
