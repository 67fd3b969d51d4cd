package io.maildomain.operator.controller.maildomain;

import io.maildomain.api.v1alpha1.AdoptedRule;
import io.maildomain.api.v1alpha1.Ownership;
import io.maildomain.operator.cloudflare.CatchAll;
import io.maildomain.operator.cloudflare.Cloudflare;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.RoutingRule;
import io.maildomain.operator.cloudflare.RoutingSettings;
import io.maildomain.operator.cloudflare.RuleList;
import io.maildomain.operator.cloudflare.Zone;
import io.maildomain.operator.controller.maildomain.plan.Aftermath;
import io.maildomain.operator.controller.maildomain.plan.Change;
import io.maildomain.operator.controller.maildomain.plan.DeletionEvidence;
import io.maildomain.operator.controller.maildomain.plan.DesiredState;
import io.maildomain.operator.controller.maildomain.plan.HostDns;
import io.maildomain.operator.controller.maildomain.plan.HostPlanner;
import io.maildomain.operator.controller.maildomain.plan.ObservedState;
import io.maildomain.operator.dns.PublicDns;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what a plan needs and no more: settings, rules, and DNS where settings by themselves do not tell. */
final class Observer {

    private final Cloudflare cloudflare;
    private final PublicDns publicDns;

    Observer(Cloudflare cloudflare, PublicDns publicDns) {
        this.cloudflare = cloudflare;
        this.publicDns = publicDns;
    }

    /**
     * What a plan is made from.
     *
     * @param fresh the zone was created just now, by this very reconcile: nothing is in it
     */
    ObservedState observe(Zone zone, DesiredState desired, Ownership ownership, boolean fresh) {
        if (fresh && desired.spec().wantedSubaddressing().isEmpty()) {
            Stream<String> hosts =
                    Stream.concat(Stream.of(desired.domain()), HostPlanner.inOrder(desired, ownership).stream());
            return ObservedState.ofNewZone(zone, hosts, CatchAll.UNTOUCHED);
        }
        RoutingSettings routing = cloudflare.routing(zone.id());
        MailRecords records = new MailRecords(cloudflare, publicDns, zone, fresh);
        List<HostDns> hosts = new ArrayList<>();
        if (!routing.isPlainlyReady()) {
            hosts.add(apex(zone, desired, routing, records));
        }
        hosts.addAll(subdomains(zone, desired, ownership, records));
        return withRules(zone, routing, hosts, ownership);
    }

    private HostDns apex(Zone zone, DesiredState desired, RoutingSettings routing, MailRecords records) {
        HostDns said =
                HostDns.of(desired.domain(), cloudflare.routingDns(zone.id())).withSettings(routing);
        boolean leftAlone = routing.enabled() && "unlocked".equals(routing.status());
        return said.unclear() && !leftAlone ? said.or(records.of(desired.domain())) : said;
    }

    /**
     * What Cloudflare shows of what was done: the settings where they were touched, hosts whose records were missing. An answer
     * that showed the settings as they should be is as good as asking for them.
     */
    Aftermath after(ObservedState before, DesiredState desired, ApplyResult applied, Instant now) {
        boolean touched = applied.did(Change.EnableRouting.class)
                || applied.did(Change.AddSubdomain.class)
                || applied.did(Change.RemoveSubdomain.class);
        if (!touched) {
            return Aftermath.none(before, now);
        }
        Zone zone = before.zone();
        RoutingSettings shown = applied.shown();
        RoutingSettings routing = shown != null && shown.isPlainlyReady() ? shown : cloudflare.routing(zone.id());
        List<HostDns> hosts = new ArrayList<>();
        if (applied.did(Change.EnableRouting.class) && !routing.isPlainlyReady()) {
            hosts.add(apex(zone, desired, routing, new MailRecords(cloudflare, publicDns, zone, false)));
        }
        applied.done().stream()
                .filter(change -> change instanceof Change.AddSubdomain)
                .map(Change::subject)
                .filter(host -> before.host(host).filter(HostDns::missing).isPresent())
                .forEach(host -> hosts.add(HostDns.of(host, cloudflare.routingDns(zone.id(), host))));
        return new Aftermath(routing, hosts, now);
    }

