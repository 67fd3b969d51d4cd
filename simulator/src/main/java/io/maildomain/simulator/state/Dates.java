package io.maildomain.simulator.state;

import java.time.Instant;

/** Completes the times that a state written by hand leaves out. */
final class Dates {

    private final Instant now;

    Dates(Instant now) {
        this.now = now;
    }

    Account complete(Account account) {
        return new Account(
                account.id(),
                account.name(),
                account.type(),
                account.pendingZoneLimit(),
                or(account.createdOn()),
                account.addresses().stream().map(this::complete).toList(),
                account.workers().stream().map(worker -> worker.completed(now)).toList(),
                account.suppressions().stream().map(this::complete).toList(),
                complete(account.platform()));
    }

    private DestinationAddress complete(DestinationAddress a) {
        return new DestinationAddress(a.id(), a.email(), or(a.created()), or(a.modified()), a.verified());
    }

    private Platform complete(Platform platform) {
        return platform.withDatabases(platform.databases().stream()
                        .map(database -> database.completed(now))
                        .toList())
                .withBuckets(platform.buckets().stream()
                        .map(bucket -> bucket.completed(now))
                        .toList())
                .withPages(platform.pages().stream()
                        .map(project -> project.completed(now))
                        .toList());
    }

    private Suppression complete(Suppression s) {
        return new Suppression(s.id(), s.email(), s.reason(), or(s.createdAt()), s.expiresAt(), s.zones());
    }

    Zone complete(Zone zone) {
        return new Zone(
                zone.id(),
                zone.name(),
                zone.accountId(),
                complete(zone.registration()),
                complete(zone.routing()),
                zone.dnsRecords().stream().map(this::complete).toList(),
                zone.rules(),
                zone.catchAll());
    }

    private Registration complete(Registration r) {
        return new Registration(
                r.type(),
                r.status(),
                r.paused(),
                r.nameServers(),
                r.vanityNameServers(),
                r.originalNameServers(),
                r.originalRegistrar(),
                or(r.createdOn()),
                or(r.modifiedOn()),
                r.activatedOn(),
                r.checkedOn());
    }

    private RoutingSettings complete(RoutingSettings s) {
        return new RoutingSettings(s.skipWizard(), s.supportSubaddress(), s.hosts(), or(s.created()), or(s.modified()));
    }

    private DnsRecord complete(DnsRecord r) {
        return new DnsRecord(
                r.id(),
                r.name(),
                r.type(),
                r.content(),
                r.priority(),
                r.ttl(),
                r.proxied(),
                r.comment(),
                r.tags(),
                r.data(),
                r.routingHost(),
                or(r.createdOn()),
                or(r.modifiedOn()));
    }

    private Instant or(Instant time) {
        return time == null ? now : time;
    }
}
