package io.maildomain.simulator.control;

import io.maildomain.simulator.routing.RoutingSwitch;
import io.maildomain.simulator.state.Account;
import io.maildomain.simulator.state.DnsRecord;
import io.maildomain.simulator.state.HostLock;
import io.maildomain.simulator.state.HostNames;
import io.maildomain.simulator.state.Registration;
import io.maildomain.simulator.state.RoutingRule;
import io.maildomain.simulator.state.World;
import io.maildomain.simulator.state.Zone;
import io.maildomain.simulator.state.ZoneStatus;
import io.maildomain.simulator.zones.NameServers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A zone as another user made it. What is absent stays as it is, or has its default in a new zone.
 *
 * @param accountId default: the first account
 * @param status default: active
 * @param originalRegistrar e.g. {@code Cloudflare, Inc. (id: 1910)}
 * @param routing whether Email Routing is on for the zone's name; foreign records do not stop it here
 * @param unlocked whether its records are unlocked
 * @param subdomains names below the zone (with or without it) that route mail too
 * @param dnsRecords all records that are not Email Routing's
 */
public record ZoneSpec(
        String id,
        String accountId,
        String type,
        ZoneStatus status,
        String originalRegistrar,
        Instant createdOn,
        Boolean routing,
        Boolean unlocked,
        List<String> subdomains,
        Boolean supportSubaddress,
        List<RecordSpec> dnsRecords,
        List<RuleSpec> rules,
        RuleSpec catchAll) {

    /** A DNS record by its essentials; a name is completed with the zone's. */
    public record RecordSpec(String type, String name, String content, Integer priority, Integer ttl, String comment) {

        DnsRecord record(Zone zone, Instant now) {
            String given = name == null ? "@" : HostNames.ascii(name);
            return new DnsRecord(
                    null,
                    host(given, zone),
                    type == null ? "A" : type.toUpperCase(Locale.ROOT),
                    content,
                    priority,
                    ttl == null ? 1 : ttl,
                    false,
                    comment,
                    null,
                    null,
                    null,
                    now,
                    now);
        }
    }

    /** The zone with all that is specified. */
    Zone applied(World world, String name) {
        Optional<Account> owner = accountId == null ? world.firstAccount() : world.account(accountId);
        String account = owner.orElseThrow(() -> new IllegalArgumentException(
                        "there is no account" + (accountId == null ? "" : " " + accountId)))
                .id();
        Optional<Zone> known = world.zonesNamed(name).stream()
                .filter(zone -> zone.accountId().equals(account))
                .findFirst();
        Zone zone = known.orElseGet(() -> fresh(world, name, account));
        Instant now = world.now();
        zone = zone.withRegistration(registration(zone.registration(), now));
        zone = withDns(zone, now);
        zone = withRouting(zone, now);
        Zone whole = withRules(zone, now);
        return known.isPresent() ? world.put(whole) : world.add(whole);
    }

    private Zone fresh(World world, String name, String account) {
        Instant created = createdOn == null ? world.now() : createdOn;
        Registration registration = new Registration(
                type,
                ZoneStatus.ACTIVE,
                false,
                NameServers.of(name, world.history().additions(name).size()),
                null,
                List.of("ns1.registrar.example", "ns2.registrar.example"),
                originalRegistrar,
                created,
                created,
                created,
                null);
        Zone zone = Zone.fresh(name, account, registration);
        return id == null ? zone : new Zone(id, name, account, registration, null, null, null, null);
    }

    private Registration registration(Registration known, Instant now) {
        return status == null || status == known.status() ? known : known.withStatus(status, now);
    }

    private Zone withDns(Zone zone, Instant now) {
        if (dnsRecords == null) {
            return zone;
        }
        List<DnsRecord> records = new ArrayList<>(zone.dnsRecords());
        records.removeIf(record -> record.routingHost() == null);
        dnsRecords.forEach(spec -> records.add(spec.record(zone, now)));
        return zone.withDnsRecords(records);
    }

    private Zone withRouting(Zone zone, Instant now) {
        Zone changed = zone;
        if (Boolean.FALSE.equals(routing)) {
            changed = RoutingSwitch.disabled(changed, zone.name(), now);
        }
        List<DnsRecord> foreign = changed.dnsRecords();
        if (Boolean.TRUE.equals(routing)) {
            changed = enabled(changed, zone.name(), foreign, now);
        }
        for (String subdomain : subdomains == null ? List.<String>of() : subdomains) {
            changed = enabled(changed, host(HostNames.ascii(subdomain), zone), foreign, now);
        }
        if (Boolean.TRUE.equals(unlocked)) {
            changed = changed.withRouting(changed.routing().withHost(zone.name(), HostLock.UNLOCKED, now));
        }
        return supportSubaddress == null
                ? changed
                : changed.withRouting(
                        changed.routing().withOptions(changed.routing().skipWizard(), supportSubaddress, now));
    }

    /** Enabling replaces sender policies of others; here they come back, since a user said that they stand there. */
    private static Zone enabled(Zone zone, String host, List<DnsRecord> before, Instant now) {
        Zone enabled =
                RoutingSwitch.enabled(zone, host, RoutingSwitch.ForeignMx.IGNORED, RoutingSwitch.MergedSpf.KEPT, now);
        List<DnsRecord> records = new ArrayList<>(enabled.dnsRecords());
        before.stream().filter(record -> !records.contains(record)).forEach(records::add);
        return enabled.withDnsRecords(records);
    }

    private Zone withRules(Zone zone, Instant now) {
        Zone changed = zone;
        if (rules != null) {
            List<RoutingRule> made = rules.stream().map(spec -> spec.rule(now)).toList();
            changed = changed.withRules(made);
        }
        return catchAll == null ? changed : changed.withCatchAll(catchAll.catchAll(changed.catchAll(), now));
    }

    private static String host(String name, Zone zone) {
        if (name.equals("@")) {
            return zone.name();
        }
        return zone.contains(name) ? name : name + "." + zone.name();
    }
}
