package io.maildomain.operator.trace;

import io.maildomain.api.v1alpha1.RuleState;
import io.maildomain.operator.cloudflare.CatchAll;
import io.maildomain.operator.cloudflare.Cloudflare;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.DnsReport;
import io.maildomain.operator.cloudflare.HostNames;
import io.maildomain.operator.cloudflare.RoutingRule;
import io.maildomain.operator.cloudflare.RoutingSettings;
import io.maildomain.operator.cloudflare.RuleList;
import io.maildomain.operator.cloudflare.Zone;
import io.maildomain.operator.controller.maildomain.plan.HostDns;
import io.maildomain.operator.dns.PublicDns;
import io.maildomain.operator.dns.plan.WorldView;
import io.maildomain.operator.ownership.OwnerMark;
import io.maildomain.operator.trace.plan.MailTrace;
import io.maildomain.operator.trace.plan.TraceFacts;
import io.maildomain.operator.trace.plan.TraceFacts.Content;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Asks Cloudflare, DNS and the cluster for what lies on the way of a mail: a handful of reads, and nothing is written. */
public final class Tracer {

    /** No name of a host has more labels that a zone could have. */
    private static final int LABELS = 10;

    /** Of the rules of one zone, a resource or two are the rule. */
    private static final int MAKERS = 200;

    private final Cloudflare cloudflare;
    private final PublicDns nameServers;
    private final Function<String, Optional<WorldView>> world;
    private final BiFunction<String, Set<String>, Map<String, Map<String, RuleState>>> states;

    /**
     * @param nameServers of zones, asked for the records of a host of which Cloudflare does not tell
     * @param world what the world sees of a domain; empty: it is not asked
     * @param states what the MailDomains for a domain say of their rules, as {@link TraceFacts#states} has it, those among them that are named as
     *     makers of its rules; empty where there is no cluster
     */
    public Tracer(
            Cloudflare cloudflare,
            PublicDns nameServers,
            Function<String, Optional<WorldView>> world,
            BiFunction<String, Set<String>, Map<String, Map<String, RuleState>>> states) {
        this.cloudflare = cloudflare;
        this.nameServers = nameServers;
        this.world = world;
        this.states = states;
    }

    /** The address in the form that is followed: lower case, its domain as A-labels; empty where it is none. */
    public static Optional<String> address(String given) {
        String address = HostNames.asciiAddress(given.strip()).toLowerCase(Locale.ROOT);
        int at = address.lastIndexOf('@');
        String host = address.substring(at + 1);
        boolean isOne = at > 0
                && host.indexOf('.') > 0
                && !host.endsWith(".")
                && address.chars().noneMatch(c -> c <= ' ' || c >= 0x7f);
        return isOne ? Optional.of(address) : Optional.empty();
    }

    /**
     * @param address as {@link #address} has it
     * @throws CloudflareException where Cloudflare does not tell what has to be known
     */
    public MailTrace trace(String address) {
        String host = address.substring(address.lastIndexOf('@') + 1);
        Optional<Zone> zone = zoneOf(host);
        if (zone.isEmpty()) {
            return MailTrace.of(address, new TraceFacts(null, null, null, Map.of()));
        }
        Optional<WorldView> view = world.apply(zone.get().name());
        if (!zone.get().status().equals("active")) {
            return MailTrace.of(address, new TraceFacts(view.orElse(null), zone.get(), null, Map.of()));
        }
        Content content = content(zone.get(), host);
        return MailTrace.of(
                address,
                new TraceFacts(
                        view.orElse(null),
                        zone.get(),
                        content,
                        states.apply(zone.get().name(), makers(content))));
    }

    /** The longest name wins; of several zones of one name the active one. */
    private Optional<Zone> zoneOf(String host) {
        String name = host;
        for (int label = 0; label < LABELS && name.indexOf('.') > 0; label++) {
            Optional<Zone> found = cloudflare.zonesNamed(name).zones().stream()
                    .max(Comparator.comparing(zone -> zone.status().equals("active")));
            if (found.isPresent()) {
                return found;
            }
            name = name.substring(name.indexOf('.') + 1);
        }
        return Optional.empty();
    }

    private Content content(Zone zone, String host) {
        RoutingSettings routing = cloudflare.routing(zone.id());
        RuleList listed = cloudflare.rules(zone.id());
        CatchAll catchAll = listed.listedCatchAll().orElseGet(() -> cloudflare.catchAll(zone.id()));
        return new Content(routing, dns(zone, host, routing), listed.rules(), catchAll);
    }

    private HostDns dns(Zone zone, String host, RoutingSettings routing) {
        boolean isApex = HostNames.same(host, zone.name());
        DnsReport report = isApex ? cloudflare.routingDns(zone.id()) : cloudflare.routingDns(zone.id(), host);
        HostDns known = HostDns.of(host, report);
        if (known.lacks() == HostDns.Known.UNKNOWN) {
            known = nameServers
                    .mailRecords(host, zone.nameServers())
                    .map(records -> HostDns.ofRecords(host, records))
                    .orElse(known);
        }
        return isApex ? known.withSettings(routing) : known;
    }

    private static Set<String> makers(Content content) {
        return content.rules().stream()
                .map(RoutingRule::name)
                .filter(name -> OwnerMark.markIn(name).isPresent())
                .flatMap(name -> OwnerMark.makerIn(name).stream())
                .limit(MAKERS)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
