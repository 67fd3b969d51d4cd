package io.maildomain.simulator.state;

import java.util.List;
import java.util.Optional;

/**
 * What of an account belongs to what is deployed, Workers aside.
 *
 * @param workersSubdomain the name under workers.dev; empty where none was chosen
 */
public record Platform(
        List<Database> databases,
        List<Bucket> buckets,
        List<PagesProject> pages,
        List<CustomDomain> customDomains,
        List<WorkerRoute> routes,
        String workersSubdomain) {

    public Platform {
        databases = databases == null ? List.of() : List.copyOf(databases);
        buckets = buckets == null ? List.of() : List.copyOf(buckets);
        pages = pages == null ? List.of() : List.copyOf(pages);
        customDomains = customDomains == null ? List.of() : List.copyOf(customDomains);
        routes = routes == null ? List.of() : List.copyOf(routes);
        workersSubdomain = workersSubdomain == null ? "simulated" : workersSubdomain;
    }

    /** Of an account that nothing was deployed to yet. */
    public static Platform empty() {
        return new Platform(null, null, null, null, null, null);
    }

    public Platform withDatabases(List<Database> changed) {
        return new Platform(changed, buckets, pages, customDomains, routes, workersSubdomain);
    }

    public Platform withBuckets(List<Bucket> changed) {
        return new Platform(databases, changed, pages, customDomains, routes, workersSubdomain);
    }

    public Platform withPages(List<PagesProject> changed) {
        return new Platform(databases, buckets, changed, customDomains, routes, workersSubdomain);
    }

    public Platform withCustomDomains(List<CustomDomain> changed) {
        return new Platform(databases, buckets, pages, changed, routes, workersSubdomain);
    }

    public Platform withRoutes(List<WorkerRoute> changed) {
        return new Platform(databases, buckets, pages, customDomains, changed, workersSubdomain);
    }

    public Platform withWorkersSubdomain(String changed) {
        return new Platform(databases, buckets, pages, customDomains, routes, changed);
    }

    /** Without what lies in a zone that is gone. */
    public Platform withoutZone(String zoneId) {
        return withCustomDomains(
                        Lists.without(customDomains, domain -> domain.zoneId().equals(zoneId)))
                .withRoutes(Lists.without(routes, route -> route.zoneId().equals(zoneId)));
    }

    /** The database of that id or, as wrangler asks too, of that name. */
    public Optional<Database> database(String idOrName) {
        return databases.stream()
                .filter(database -> database.uuid().equals(idOrName))
                .findFirst()
                .or(() -> databases.stream()
                        .filter(database -> database.name().equals(idOrName))
                        .findFirst());
    }

    public Optional<Bucket> bucket(String name, String jurisdiction) {
        return buckets.stream()
                .filter(bucket ->
                        bucket.name().equals(name) && bucket.jurisdiction().equals(jurisdiction))
                .findFirst();
    }

    public Optional<PagesProject> project(String name) {
        return pages.stream().filter(project -> project.name().equals(name)).findFirst();
    }

    public Optional<CustomDomain> customDomain(String hostname) {
        return customDomains.stream()
                .filter(domain -> domain.hostname().equals(hostname))
                .findFirst();
    }
}