    /** Those that can route mail; beyond Cloudflare's limit none can, so none is asked about. */
    private List<HostDns> subdomains(Zone zone, DesiredState desired, Ownership ownership, MailRecords records) {
        List<HostDns> hosts = new ArrayList<>();
        int routable = 0;
        for (String host : HostPlanner.inOrder(desired, ownership)) {
            if (routable == HostPlanner.MOST_SUBDOMAINS) {
                break;
            }
            HostDns said = HostDns.of(host, cloudflare.routingDns(zone.id(), host));
            boolean ours = ownership.subdomains().contains(host);
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

    /** What cleaning up is planned from: DNS has no say in it. */
    ObservedState observeForCleanup(Zone zone, Ownership ownership) {
        return withRules(zone, cloudflare.routing(zone.id()), List.of(), ownership);
    }

    /**
     * What a step that cannot be taken back is decided on.
     *
     * @param withRecords whether the zone's DNS records have a say in it
     */
    DeletionEvidence evidence(Zone zone, Ownership ownership, boolean withRecords) {
        RoutingSettings routing = cloudflare.routing(zone.id());
        RuleList rules = cloudflare.rules(zone.id());
        ObservedState observed =
                new ObservedState(zone, routing, List.of(), withAdopted(zone, rules, ownership), catchAll(zone));
        CatchAll listed = rules.listedCatchAll().orElse(null);
        if (withRecords) {
            try {
                return new DeletionEvidence(observed, listed, true, cloudflare.dnsRecords(zone.id()));
            } catch (CloudflareException e) {
                boolean mayNot = e.refused()
                        .filter(refused -> refused.status() == 403 || refused.status() == 401)
                        .isPresent();
                if (!mayNot) {
                    throw e;
                }
            }
        }
        return new DeletionEvidence(observed, listed, false, List.of());
    }

    /** Asked for by itself: that a list leaves it out does not mean that it was never touched. */
    CatchAll catchAll(Zone zone) {
        try {
            return cloudflare.catchAll(zone.id());
        } catch (CloudflareException e) {
            if (e.catchAllMissing()) {
                return CatchAll.UNTOUCHED;
            }
            throw e;
        }
    }

    private ObservedState withRules(Zone zone, RoutingSettings routing, List<HostDns> hosts, Ownership ownership) {
        RuleList rules = cloudflare.rules(zone.id());
        return new ObservedState(
                zone,
                routing,
                hosts,
                withAdopted(zone, rules, ownership),
                rules.listedCatchAll().orElse(CatchAll.UNTOUCHED));
    }

    /**
     * The rules of a list, and those that were taken over and that it lacks though they are there. How such a rule was before is known
     * nowhere else, and one list may be short: it is forgotten only once Cloudflare says of that rule that it is gone.
     */
    private List<RoutingRule> withAdopted(Zone zone, RuleList list, Ownership ownership) {
        Set<String> listed = list.rules().stream().map(RoutingRule::id).collect(Collectors.toSet());
        Stream<RoutingRule> lacking = ownership.adoptedRules().stream()
                .map(AdoptedRule::id)
                .filter(Objects::nonNull)
                .distinct()
                .filter(id -> !listed.contains(id))
                .flatMap(id -> rule(zone, id).stream());
        return Stream.concat(list.rules().stream(), lacking).toList();
    }

    /** The rule, unless it is gone; an ownership record that a user edited may name anything. */
    private Optional<RoutingRule> rule(Zone zone, String id) {
        try {
            return Optional.of(cloudflare.rule(zone.id(), id));
        } catch (CloudflareException e) {
            if (e.ruleMissingInZone()) {
                return Optional.empty();
            }
            throw e;
        } catch (IllegalArgumentException malformedId) {
            return Optional.empty();
        }
    }
}
