package io.maildomain.simulator.workers;

import io.maildomain.simulator.api.Call;
import io.maildomain.simulator.state.Account;
import io.maildomain.simulator.state.CustomDomain;
import io.maildomain.simulator.state.DnsRecord;
import io.maildomain.simulator.state.Lists;
import io.maildomain.simulator.state.Platform;
import io.maildomain.simulator.state.World;
import io.maildomain.simulator.state.Zone;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The DNS record that makes a custom domain resolve: Cloudflare adds it, and takes it away with the domain. */
final class HostNameRecords {

    private static final String TYPE = "AAAA";

    /** The discard address, which Cloudflare's proxy answers for. */
    private static final String CONTENT = "100::";

    private static final Set<String> IN_THE_WAY = Set.of("A", TYPE, "CNAME");

    private HostNameRecords() {}

    /** A record of another user's under the name. */
    static Optional<DnsRecord> foreign(Zone zone, String hostname) {
        return zone.dnsRecords().stream()
                .filter(record -> record.name().equals(hostname) && IN_THE_WAY.contains(record.type()))
                .filter(record -> !isOurs(record, hostname))
                .findFirst();
    }

    private static boolean isOurs(DnsRecord record, String hostname) {
        return record.name().equals(hostname)
                && record.type().equals(TYPE)
                && record.content().equals(CONTENT);
    }

    /** Adds the record, in place of whatever stands there. */
    static void add(Call call, Zone zone, String hostname) {
        List<DnsRecord> others = Lists.without(
                zone.dnsRecords(), record -> record.name().equals(hostname) && IN_THE_WAY.contains(record.type()));
        DnsRecord record = new DnsRecord(
                null, hostname, TYPE, CONTENT, null, 1, true, null, null, null, null, call.now(), call.now());
        call.world().put(zone.withDnsRecords(Lists.with(others, record)));
    }

    private static void remove(World world, CustomDomain domain) {
        world.zone(domain.zoneId())
                .ifPresent(zone -> world.put(zone.withDnsRecords(
                        Lists.without(zone.dnsRecords(), record -> isOurs(record, domain.hostname())))));
    }

    /** Takes a custom domain away with its record. */
    static void withoutDomain(Call call, CustomDomain domain) {
        remove(call.world(), domain);
        Account account = call.account();
        Platform platform = account.platform();
        call.world()
                .put(account.withPlatform(
                        platform.withCustomDomains(Lists.without(platform.customDomains(), domain::equals))));
    }

    /** Takes away what leads to a Worker: its custom domains with their records, and its routes. */
    static void withoutWorker(Call call, String name) {
        call.account().platform().customDomains().stream()
                .filter(domain -> domain.service().equals(name))
                .forEach(domain -> withoutDomain(call, domain));
        Account account = call.account();
        Platform platform = account.platform();
        call.world()
                .put(account.withPlatform(platform.withRoutes(
                        Lists.without(platform.routes(), route -> route.script().equals(name)))));
    }
}
