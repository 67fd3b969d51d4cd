package io.maildomain.operator.dns;

import io.maildomain.operator.cloudflare.DnsRecord;
import java.util.List;
import java.util.Optional;

/** What the name servers of a zone say of a host's mail. It takes no right of any token. */
@FunctionalInterface
public interface PublicDns {

    /** No server is asked. */
    PublicDns OFF = (host, nameServers) -> Optional.empty();

    /**
     * The MX and TXT records of a host; none is an answer as well. Comes back within seconds.
     *
     * @param nameServers of the zone, by name
     * @return empty where no name server gave an answer that can be relied upon
     */
    Optional<List<DnsRecord>> mailRecords(String host, List<String> nameServers);
}
