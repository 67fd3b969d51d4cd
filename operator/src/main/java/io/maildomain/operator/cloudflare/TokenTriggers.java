package io.maildomain.operator.cloudflare;

import static io.maildomain.operator.cloudflare.CloudflareError.CUSTOM_DOMAIN_NOT_FOUND;
import static io.maildomain.operator.cloudflare.CloudflareError.ROUTE_EXISTS;
import static io.maildomain.operator.cloudflare.CloudflareError.ROUTE_NOT_FOUND;
import static io.maildomain.operator.cloudflare.CloudflareError.WORKER_NOT_ON_ACCOUNT;
import static io.maildomain.operator.cloudflare.TokenDeployClient.deleted;
import static io.maildomain.operator.cloudflare.TokenDeployClient.unless;

import io.maildomain.operator.cloudflare.deploy.CustomDomain;
import io.maildomain.operator.cloudflare.deploy.CustomDomainAnswer;
import io.maildomain.operator.cloudflare.deploy.CustomDomainAnswer.Obstacle;
import io.maildomain.operator.cloudflare.deploy.HostZone;
import io.maildomain.operator.cloudflare.deploy.TriggersApi;
import io.maildomain.operator.cloudflare.deploy.WorkerRoute;
import io.maildomain.operator.cloudflare.deploy.WorkersDev;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@link TriggersApi} with one token and one account. */
record TokenTriggers(CallExecutor executor, String accountId) implements TriggersApi {
    private static final Map<CloudflareError, Obstacle> OBSTACLES = Map.of(
            CloudflareError.HOST_OF_ANOTHER_WORKER, Obstacle.OF_ANOTHER_WORKER,
            CloudflareError.HOST_HAS_RECORDS, Obstacle.HAS_RECORDS,
            CloudflareError.NO_ZONE_OF_HOST, Obstacle.NO_ZONE);

    /** Since that day, both fields of a Worker's place under workers.dev are told apart; wrangler sends the same. */
    private static final String API_DATE = "2025-08-01";

    @Override
    public Optional<WorkersDev> workersDev(String script) {
        ApiRequest request = ApiRequest.to(CloudflareCall.GET_WORKERS_DEV, accountId, script);
        return unless(() -> executor.ask(request, TriggersTranslation::workersDev), WORKER_NOT_ON_ACCOUNT);
    }

    @Override
    public WorkersDev setWorkersDev(String script, WorkersDev wanted) {
        ApiRequest request = ApiRequest.to(CloudflareCall.SET_WORKERS_DEV, accountId, script)
                .withHeader("Cloudflare-Workers-Script-Api-Date", API_DATE)
                .sending(new DeployJson.Subdomain(wanted.enabled(), wanted.previews()));
        return executor.ask(request, TriggersTranslation::workersDev);
    }

    @Override
    public Optional<List<String>> schedules(String script) {
        ApiRequest request = ApiRequest.to(CloudflareCall.GET_SCHEDULES, accountId, script);
        return unless(() -> executor.ask(request, TriggersTranslation::schedules), WORKER_NOT_ON_ACCOUNT);
    }

    @Override
    public List<String> putSchedules(String script, List<String> crons) {
        ApiRequest request = ApiRequest.to(CloudflareCall.PUT_SCHEDULES, accountId, script)
                .sending(crons.stream().map(DeployJson.Schedule::new).toList());
        return executor.ask(request, TriggersTranslation::schedules);
    }

    @Override
    public List<CustomDomain> customDomains(String script) {
        return listed(ApiRequest.to(CloudflareCall.LIST_CUSTOM_DOMAINS, accountId)
                        .with("service", script))
                .stream()
                // A server that overlooks what it was asked for must not give us another Worker's domain.
                .filter(domain -> domain.script().equals(script))
                .toList();
    }

    @Override
    public Optional<CustomDomain> customDomainAt(String hostname) {
        String ascii = HostNames.ascii(hostname);
        ApiRequest request =
                ApiRequest.to(CloudflareCall.LIST_CUSTOM_DOMAINS, accountId).with("hostname", ascii);
        return executor.ask(request, TriggersTranslation::customDomains).stream()
                .filter(domain -> domain.hostname().equals(ascii))
                .findFirst();
    }

    @Override
    public CustomDomainAnswer putCustomDomain(String script, String hostname, String zoneId) {
        // Nothing else: with further fields Cloudflare would take the host name from where it leads to now.
        ApiRequest request = ApiRequest.to(CloudflareCall.PUT_CUSTOM_DOMAIN, accountId)
                .sending(new DeployJson.NewCustomDomain(
                        hostname, script, zoneId.isEmpty() ? zoneId : ApiRequest.id(zoneId)));
        try {
            return new CustomDomainAnswer.Attached(
                    executor.ask(request, node -> TriggersTranslation.customDomain(node, hostname, script)));
        } catch (CloudflareException e) {
            return OBSTACLES.entrySet().stream()
                    .filter(obstacle -> e.answers(obstacle.getKey()))
                    .findFirst()
                    .map(obstacle -> new CustomDomainAnswer.Kept(obstacle.getValue()))
                    .orElseThrow(() -> e);
        }
    }

    @Override
    public boolean deleteCustomDomain(String domainId) {
        ApiRequest request = ApiRequest.to(CloudflareCall.DELETE_CUSTOM_DOMAIN, accountId, domainId);
        return deleted(
                () -> executor.tell(request),
                CUSTOM_DOMAIN_NOT_FOUND,
                () -> listed(ApiRequest.to(CloudflareCall.LIST_CUSTOM_DOMAINS, accountId)).stream()
                        .anyMatch(domain -> domain.id().equals(domainId)));
    }

    @Override
    public List<WorkerRoute> routes(String zoneId) {
        return executor.ask(ApiRequest.to(CloudflareCall.LIST_WORKERS_ROUTES, zoneId), TriggersTranslation::routes);
    }

    @Override
    public Optional<WorkerRoute> createRoute(String zoneId, String pattern, String script) {
        ApiRequest request = ApiRequest.to(CloudflareCall.CREATE_WORKERS_ROUTE, zoneId)
                .sending(new DeployJson.NewRoute(pattern, script));
        return unless(() -> executor.ask(request, TriggersTranslation::createdRoute), ROUTE_EXISTS)
                .map(id -> new WorkerRoute(id, pattern, script));
    }

    @Override
    public boolean deleteRoute(String zoneId, String routeId) {
        ApiRequest request = ApiRequest.to(CloudflareCall.DELETE_WORKERS_ROUTE, zoneId, routeId);
        return deleted(() -> executor.tell(request), ROUTE_NOT_FOUND, () -> routes(zoneId).stream()
                .anyMatch(route -> route.id().equals(routeId)));
    }

    @Override
    public Optional<HostZone> zoneOf(String hostname) {
        return new HostZones(executor, accountId).of(hostname);
    }

    private List<CustomDomain> listed(ApiRequest request) {
        return executor.ask(request, TriggersTranslation::customDomains);
    }
}
