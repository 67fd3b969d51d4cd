package io.maildomain.simulator.state;

import java.util.List;
import java.util.Optional;

/** A zone and all that lies in it. */
public record Zone(
        String id,
        String name,
        String accountId,
        Registration registration,
        RoutingSettings routing,
        List<DnsRecord> dnsRecords,
        List<RoutingRule> rules,
        RoutingRule catchAll) {

    public Zone {
        id = id == null ? Ids.next() : id;
        name = HostNames.ascii(Required.text(name, "a zone's name"));
        accountId = accountId == null ? Account.DEFAULT_ID : accountId;
        registration = registration == null
                ? new Registration(null, null, false, null, null, null, null, null, null, null, null)
                : registration;
        routing = routing == null ? RoutingSettings.off(registration.createdOn()) : routing;
        dnsRecords = dnsRecords == null ? List.of() : List.copyOf(dnsRecords);
        rules = rules == null ? List.of() : List.copyOf(rules);
        catchAll = catchAll == null ? RoutingRule.defaultCatchAll(registration.createdOn()) : catchAll;
    }

    /** A zone that was not touched yet. */
    public static Zone fresh(String name, String accountId, Registration registration) {
        return new Zone(null, name, accountId, registration, null, null, null, null);
    }

    public Zone withRegistration(Registration changed) {
        return new Zone(id, name, accountId, changed, routing, dnsRecords, rules, catchAll);
    }

    public Zone withRouting(RoutingSettings changed) {
        return new Zone(id, name, accountId, registration, changed, dnsRecords, rules, catchAll);
    }

    public Zone withDnsRecords(List<DnsRecord> changed) {
        return new Zone(id, name, accountId, registration, routing, changed, rules, catchAll);
    }

    public Zone withRules(List<RoutingRule> changed) {
        return new Zone(id, name, accountId, registration, routing, dnsRecords, changed, catchAll);
    }

    public Zone withCatchAll(RoutingRule changed) {
        return new Zone(id, name, accountId, registration, routing, dnsRecords, rules, changed);
    }

    /** Whether Email Routing is on for the zone's own name. */
    public boolean routesMail() {
        return routing.routes(name);
    }

    /** Whether the host is the zone's name or a name under it. */
    public boolean contains(String host) {
        return host.equals(name) || host.endsWith("." + name);
    }

    public Optional<DnsRecord> dnsRecord(String recordId) {
        return dnsRecords.stream().filter(r -> r.id().equals(recordId)).findFirst();
    }

    public Optional<RoutingRule> rule(String ruleId) {
        return rules.stream().filter(r -> r.id().equals(ruleId)).findFirst();
    }
}
