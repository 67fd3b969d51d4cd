package io.maildomain.operator.domain;

import io.maildomain.operator.cloudflare.CatchAll;
import io.maildomain.operator.cloudflare.Cloudflare;
import io.maildomain.operator.cloudflare.RoutingSettings;
import io.maildomain.operator.cloudflare.RuleAction;
import io.maildomain.operator.cloudflare.RuleList;
import io.maildomain.operator.cloudflare.Use;
import io.maildomain.operator.cloudflare.Zone;
import java.util.ArrayList;
import java.util.List;

/** Reads what a plan needs and no more: settings, rules, and DNS where settings alone do not tell. */
final class Observer {

    private static final CatchAll UNTOUCHED = new CatchAll("", "", false, List.of(RuleAction.drop()), "api");

    private final Cloudflare cloudflare;
    private final Use use;

    Observer(Cloudflare cloudflare, Use use) {
        this.cloudflare = cloudflare;
        this.use = use;
    }

    /** The snapshot that a plan is made from. */
    Snapshot observe(Zone zone, Wanted wanted) {
        RoutingSettings routing = cloudflare.routing(zone.id(), use);
        List<HostDns> hosts = new ArrayList<>();
        if (!routing.enabled() || !"ready".equals(routing.status())) {
            hosts.add(HostDns.ofApex(wanted.domain(), cloudflare.routingDns(zone.id(), use)));
        }
        for (String host : wanted.subdomainHosts()) {
            hosts.add(HostDns.of(host, cloudflare.routingDns(zone.id(), host, use)));
        }
        return withRules(zone, routing, hosts);
    }

    /** The snapshot that undoing is planned from: DNS has no say in it. */
    Snapshot observeForUndo(Zone zone) {
        return withRules(zone, cloudflare.routing(zone.id(), use), List.of());
    }

    private Snapshot withRules(Zone zone, RoutingSettings routing, List<HostDns> hosts) {
        RuleList rules = cloudflare.rules(zone.id(), use);
        return new Snapshot(
                zone, routing, hosts, rules.rules(), rules.listedCatchAll().orElse(UNTOUCHED));
    }
}
