package io.maildomain.operator.controller.maildomain.plan;

import io.maildomain.operator.cloudflare.CatchAll;
import io.maildomain.operator.cloudflare.RoutingRule;
import io.maildomain.operator.cloudflare.RoutingSettings;
import io.maildomain.operator.cloudflare.RuleList;
import io.maildomain.operator.cloudflare.Zone;
import io.maildomain.operator.ownership.OwnerMark;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    /**
     * What a zone holds that was created just now: nothing. A rule or record that is there all the same is not harmed, for
     * nothing is planned but to add: Cloudflare refuses a second rule for an address, and the next look sees it.
     *
     * @param hosts the domain and its subdomains
     */
    public static ObservedState ofNewZone(Zone zone, Stream<String> hosts, CatchAll untouched) {
        List<HostDns> empty =
                hosts.map(host -> HostDns.ofRecords(host, List.of())).toList();
        return new ObservedState(zone, RoutingSettings.none(), empty, List.of(), untouched);
    }

    /** The same with the rules as they were read now. */
    public ObservedState withRules(RuleList read) {
        return new ObservedState(
                zone, routing, hosts, read.rules(), read.listedCatchAll().orElse(catchAll));
    }

    /** The same with the zone as it was read now. */
    public ObservedState withZone(Zone read) {
        return new ObservedState(read, routing, hosts, rules, catchAll);
    }

    /**
     * What stands once these changes were made, as far as their answers tell all of it: of rules they do, and of Email Routing itself where
     * it is plainly ready now.
     *
     * @param written the rules as the answers to their writes show them
     * @param settings as they were seen last
     */
    public Optional<ObservedState> after(List<Change> done, List<RoutingRule> written, RoutingSettings settings) {
        boolean told = done.stream()
                .allMatch(change -> change instanceof Change.RuleChange || change instanceof Change.EnableRouting);
        if (!told || !settings.isPlainlyReady()) {
            return Optional.empty();
        }
        Set<String> replaced = Stream.concat(
                        done.stream().flatMap(ObservedState::deleted),
                        written.stream().map(RoutingRule::id))
                .collect(Collectors.toSet());
        List<RoutingRule> standing = Stream.concat(
                        rules.stream().filter(rule -> !replaced.contains(rule.id())), written.stream())
                .toList();
        List<HostDns> others =
                hosts.stream().filter(host -> !host.name().equals(zone.name())).toList();
        return Optional.of(new ObservedState(zone, settings, others, standing, catchAll));
    }

    private static Stream<String> deleted(Change change) {
        return change instanceof Change.DeleteRule delete ? Stream.of(delete.id()) : Stream.empty();
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
