package io.maildomain.operator.controller.maildomain.plan;

import io.maildomain.operator.cloudflare.CatchAll;
import io.maildomain.operator.cloudflare.RoutingRule;
import io.maildomain.operator.cloudflare.RoutingSettings;
import io.maildomain.operator.cloudflare.Zone;
import io.maildomain.operator.ownership.OwnerMark;
import java.util.List;
import java.util.Optional;

/**
 * What Cloudflare has for one zone, as one reconcile read it.
 *
 * @param hosts what stands in DNS for the domain (asked only where routing is not plainly ready) and for each subdomain
 * @param rules every routing rule but the catch-all
 */
public record ObservedState(
        Zone zone, RoutingSettings routing, List<HostDns> hosts, List<RoutingRule> rules, CatchAll catchAll) {

    public ObservedState {
        hosts = List.copyOf(hosts);
        rules = List.copyOf(rules);
    }

    /** What is known of a host's DNS; empty where it was not asked for. */
    public Optional<HostDns> host(String name) {
        return hosts.stream().filter(host -> host.name().equals(name)).findFirst();
    }

    /** The rules that are not ours. */
    public List<RoutingRule> ofOthers(OwnerMark mark) {
        return rules.stream().filter(rule -> !new LiveRule(rule).isOurs(mark)).toList();
    }

    /** Whether a user unlocked the zone's mail records: they stay editable, and the operator does not lock them again. */
    boolean unlocked() {
        return "unlocked".equals(routing.status());
    }
}
