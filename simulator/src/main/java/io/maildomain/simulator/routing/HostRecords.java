package io.maildomain.simulator.routing;

import io.maildomain.simulator.state.DnsRecord;
import io.maildomain.simulator.state.Zone;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The DNS records that Email Routing needs at a host, and those that stand in its way. */
final class HostRecords {

    static final String SPF_INCLUDE = "include:_spf.mx.cloudflare.net";

    private static final String SPF = "v=spf1 " + SPF_INCLUDE + " ~all";
    private static final String DKIM_LABEL = "cf2024-1._domainkey.";
    private static final String DKIM = "v=DKIM1; h=sha256; k=rsa; "
            + "p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAsimulated0simulated0simulated0simulated0simulated0simulated0"
            + "simulated0simulated0simulated0simulated0IDAQAB";
    private static final String OWN_MX = ".mx.cloudflare.net";

    private HostRecords() {}

    /** What a host needs: three MX, SPF and DKIM. The priorities of the MX depend on the zone, as live. */
    static List<DnsRecord> required(Zone zone, String host, Instant now) {
        List<DnsRecord> records = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            records.add(DnsRecord.plain(host, "MX", "route" + i + OWN_MX, priority(zone, i), host, now));
        }
        records.add(DnsRecord.plain(host, "TXT", SPF, null, host, now));
        records.add(DnsRecord.plain(DKIM_LABEL + host, "TXT", DKIM, null, host, now));
        return records;
    }

    private static int priority(Zone zone, int number) {
        return 1 + Math.floorMod((zone.id() + number).hashCode(), 97);
    }

    /** MX records at the host that deliver elsewhere; a null MX is one of them. */
    static List<DnsRecord> foreignMx(Zone zone, String host) {
        return zone.dnsRecords().stream()
                .filter(record -> record.isMx() && record.name().equals(host))
                .filter(record -> !isOwnMx(record))
                .toList();
    }

    /** Every sender policy at the host. */
    static List<DnsRecord> senderPolicies(Zone zone, String host) {
        return zone.dnsRecords().stream()
                .filter(record -> record.isSpf() && record.name().equals(host))
                .toList();
    }

    static boolean isForeignPolicy(DnsRecord spf) {
        return !spf.text().toLowerCase(Locale.ROOT).contains(SPF_INCLUDE);
    }

    /** Whether it is the policy that Email Routing adds, and names no other sender. */
    static boolean isOwnPolicy(DnsRecord spf) {
        return spf.text().equalsIgnoreCase(SPF);
    }

    private static boolean isOwnMx(DnsRecord record) {
        String target = record.content().toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
        return target.endsWith(OWN_MX);
    }

    /** Whether the zone has a record like this one; for an SPF record any policy that includes ours will do. */
    static boolean isThere(Zone zone, DnsRecord required) {
        if (required.isSpf()) {
            return senderPolicies(zone, required.name()).stream().anyMatch(spf -> !isForeignPolicy(spf));
        }
        return zone.dnsRecords().stream()
                .filter(record ->
                        record.name().equals(required.name()) && record.type().equals(required.type()))
                .anyMatch(record -> record.text().equalsIgnoreCase(required.text()));
    }
}
