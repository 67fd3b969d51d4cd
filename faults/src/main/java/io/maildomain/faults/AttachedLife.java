package io.maildomain.faults;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.maildomain.api.v1alpha1.DestinationState;
import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.api.v1alpha1.MailboxState;
import io.maildomain.simulator.state.Zone;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Two teams attach Mailboxes to a domain that another user had set up before: the place, in whose namespace the MailDomain is, and its neighbour. Each
 * has a Mailbox that goes its way, one forwards to an address that is created and whose owner clicks the link, and the neighbour one for an address that is taken: by a rule of that user, and later by the place's own Mailbox.
 */
final class AttachedLife {

    /** What the chart is to allow. */
    static final Map<String, Object> CHART =
            Map.of("mailboxes", Map.of("enabled", true), "destinationAddresses", Map.of("enabled", true));

    /** So long a Mailbox whose end is set still lives. */
    private static final Duration LAST_MOMENTS = Duration.ofSeconds(1);

    /** How a Mailbox may stand for good though it is not ready. */
    private static final Set<MailboxState> SETTLED =
            EnumSet.of(MailboxState.Expired, MailboxState.Conflict, MailboxState.NotAttached);

    private static final String WORKER = "action: {worker: mailbox-worker}";

    private AttachedLife() {}

    static void attach(Scenario life) {
        life.place()
                .apply("""
                apiVersion: maildomain.io/v1alpha1
                kind: MailDomain
                metadata: {name: settled}
                spec:
                  domain: settled.example
                  credentials: {secretRef: {name: tokens}}
                  rules:
                  - {address: owner@settled.example, action: {forwardTo: team@corp.example}}
                  mailboxes:
                  - namespaces: {matchExpressions: [{key: kubernetes.io/metadata.name, operator: In, values: [%s, %s]}]}
                    addresses: ["*@settled.example"]
                    workers: [mailbox-worker]
                    forwardTo: ["*@corp.example", inbox@fresh.example]
                    max: 10
                """.formatted(life.place().namespace(), life.neighbour().namespace()));
        life.place().apply("""
                apiVersion: maildomain.io/v1alpha1
                kind: DestinationAddress
                metadata: {name: inbox}
                spec: {accountRef: {name: %s}, email: inbox@fresh.example, deletionPolicy: Delete}
                """.formatted(life.place().namespace()));
        apply(life, life.place(), "ours", WORKER);
        apply(life, life.neighbour(), "team", "action: {forwardTo: team@corp.example}");
        apply(life, life.neighbour(), "theirs", WORKER);
        apply(life, life.neighbour(), "late", "action: {forwardTo: inbox@fresh.example}");
        Waiting.until("the new destination to wait for a click", () -> stands(life.place())
                .equals(Optional.of(DestinationState.Unverified)));
        life.place().controls().verifyAddress(life.place().names().here("inbox@fresh.example"));
    }

    /** What waited for the click has its rule. */
    static boolean isAttached(Scenario life) {
        return state(life.neighbour(), "late").equals(Optional.of(MailboxState.Active));
    }

    /** The neighbour's {@code ours} is for the address that the place's Mailbox has. */
    static void change(Scenario life) {
        apply(life, life.place(), "ours", "action: {forwardTo: postmaster@corp.example}");
        apply(life, life.place(), "more", WORKER);
        apply(life, life.neighbour(), "team", "action: {drop: true}, enabled: false");
        // The older one is to have it.
        Waiting.until("the place's Mailbox to be seen", () -> state(life.place(), "ours")
                .isPresent());
        apply(life, life.neighbour(), "ours", WORKER);
    }

    /** The rule of one Mailbox is gone, and that of another one drops what it gets. */
    static void tamper(Sandbox place) {
        place.change(
                "settled.example",
                zone -> zone.withRules(zone.rules().stream()
                        .filter(rule -> !Phase.addressed(rule, "more@"))
                        .map(rule -> Phase.addressed(rule, "ours@") ? Phase.pointed(rule, "drop", List.of()) : rule)
                        .toList()));
    }

    static boolean isMended(Sandbox place) {
        Zone zone = place.controls().zone(place.names().here("settled.example")).orElseThrow();
        return zone.rules().stream().anyMatch(rule -> Phase.addressed(rule, "more@"))
                && zone.rules().stream()
                        .noneMatch(rule -> Phase.addressed(rule, "ours@") && Phase.goesTo(rule, "drop"));
    }

    static void expire(Scenario life) {
        Instant end = Instant.now().plus(LAST_MOMENTS).truncatedTo(ChronoUnit.SECONDS);
        apply(life, life.neighbour(), "team", "action: {drop: true}, expiresAt: \"" + end + "\"");
    }

    static boolean hasExpired(Scenario life) {
        return state(life.neighbour(), "team").equals(Optional.of(MailboxState.Expired));
    }

    static boolean isPruned(Scenario life) {
        return state(life.neighbour(), "ours").equals(Optional.of(MailboxState.Active));
    }

    static void prune(Scenario life) {
        life.place().deleteMailbox("ours");
        life.place().deleteMailbox("more");
    }

    /** Whether it is a Mailbox that says of its present spec that it is not ready, and need not say more. */
    static boolean isSettled(HasMetadata resource) {
        return resource instanceof Mailbox mailbox
                && mailbox.getStatus() != null
                && Objects.equals(
                        mailbox.getMetadata().getGeneration(),
                        mailbox.getStatus().observedGeneration())
                && mailbox.getStatus().saidState().filter(SETTLED::contains).isPresent();
    }

    private static Optional<DestinationState> stands(Sandbox place) {
        return place.destination("inbox")
                .flatMap(destination -> Optional.ofNullable(destination.getStatus()))
                .map(status -> status.state());
    }

    private static Optional<MailboxState> state(Sandbox place, String name) {
        return place.mailbox(name)
                .flatMap(mailbox -> Optional.ofNullable(mailbox.getStatus()))
                .flatMap(status -> status.saidState());
    }

    private static void apply(Scenario life, Sandbox place, String name, String rest) {
        place.apply("""
                apiVersion: maildomain.io/v1alpha1
                kind: Mailbox
                metadata: {name: %1$s}
                spec: {domainRef: {name: settled, namespace: %2$s}, address: %1$s@settled.example, %3$s}
                """.formatted(name, life.place().namespace(), rest));
    }
}
