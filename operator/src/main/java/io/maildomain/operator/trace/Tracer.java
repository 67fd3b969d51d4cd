package io.maildomain.operator.trace;

import io.maildomain.operator.cloudflare.CatchAll;
import io.maildomain.operator.cloudflare.Cloudflare;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.DnsReport;
import io.maildomain.operator.cloudflare.HostNames;
import io.maildomain.operator.cloudflare.RegistrableDomains;
import io.maildomain.operator.cloudflare.RoutingRule;
import io.maildomain.operator.cloudflare.RoutingSettings;
import io.maildomain.operator.cloudflare.RuleList;
import io.maildomain.operator.cloudflare.Zone;
import io.maildomain.operator.controller.maildomain.plan.DesiredState;
import io.maildomain.operator.controller.maildomain.plan.HostDns.Known;
import io.maildomain.operator.dns.PublicDns;
import io.maildomain.operator.dns.plan.WorldView;
import io.maildomain.operator.ownership.OwnerMark;
import io.maildomain.operator.trace.plan.MailHost;
import io.maildomain.operator.trace.plan.MailTrace;
import io.maildomain.operator.trace.plan.TraceFacts;
import io.maildomain.operator.trace.plan.TraceFacts.Asked;
import io.maildomain.operator.trace.plan.TraceFacts.Content;
import io.maildomain.operator.trace.plan.TraceFacts.Outside;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Asks Cloudflare, DNS and the cluster for what lies on the way of a mail: a handful of reads, and nothing is written. */
public final class Tracer {

    /** Of the rules of one zone, a resource or two are the rule. */
    private static final int MAKERS = 200;

    private static final int LONGEST_NAME = 253;
    private static final int LONGEST_LABEL = 63;

    private static final CatchAll NO_CATCH_ALL = new CatchAll("", "", false, List.of(), "api");

    private final Cloudflare cloudflare;
    private final PublicDns nameServers;
    private final Function<String, Optional<WorldView>> world;
    private final BiFunction<String, Set<String>, Map<String, Map<String, Asked>>> asked;

    /**
     * @param nameServers of zones, asked for the records of a host of which Cloudflare does not tell
     * @param world what the world sees of a domain; empty: it is not asked
     * @param asked what the MailDomains for a domain ask for, as {@link TraceFacts#asked} has it, those among them that are named as
     *     makers of its rules; empty where there is no cluster
     */
    public Tracer(
            Cloudflare cloudflare,
            PublicDns nameServers,
            Function<String, Optional<WorldView>> world,
            BiFunction<String, Set<String>, Map<String, Map<String, Asked>>> asked) {
        this.cloudflare = cloudflare;
        this.nameServers = nameServers;
        this.world = world;
        this.asked = asked;
    }

    /** The address in the form that is followed: lower case, its domain as A-labels; empty where it is none. */
    public static Optional<String> address(String given) {
        String address = HostNames.asciiAddress(given.strip()).toLowerCase(Locale.ROOT);
        int at = address.lastIndexOf('@');
        String host = address.substring(at + 1);
        boolean isOne = at > 0
                && host.indexOf('.') > 0
                && isNoLongerThanNames(host)
                && !host.endsWith(".")
                && address.chars().noneMatch(c -> c <= ' ' || c >= 0x7f);
        return isOne ? Optional.of(address) : Optional.empty();
    }

    private static boolean isNoLongerThanNames(String host) {
        return host.length() <= LONGEST_NAME
                && Arrays.stream(host.split("\\.", -1)).allMatch(label -> label.length() <= LONGEST_LABEL);
    }

    /**
     * @param address as {@link #address} has it
     * @throws CloudflareException where Cloudflare does not tell what has to be known
     */
    public MailTrace trace(String address) {
        String host = DesiredState.hostOf(address);
        Optional<Zone> zone = zoneOf(host);
        if (zone.isEmpty()) {
            return MailTrace.of(address, new TraceFacts(null, null, null, Map.of()));
        }
        Outside seen = outside(zone.get().name(), host);
        if (!zone.get().status().equals("active")) {
            return MailTrace.of(address, new TraceFacts(seen, zone.get(), null, Map.of()));
        }
        Content content = content(zone.get(), host);
        return MailTrace.of(
                address,
                new TraceFacts(seen, zone.get(), content, asked.apply(zone.get().name(), makers(content))));
    }

    private @Nullable Outside outside(String zone, String host) {
        Optional<WorldView> registered = world.apply(zone);
        Optional<WorldView> addressed = HostNames.same(zone, host) ? registered : world.apply(host);
        return registered
                .flatMap(one -> addressed.map(other -> new Outside(one, other)))
                .orElse(null);
    }

    /** The longest name wins; of several zones of one name the active one. */
    private Optional<Zone> zoneOf(String host) {
        for (String name : RegistrableDomains.namesOfZones(host)) {
            Optional<Zone> found = cloudflare.zonesNamed(name).zones().stream()
                    .max(Comparator.comparing(zone -> zone.status().equals("active")));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Content content(Zone zone, String host) {
        RoutingSettings routing = cloudflare.routing(zone.id());
        if (HostNames.same(host, zone.name()) && !routing.enabled()) {
            // Mail does not get any further, and Cloudflare may show no rules of such a zone.
            return new Content(routing, MailHost.unknown(), List.of(), NO_CATCH_ALL);
        }
        RuleList listed = cloudflare.rules(zone.id());
        CatchAll catchAll = listed.listedCatchAll().orElseGet(() -> cloudflare.catchAll(zone.id()));
        return new Content(routing, mailHost(zone, host), listed.rules(), catchAll);
    }

    private MailHost mailHost(Zone zone, String host) {
        DnsReport report = HostNames.same(host, zone.name())
                ? cloudflare.routingDns(zone.id())
                : cloudflare.routingDns(zone.id(), host);
        MailHost known = MailHost.of(report);
        return known.routed() == Known.UNKNOWN
                ? nameServers
                        .mailRecords(host, zone.nameServers())
                        .map(MailHost::ofRecords)
                        .orElse(known)
                : known;
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
