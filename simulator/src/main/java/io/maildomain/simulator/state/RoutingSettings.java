package io.maildomain.simulator.state;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A zone's Email Routing settings.
 *
 * @param hosts the names that route mail, the zone's own and its subdomains, each with its lock
 */
public record RoutingSettings(
        boolean skipWizard,
        boolean supportSubaddress,
        SortedMap<String, HostLock> hosts,
        Instant created,
        Instant modified) {

    public RoutingSettings {
        hosts = Collections.unmodifiableSortedMap(hosts == null ? new TreeMap<>() : new TreeMap<>(hosts));
    }

    /** As every zone starts: routing is off. */
    public static RoutingSettings off(Instant now) {
        return new RoutingSettings(false, false, null, now, now);
    }

    public boolean routes(String host) {
        return hosts.containsKey(host);
    }

    public boolean locks(String host) {
        return hosts.get(host) == HostLock.LOCKED;
    }

    public RoutingSettings withHost(String host, HostLock lock, Instant now) {
        SortedMap<String, HostLock> changed = new TreeMap<>(hosts);
        changed.put(host, lock);
        return withHosts(changed, now);
    }

    public RoutingSettings withoutHost(String host, Instant now) {
        SortedMap<String, HostLock> changed = new TreeMap<>(hosts);
        changed.remove(host);
        return withHosts(changed, now);
    }

    public RoutingSettings withHosts(Map<String, HostLock> changed, Instant now) {
        return new RoutingSettings(skipWizard, supportSubaddress, new TreeMap<>(changed), created, now);
    }

    public RoutingSettings withOptions(boolean wizardSkipped, boolean subaddress, Instant now) {
        return new RoutingSettings(wizardSkipped, subaddress, hosts, created, now);
    }
}
