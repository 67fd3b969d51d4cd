package io.maildomain.operator.access;

import io.maildomain.api.v1alpha1.AccessGrant;
import io.maildomain.api.v1alpha1.DeployGrant;
import io.maildomain.operator.kubernetes.informers.DeployedResource;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * What one namespace may deploy with one account: patterns of names, where {@code *} stands for any run of characters. An empty
 * list grants nothing. What is granted is granted by name: a namespace that may bind a database may read all of it, and one that may
 * deploy to a project runs functions with all that the project is bound to.
 *
 * @param hostnames of custom domains, of routes and of probes
 * @param bindings {@code type:name}, such as {@code queue:mail-*}
 */
public record DeployGrants(
        List<String> workers,
        List<String> databases,
        List<String> buckets,
        List<String> pages,
        List<String> hostnames,
        List<String> bindings) {

    private static final List<String> ALL = List.of("*");

    public DeployGrants {
        workers = List.copyOf(workers);
        databases = List.copyOf(databases);
        buckets = List.copyOf(buckets);
        pages = List.copyOf(pages);
        hostnames = List.copyOf(hostnames);
        bindings = List.copyOf(bindings);
    }

    /** The operator's own namespace: everything. */
    public static DeployGrants everything() {
        return new DeployGrants(ALL, ALL, ALL, ALL, ALL, ALL);
    }

    /**
     * What the entries that select the namespace grant together.
     *
     * <p>Unlike {@link Grants} it is no matter of domains: what is deployed belongs to the account, and one Worker may serve many
     * domains or none.
     */
    public static DeployGrants of(List<AccessGrant> entries) {
        return ofGrants(
                entries.stream().flatMap(entry -> entry.wantedDeploy().stream()).toList());
    }

    private static DeployGrants ofGrants(List<DeployGrant> entries) {
        return new DeployGrants(
                all(entries, DeployGrant::workers),
                all(entries, DeployGrant::databases),
                all(entries, DeployGrant::buckets),
                all(entries, DeployGrant::pages),
                all(entries, DeployGrant::hostnames),
                all(entries, DeployGrant::bindings));
    }

    private static List<String> all(List<DeployGrant> entries, Function<DeployGrant, List<String>> list) {
        return entries.stream()
                .flatMap(entry -> list.apply(entry).stream())
                .distinct()
                .toList();
    }

    /** Whether the Worker or the project of this resource may be deployed. */
    public boolean target(DeployedResource deployed) {
        return deployed.isWorker() ? worker(deployed.target()) : project(deployed.target());
    }

    /** Whether a Worker of this name may be deployed. */
    public boolean worker(String script) {
        return any(workers, script);
    }

    /** Whether a Worker may read and write this database. */
    public boolean database(String name) {
        return any(databases, name);
    }

    /** Whether a Worker may read and write this bucket. */
    public boolean bucket(String name) {
        return any(buckets, name);
    }

    /** Whether a site may be deployed to this project of Pages. */
    public boolean project(String name) {
        return any(pages, name);
    }

    /**
     * Whether requests for this host may be led to a Worker or a site.
     *
     * @param host may hold {@code *}, as that of a route does: it is granted where all that it can stand for is
     */
    public boolean hostname(String host) {
        // A star of the host is only ever matched by one of the pattern, which then matches whatever it stands for.
        return any(hostnames, host.toLowerCase(Locale.ROOT));
    }

    /** @param key {@code type:name} of what is bound, or its type where nothing is named */
    public boolean binding(String key) {
        return any(bindings, key);
    }

    /** As it is spelt: two databases may differ only in their capitals. */
    private static boolean any(List<String> patterns, String name) {
        return patterns.stream().anyMatch(pattern -> Glob.matchesExactly(pattern, name));
    }
}
