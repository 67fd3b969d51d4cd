package io.maildomain.operator.domain;

import io.maildomain.api.v1alpha1.Ownership;
import io.maildomain.operator.cloudflare.CatchAll;
import io.maildomain.operator.cloudflare.Cloudflare;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.RoutingSettings;
import io.maildomain.operator.cloudflare.RuleAction;
import io.maildomain.operator.cloudflare.RuleList;
import io.maildomain.operator.cloudflare.Use;
import io.maildomain.operator.cloudflare.Zone;
import io.maildomain.operator.publicdns.PublicDns;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads what a plan needs and no more: settings, rules, and DNS where settings alone do not tell. */
final class Observer {

    private static final CatchAll UNTOUCHED = new CatchAll("", "", false, List.of(RuleAction.drop()), "api");

    private final Cloudflare cloudflare;
    private final PublicDns publicDns;
    private final Use use;

    Observer(Cloudflare cloudflare, PublicDns publicDns, Use use) {
        this.cloudflare = cloudflare;
        this.publicDns = publicDns;
        this.use = use;
    }

    /**
     * The snapshot that a plan is made from.
     *
     * @param fresh the zone was created just now: nothing of others can be in it
     */
    Snapshot observe(Zone zone, Wanted wanted, Ownership ledger, boolean fresh) {
        RoutingSettings routing = cloudflare.routing(zone.id(), use);
        MailRecords records = new MailRecords(cloudflare, publicDns, use, zone, fresh);
        List<HostDns> hosts = new ArrayList<>();
        if (!routing.enabled() || !"ready".equals(routing.status())) {
            hosts.add(apex(zone, wanted, routing, records));
        }
        hosts.addAll(subdomains(zone, wanted, ledger, records));
        return withRules(zone, routing, hosts);
    }

    private HostDns apex(Zone zone, Wanted wanted, RoutingSettings routing, MailRecords records) {
        HostDns said = HostDns.of(wanted.domain(), cloudflare.routingDns(zone.id(), use))
                .withSettings(routing);
        boolean leftAlone = routing.enabled() && "unlocked".equals(routing.status());
        return said.unclear() && !leftAlone ? said.or(records.of(wanted.domain())) : said;
    }

    /** What Cloudflare shows of what was done: the settings where they were touched, hosts whose records were missing. */
    Aftermath after(Snapshot before, Wanted wanted, Applied applied, Instant now) {
        boolean touched = applied.did(Change.EnableRouting.class)
                || applied.did(Change.AddSubdomain.class)
                || applied.did(Change.RemoveSubdomain.class);
        if (!touched) {
            return Aftermath.none(before, now);
        }
        Zone zone = before.zone();
        RoutingSettings routing = cloudflare.routing(zone.id(), use);
        List<HostDns> hosts = new ArrayList<>();
        boolean plainlyReady = routing.enabled() && "ready".equals(routing.status());
        if (applied.did(Change.EnableRouting.class) && !plainlyReady) {
            hosts.add(apex(zone, wanted, routing, new MailRecords(cloudflare, publicDns, use, zone, false)));
        }
        applied.done().stream()
                .filter(change -> change instanceof Change.AddSubdomain)
                .map(Change::subject)
                .filter(host -> before.host(host).filter(HostDns::missing).isPresent())
                .forEach(host -> hosts.add(HostDns.of(host, cloudflare.routingDns(zone.id(), host, use))));
        return new Aftermath(routing, hosts, now);
    }

    /** Those that can route mail; beyond Cloudflare's limit none can, so none is asked about. */
    private List<HostDns> subdomains(Zone zone, Wanted wanted, Ownership ledger, MailRecords records) {
        List<HostDns> hosts = new ArrayList<>();
        int routable = 0;
        for (String host : HostPlanner.inOrder(wanted, ledger)) {
            if (routable == HostPlanner.MOST_SUBDOMAINS) {
                break;
            }
            HostDns said = HostDns.of(host, cloudflare.routingDns(zone.id(), host, use));
            boolean ours = ledger.subdomains().contains(host);
            HostDns dns = said;
            if (said.unclear() && (!ours || said.missing())) {
                dns = said.or(records.of(host));
            } else if (said.lacks() == HostDns.Known.UNKNOWN) {
                dns = said.or(records.seenFromOutside(host));
            }
            hosts.add(dns);
            routable += dns.foreign() ? 0 : 1;
        }
        return hosts;
    }

    /** The snapshot that undoing is planned from: DNS has no say in it. */
    Snapshot observeForUndo(Zone zone) {
        return withRules(zone, cloudflare.routing(zone.id(), use), List.of());
    }

    /**
     * What a step that cannot be taken back is decided on.
     *
     * @param withRecords whether the zone's DNS records have a say in it
     */
    Evidence evidence(Zone zone, boolean withRecords) {
        RoutingSettings routing = cloudflare.routing(zone.id(), use);
        RuleList rules = cloudflare.rules(zone.id(), use);
        Snapshot snapshot = new Snapshot(zone, routing, List.of(), rules.rules(), catchAll(zone));
        CatchAll listed = rules.listedCatchAll().orElse(null);
        if (withRecords) {
            try {
                return new Evidence(snapshot, listed, true, cloudflare.dnsRecords(zone.id(), use));
            } catch (CloudflareException e) {
                boolean mayNot = e.refused()
                        .filter(refused -> refused.status() == 403 || refused.status() == 401)
                        .isPresent();
                if (!mayNot) {
                    throw e;
                }
            }
        }
        return new Evidence(snapshot, listed, false, List.of());
    }

    /** Asked for by itself: that a list leaves it out does not mean that nobody has touched it. */
    CatchAll catchAll(Zone zone) {
        try {
            return cloudflare.catchAll(zone.id(), use);
        } catch (CloudflareException e) {
            if (e.catchAllMissing()) {
                return UNTOUCHED;
            }
            throw e;
        }
    }

    private Snapshot withRules(Zone zone, RoutingSettings routing, List<HostDns> hosts) {
        RuleList rules = cloudflare.rules(zone.id(), use);
        return new Snapshot(
                zone, routing, hosts, rules.rules(), rules.listedCatchAll().orElse(UNTOUCHED));
    }
}
