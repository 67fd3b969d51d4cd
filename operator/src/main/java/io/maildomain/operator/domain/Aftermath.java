package io.maildomain.operator.domain;

import io.maildomain.api.v1alpha1.HostState;
import io.maildomain.operator.cloudflare.RoutingSettings;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What Cloudflare shows after a plan was applied: that a call was answered with success does not mean that it took effect.
 *
 * @param settings read again where a change touched them
 * @param hosts looked at again: the domain where it is not plainly ready, subdomains whose records were missing
 */
record Aftermath(RoutingSettings settings, List<HostDns> hosts, Instant at) {

    Aftermath {
        hosts = List.copyOf(hosts);
    }

    /** Nothing was touched. */
    static Aftermath none(Snapshot snapshot, Instant at) {
        return new Aftermath(snapshot.routing(), List.of(), at);
    }

    Optional<HostDns> host(String name) {
        return hosts.stream().filter(host -> host.name().equals(name)).findFirst();
    }

    /** The verdict on a host whose records were added, or Email Routing switched on. */
    HostVerdict verdict(String host, boolean apex) {
        if (apex && !settings.enabled()) {
            return HostVerdict.notEnabled(host(host).orElse(HostDns.unknown(host)), settings, at);
        }
        Optional<HostDns> dns = host(host);
        if (dns.filter(HostDns::missing).isPresent()) {
            return HostVerdict.notAdded(dns.get(), settings, at);
        }
        return dns.filter(HostDns::foreign)
                .map(found -> new HostVerdict(host, HostState.Foreign, Sentences.recordsTooMany(found)))
                .orElseGet(() -> new HostVerdict(host, HostState.Ready, ""));
    }
}
