package io.maildomain.benchmark;

import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.api.v1alpha1.MailboxState;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;

/** Healthy domains of one tenant, to which another tenant attaches Mailboxes. */
public final class MailboxFleet implements AutoCloseable {

    /** Mailboxes of each domain. */
    public static final int OF_EACH = 50;

    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration ENOUGH = Duration.ofSeconds(8);
    private static final String FORWARD = "forwardTo: " + Tenant.VERIFIED;

    private final Rig rig;
    private final List<String> zones;
    private final SharedIndexInformer<Mailbox> seen;
    private int left = OF_EACH;
    private Duration applying = Duration.ZERO;

    private MailboxFleet(Rig rig, List<String> zones) {
        this.rig = rig;
        this.zones = zones;
        this.seen = rig.client()
                .resources(Mailbox.class)
                .inNamespace(team().namespace())
                .inform();
    }

    /** Zones are there and active; MailDomains for all of them are applied, let the other tenant in, and become Ready. */
    public static MailboxFleet open(Rig rig, int domains) {
        MailboxFleet fleet = new MailboxFleet(rig, Fleet.zones(domains));
        fleet.zones.forEach(rig::existingZone);
        fleet.zones.forEach(zone -> rig.apply(rig.tenant().mailDomain(zone, Fleet.RULES)
                + """
                  mailboxes:
                  - {namespaces: {matchLabels: {kubernetes.io/metadata.name: %s}}, addresses: ["*"], forwardTo: ["*"]}
                """.formatted(fleet.team().namespace())));
        rig.awaitReady(domains, Fleet.patience(domains));
        rig.awaitQuiet();
        return fleet;
    }

    /** How many domains there are. */
    public int domains() {
        return zones.size();
    }

    /** How many Mailboxes there are now. */
    public int size() {
        return zones.size() * left;
    }

    /** All are applied; returns once they have their rules and say so. */
    public void come() {
        left = OF_EACH;
        Instant start = Instant.now();
        applyAll(start.plus(LONG));
        applying = Duration.between(start, Instant.now());
        awaitAll(MailboxState.Active);
    }

    /** The last of each domain drops its mail from now on; returns once their rules do, and they say so. */
    public void oneOfEachChanges() {
        zones.forEach(
                zone -> apply(zone, OF_EACH - 1, "drop: true", Instant.now().plus(LONG)));
        rig.await("their rules change", patience(), () -> rig.calls().writes() >= zones.size());
        awaitAll(MailboxState.Active);
    }

    /** The latter half of each is deleted, one by one, as tools prune them; returns once their rules are gone. */
    public void halfOfEachGo() {
        left = OF_EACH / 2;
        seen.getIndexer().list().stream()
                .filter(mailbox -> number(mailbox) >= left)
                .forEach(mailbox -> rig.client().resource(mailbox).delete());
        awaitNoRules();
    }

    /** Those that are left are applied with the time at which they expire. */
    public void expireAt(Instant end) {
        applyAll(end);
        awaitAll(MailboxState.Active);
    }

    /** Returns once none of their rules stands any more. */
    public void awaitNoRules() {
        rig.await("their rules are gone", patience(), () -> rig.calls().writes() >= size());
    }

    /** Returns once all say that they have expired. */
    public void awaitExpired() {
        awaitAll(MailboxState.Expired);
    }

    /** So long that those that are left can be applied with an expiry, and it is quiet again, before it comes. */
    public Duration timeToApply() {
        return ENOUGH.plus(applying);
    }

    private void applyAll(Instant end) {
        zones.forEach(zone -> IntStream.range(0, left).forEach(i -> apply(zone, i, FORWARD, end)));
    }

    private void apply(String zone, int number, String action, Instant end) {
        rig.apply("""
                apiVersion: maildomain.io/v1alpha1
                kind: Mailbox
                metadata: {namespace: %s, name: %s-%d}
                spec: {domainRef: {namespace: %s, name: %s}, address: m%d@%s, action: {%s}, expiresAt: "%s"}
                """.formatted(
                        team().namespace(),
                        Tenant.name(zone),
                        number,
                        rig.tenant().namespace(),
                        Tenant.name(zone),
                        number,
                        zone,
                        action,
                        end.truncatedTo(ChronoUnit.SECONDS)));
    }

    private static int number(Mailbox mailbox) {
        String name = mailbox.getMetadata().getName();
        return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
    }

    private void awaitAll(MailboxState state) {
        rig.await("all Mailboxes say " + state, patience(), () -> inState(state) == size());
    }

    private long inState(MailboxState state) {
        return seen.getIndexer().list().stream()
                .filter(mailbox -> number(mailbox) < left)
                .filter(mailbox -> says(mailbox, state))
                .count();
    }

    private Duration patience() {
        return Fleet.patience(zones.size());
    }

    private static boolean says(Mailbox mailbox, MailboxState state) {
        return mailbox.getStatus() != null
                && mailbox.getMetadata()
                        .getGeneration()
                        .equals(mailbox.getStatus().observedGeneration())
                && mailbox.getStatus().state() == state;
    }

    private Tenant team() {
        return rig.tenant(1);
    }

    @Override
    public void close() {
        seen.close();
    }
}
