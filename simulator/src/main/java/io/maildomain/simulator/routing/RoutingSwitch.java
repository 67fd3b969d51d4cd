package io.maildomain.simulator.routing;

import io.maildomain.simulator.api.Refusal;
import io.maildomain.simulator.api.Refusals;
import io.maildomain.simulator.state.DnsRecord;
import io.maildomain.simulator.state.HostLock;
import io.maildomain.simulator.state.Zone;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Turning Email Routing on and off for a host: pure functions from zone to zone. */
public final class RoutingSwitch {

    /** Cloudflare's limit of names (the zone's own and subdomains) that route mail. */
    static final int MOST_HOSTS = 30;

    private RoutingSwitch() {}

    /**
     * Adds and locks a host's records. Sender policies of others are replaced; so are foreign MX if that is wanted.
     *
     * @throws Refusal 409/2008 when foreign MX stand there and shall be respected
     */
    public static Zone enabled(Zone zone, String host, ForeignMx foreignMx, MergedSpf mergedSpf, Instant now) {
        List<DnsRecord> foreign = HostRecords.foreignMx(zone, host);
        if (foreignMx == ForeignMx.REFUSED && !foreign.isEmpty()) {
            throw new Refusal(409, 2008, "Non-Cloudflare MX records exist");
        }
        if (!zone.routing().routes(host) && zone.routing().hosts().size() >= MOST_HOSTS) {
            throw Refusals.invalidInput("a zone routes mail for at most " + MOST_HOSTS + " domains");
        }
        List<DnsRecord> records = new ArrayList<>(zone.dnsRecords());
        if (foreignMx == ForeignMx.REPLACED) {
            records.removeAll(foreign);
        }
        records.removeIf(record -> record.isSpf()
                && record.name().equals(host)
                && (HostRecords.isForeignPolicy(record)
                        || (mergedSpf == MergedSpf.REPLACED && !HostRecords.isOwnPolicy(record))));
        Zone cleared = zone.withDnsRecords(records);
        HostRecords.required(zone, host, now).stream()
                .filter(required -> !HostRecords.isThere(cleared, required))
                .forEach(records::add);
        return zone.withDnsRecords(records).withRouting(zone.routing().withHost(host, HostLock.LOCKED, now));
    }

    /** Without the MX records that Email Routing put there. */
    static Zone withoutOwnMx(Zone zone, String host) {
        return zone.withDnsRecords(zone.dnsRecords().stream()
                .filter(record -> !(record.isMx() && host.equals(record.routingHost())))
                .toList());
    }

    /** Lets a host's records be edited; a host that does not route mail is left as it is. */
    static Zone unlocked(Zone zone, String host, Instant now) {
        return zone.routing().routes(host)
                ? zone.withRouting(zone.routing().withHost(host, HostLock.UNLOCKED, now))
                : zone;
    }

    /** Removes a host's records. The zone's own name takes all its subdomains with it. */
    public static Zone disabled(Zone zone, String host, Instant now) {
        boolean everything = host.equals(zone.name());
        List<DnsRecord> kept = zone.dnsRecords().stream()
                .filter(record -> record.routingHost() == null
                        || (!everything && !record.routingHost().equals(host)))
                .toList();
        return zone.withDnsRecords(kept)
                .withRouting(
                        everything
                                ? zone.routing().withHosts(new TreeMap<>(), now)
                                : zone.routing().withoutHost(host, now));
    }

    /** What happens to MX records that deliver elsewhere. */
    public enum ForeignMx {
        REFUSED,
        REPLACED,
        IGNORED
    }

    /** What happens to a sender policy that names Email Routing and others. */
    public enum MergedSpf {
        KEPT,
        REPLACED
    }
}
