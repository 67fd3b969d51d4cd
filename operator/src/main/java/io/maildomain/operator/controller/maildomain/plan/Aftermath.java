package io.maildomain.operator.controller.maildomain.plan;

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
public record Aftermath(RoutingSettings settings, List<HostDns> hosts, Instant at) {

    public Aftermath {
        hosts = List.copyOf(hosts);
    }

    /** Nothing was touched. */
    public static Aftermath none(ObservedState observed, Instant at) {
        return new Aftermath(observed.routing(), List.of(), at);
    }

    Optional<HostDns> host(String name) {
        return hosts.stream().filter(host -> host.name().equals(name)).findFirst();
    }

    /** The verdict on a host whose records were added, or Email Routing switched on. */
    public HostOutcome verdict(String host, boolean apex) {
        if (apex && !settings.enabled()) {
            return HostOutcome.notEnabled(host(host).orElse(HostDns.unknown(host)), settings, at);
        }
        Optional<HostDns> dns = host(host);
        if (dns.filter(HostDns::missing).isPresent()) {
            return HostOutcome.notAdded(dns.get(), settings, at);
        }
        return dns.filter(HostDns::foreign)
                .map(found -> new HostOutcome(host, HostState.Foreign, PlanMessages.recordsTooMany(found)))
                .orElseGet(() -> new HostOutcome(host, HostState.Ready, ""));
    }
}
