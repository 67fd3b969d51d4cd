package io.maildomain.operator.controller.maildomain;

import io.maildomain.operator.cloudflare.Cloudflare;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.DnsRecord;
import io.maildomain.operator.cloudflare.Zone;
import io.maildomain.operator.controller.maildomain.plan.HostDns;
import io.maildomain.operator.dns.PublicDns;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The mail records that stand in one zone, for as long as one look at it lasts: from its DNS records, read once, where the
 * token may read them; else as the zone's own name servers tell the world.
 */
final class MailRecords {

    private final Cloudflare cloudflare;
    private final PublicDns publicDns;

    private final Zone zone;
    private final boolean fresh;

    private @Nullable List<DnsRecord> read;
    private boolean refused;

    /** @param fresh the zone was created just now, and is empty */
    MailRecords(Cloudflare cloudflare, PublicDns publicDns, Zone zone, boolean fresh) {
        this.cloudflare = cloudflare;
        this.publicDns = publicDns;
        this.zone = zone;
        this.fresh = fresh;
    }

    /** What stands at the host. */
    HostDns of(String host) {
        if (fresh) {
            return HostDns.ofRecords(host, List.of());
        }
        return inZone().map(records -> HostDns.ofRecords(host, records)).orElseGet(() -> seenFromOutside(host));
    }

    /** The same without a call to Cloudflare. */
    HostDns seenFromOutside(String host) {
        return publicDns
                .mailRecords(host, zone.nameServers())
                .map(records -> HostDns.ofRecords(host, records))
                .orElseGet(() -> HostDns.unknown(host));
    }

    private Optional<List<DnsRecord>> inZone() {
        if (read == null && !refused) {
            try {
                read = cloudflare.dnsRecords(zone.id());
            } catch (CloudflareException e) {
                refused = e.refused()
                        .filter(answer -> answer.status() == 403 || answer.status() == 401)
                        .isPresent();
                if (!refused) {
                    throw e;
                }
            }
        }
        return Optional.ofNullable(read);
    }
}
