package io.maildomain.operator.controller.mailworker.plan;

import io.maildomain.operator.ownership.OwnerMark;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Cloudflare has of one Worker, as one look found it.
 *
 * @param script null: there is no such Worker
 * @param databases by name, those of the intent that are there
 * @param buckets those of the intent that are there
 * @param domains by hostname, of the intent's and the ledger's those that lead to some Worker
 * @param routes all of the zones that routes of the intent or the ledger are in
 * @param hostsWithoutZone hosts of the intent's routes whose zone the token does not see
 */
public record WorkerState(
        @Nullable Script script,
        Map<String, Database> databases,
        Set<Bucket> buckets,
        Map<String, CustomDomain> domains,
        List<Route> routes,
        Set<String> hostsWithoutZone) {

    public WorkerState {
        databases = Map.copyOf(databases);
        buckets = Set.copyOf(buckets);
        domains = Map.copyOf(domains);
        routes = List.copyOf(routes);
        hostsWithoutZone = Set.copyOf(hostsWithoutZone);
    }

    /**
     * A Worker that is there.
     *
     * @param deployments the newest first; only that one serves
     * @param versions the newest first; those of the newest deployment are among them
     */
    public record Script(
            List<Deployment> deployments, List<Version> versions, List<String> schedules, boolean workersDev) {
        public Script {
            deployments = List.copyOf(deployments);
            versions = List.copyOf(versions);
            schedules = List.copyOf(schedules);
        }
    }

    /** @param percentages of the requests, by the version's id; together 100 */
    public record Deployment(Map<String, Integer> percentages) {
        public Deployment {
            percentages = Map.copyOf(percentages);
        }
    }

    /**
     * A version of the Worker.
     *
     * @param ours whether its message carries this installation's mark
     * @param tag of one of ours, the fingerprint that it was uploaded for
     * @param source what uploaded it, in Cloudflare's words: {@code wrangler}, {@code dash}, {@code api}
     */
    public record Version(String id, boolean ours, String tag, String source) {

        /** A version as Cloudflare lists it. */
        public static Version of(String id, String message, String tag, String source, OwnerMark mark) {
            return new Version(id, mark.isOn(message), tag, source);
        }
    }

    /**
     * A database that is there.
     *
     * @param applied names of migrations, as the table has them that the intent names; empty where there is none yet
     * @param keepsAccount whether that table is not there yet, or can note each name only once
     */
    public record Database(String id, Set<String> applied, boolean keepsAccount) {
        public Database {
            applied = Set.copyOf(applied);
        }

        /** One that is as it should be. */
        public Database(String id, Set<String> applied) {
            this(id, applied, true);
        }
    }

    /** A bucket that is there. */
    public record Bucket(String name, String jurisdiction) {}

    /** @param service the Worker that the hostname leads to */
    public record CustomDomain(String id, String service) {}

    /** @param script the Worker that requests are led to; empty: to none */
    public record Route(String id, String pattern, String script) {}

    /** The database, if it is there. */
    public Optional<Database> database(String name) {
        return Optional.ofNullable(databases.get(name));
    }

    /** Where the hostname leads, if to a Worker. */
    public Optional<CustomDomain> domain(String host) {
        return Optional.ofNullable(domains.get(host));
    }

    /** The route of exactly that pattern, whatever it leads to. */
    public Optional<Route> route(String pattern) {
        return routes.stream().filter(route -> route.pattern().equals(pattern)).findFirst();
    }

    Optional<Script> found() {
        return Optional.ofNullable(script);
    }

    Optional<Version> version(String id) {
        return versions().stream().filter(version -> version.id().equals(id)).findFirst();
    }

    List<Version> versions() {
        return script == null ? List.of() : script.versions();
    }

    /** What serves, by percentages; empty where nothing does. */
    public Map<String, Integer> current() {
        return script == null || script.deployments().isEmpty()
                ? Map.of()
                : script.deployments().get(0).percentages();
    }

    /** The version that has all requests. */
    public Optional<String> serving() {
        return current().entrySet().stream()
                .filter(share -> share.getValue() == 100)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Whether that version serves, and no other one is part of the deployment. */
    boolean servesOnly(String version) {
        return current().equals(Map.of(version, 100));
    }

    /** Whether requests are shared, or a version of others is kept ready beside the one that serves: it is not ours to end. */
    boolean isSplitByOthers() {
        return !current().isEmpty()
                && (serving().isEmpty()
                        || current().entrySet().stream()
                                .anyMatch(share -> share.getValue() < 100 && !isOurs(share.getKey())));
    }

    public boolean isOurs(String version) {
        return version(version).filter(Version::ours).isPresent();
    }

    boolean hasVersionOfOurs() {
        return versions().stream().anyMatch(Version::ours);
    }

    /** The version that was uploaded for a fingerprint; of several the one that serves, else the newest. */
    Optional<String> uploaded(String fingerprint) {
        List<String> fitting = versions().stream()
                .filter(version -> version.ours() && version.tag().equals(fingerprint))
                .map(Version::id)
                .toList();
        return serving().filter(fitting::contains).or(() -> fitting.stream().findFirst());
    }

    /** Whether requests for the host reach the Worker already. */
    boolean leadsTo(String host, String worker) {
        String lower = host.toLowerCase(Locale.ROOT);
        return domain(lower).filter(domain -> domain.service().equals(worker)).isPresent()
                || routes.stream()
                        .filter(route -> route.script().equals(worker))
                        .anyMatch(route -> RoutePattern.host(route.pattern()).equals(lower));
    }

    /** Whether it is applied; of a database that was not looked at that is taken for granted. */
    boolean mayBeApplied(DeployLedger.Planned migration) {
        return database(migration.database())
                .map(database -> database.applied().contains(migration.file()))
                .orElse(true);
    }
}
