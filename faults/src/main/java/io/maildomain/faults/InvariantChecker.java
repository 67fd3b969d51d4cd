package io.maildomain.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.DestinationAddress;
import io.maildomain.api.v1alpha1.DestinationState;
import io.maildomain.api.v1alpha1.HostState;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailRule;
import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.api.v1alpha1.MailboxState;
import io.maildomain.api.v1alpha1.RuleState;
import io.maildomain.simulator.state.RoutingRule;
import io.maildomain.simulator.state.Zone;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether what the resources say is well, and true. */
final class InvariantChecker {

    /** Why a resource may stay not ready although nothing goes wrong any more: a user has to decide. */
    private static final Set<String> DECISIONS = Set.of("Conflict", "Contested", "NotExpressible", "HeldElsewhere");

    /** Why a CatchAllRule may: it waits for its MailDomain, as long as that is not ready. */
    private static final Set<String> OF_ITS_DOMAIN = Set.of("DomainNotFound", "DomainNotReady");

    /** How a Mailbox may stand for good. */
    private static final Set<MailboxState> SETTLED = EnumSet.of(
            MailboxState.Active,
            MailboxState.Disabled,
            MailboxState.Expired,
            MailboxState.Conflict,
            MailboxState.NotAttached,
            MailboxState.TooManyRules);

    private final HistoryEnvironment town;

    InvariantChecker(HistoryEnvironment town) {
        this.town = town;
    }

    /** What is not as it should be once nothing goes wrong any more; empty: all is settled. */
    List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        for (Sandbox place : town.places()) {
            place.mailDomains().forEach(domain -> complaints.addAll(complaints(domain)));
            place.catchAllRules().forEach(rule -> complaints.addAll(complaints(rule)));
            place.mailboxes().forEach(mailbox -> complaints.addAll(complaints(mailbox)));
            place.destinations().forEach(destination -> complaints.addAll(complaints(destination)));
        }
        for (String domain : History.DOMAINS) {
            long ready = town.resources()
                    .filter(MailDomain.class::isInstance)
                    .map(MailDomain.class::cast)
                    .filter(resource -> resource.getSpec().domain().equals(domain))
                    .filter(resource -> reason(resource).isEmpty())
                    .count();
            if (ready > 1) {
                complaints.add(ready + " MailDomains are ready for " + domain);
            }
        }
        return complaints;
    }

    private List<String> complaints(MailDomain domain) {
        List<String> complaints = new ArrayList<>(ofStatus(domain));
        Optional<Zone> zone = town.controls().zone(domain.getSpec().domain());
        if (!complaints.isEmpty() || domain.getStatus().zone() == null || !owns(domain)) {
            return complaints;
        }
        if (zone.isEmpty()) {
            return List.of(name(domain) + " has no zone");
        }
        domain.getStatus().dns().stream()
                .filter(host -> host.state() == HostState.Ready)
                .filter(host -> !zone.get().routing().routes(host.host()))
                .forEach(host -> complaints.add(name(domain) + " says that " + host.host() + " is ready"));
        domain.getStatus().rules().stream()
                .filter(rule -> rule.state() == RuleState.Synced)
                .filter(rule -> domain.getSpec().rules().stream()
                        .filter(wanted -> wanted.address().equals(rule.address()))
                        .noneMatch(wanted -> stands(zone.get(), wanted)))
                .forEach(rule ->
                        complaints.add(name(domain) + " says that the rule for " + rule.address() + " is synced"));
        domain.getSpec().rules().stream()
                .filter(wanted -> domain.getStatus().rules().stream()
                        .noneMatch(rule -> rule.address().equals(wanted.address())))
                .forEach(wanted -> complaints.add(name(domain) + " says nothing of " + wanted.address()));
        return complaints;
    }

    private static boolean owns(MailDomain domain) {
        return reason(domain, "ZoneReady").isEmpty();
    }

    private static boolean stands(Zone zone, MailRule wanted) {
        return zone.rules().stream()
                .filter(HistoryEnvironment::isOurs)
                .filter(rule -> rule.enabled() == wanted.enabled())
                .filter(rule -> rule.address().filter(wanted.address()::equals).isPresent())
                .anyMatch(rule -> does(rule, Json.of(wanted.action())));
    }

    private static boolean does(RoutingRule rule, JsonNode action) {
        RoutingRule.Action does = rule.actions().get(0);
        String value = does.value().isEmpty() ? "true" : does.value().get(0);
        String field = does.type().equals("forward") ? "forwardTo" : does.type();
        return action.path(field).asText().equals(value);
    }

    private List<String> complaints(CatchAllRule rule) {
        if (OF_ITS_DOMAIN.contains(reason(rule)) && !isReady(domainOf(rule))) {
            return List.of();
        }
        List<String> complaints = new ArrayList<>(ofStatus(rule));
        boolean applied = complaints.isEmpty()
                && rule.getStatus().conditions().stream()
                        .anyMatch(condition -> condition.type().equals("Ready")
                                && condition.reason().equals("Applied"));
        if (applied) {
            String domain = rule.getSpec().domainRef().name() + ".example";
            boolean stands = town.controls()
                    .zone(domain)
                    .filter(zone -> HistoryEnvironment.isOurs(zone.catchAll())
                            && does(zone.catchAll(), Json.of(rule.getSpec().action())))
                    .isPresent();
            if (!stands) {
                complaints.add(name(rule) + " says that it is applied");
            }
        }
        return complaints;
    }

    private List<String> complaints(Mailbox mailbox) {
        JsonNode status = Json.of(mailbox).path("status");
        if (status.path("observedGeneration").asLong(-1)
                != mailbox.getMetadata().getGeneration()) {
            return List.of(name(mailbox) + " has not looked at its present spec");
        }
        MailboxState state = mailbox.getStatus().saidState().orElseThrow();
        String address = mailbox.getSpec().address();
        // A rule of another user that does what is asked will do.
        boolean stands = town.controls()
                .zone(mailbox.getSpec().host())
                .filter(zone -> zone.rules().stream()
                        .filter(rule -> rule.enabled() == mailbox.getSpec().enabled())
                        .filter(rule -> rule.address().filter(address::equals).isPresent())
                        .anyMatch(rule -> does(rule, Json.of(mailbox.getSpec().action()))))
                .isPresent();
        boolean isOver = mailbox.getSpec()
                .expiry(Instant.parse(mailbox.getMetadata().getCreationTimestamp()))
                .filter(expiry -> expiry.isBefore(town.now()))
                .isPresent();
        if ((state == MailboxState.Active || state == MailboxState.Disabled) && (!stands || isOver)) {
            return List.of(name(mailbox) + " says that it is " + state);
        }
        boolean waitsForAClick = state == MailboxState.DestinationUnverified
                && mailbox.getSpec()
                        .action()
                        .wantedForwardTo()
                        .filter(email -> !town.addresses().getOrDefault(email, false))
                        .isPresent();
        boolean isDecided = SETTLED.contains(state)
                || waitsForAClick
                || state == MailboxState.Waiting && !isReady(domainOf(mailbox));
        return isDecided ? List.of() : List.of(name(mailbox) + " is " + state + ", " + message(status));
    }

    private List<String> complaints(DestinationAddress destination) {
        JsonNode status = Json.of(destination).path("status");
        if (destination.isMarkedForDeletion()) {
            return reason(destination).equals("DestinationInUse")
                    ? List.of()
                    : List.of(name(destination) + " is still being deleted: " + message(status));
        }
        if (status.path("observedGeneration").asLong(-1)
                != destination.getMetadata().getGeneration()) {
            return List.of(name(destination) + " has not looked at its present spec");
        }
        Boolean isVerified = town.addresses().get(destination.getSpec().email());
        DestinationState right = isVerified == null
                ? DestinationState.Gone
                : isVerified ? DestinationState.Verified : DestinationState.Unverified;
        DestinationState state = destination.getStatus().state();
        return state == right
                ? List.of()
                : List.of(
                        name(destination) + " says that it is " + state + " and is " + right + ": " + message(status));
    }

    private Optional<MailDomain> domainOf(Mailbox mailbox) {
        return town.places().stream()
                .filter(place ->
                        place.namespace().equals(mailbox.getSpec().domainRef().namespace()))
                .flatMap(place -> place.mailDomain(mailbox.getSpec().domainRef().name()).stream())
                .findFirst();
    }

    private Optional<MailDomain> domainOf(CatchAllRule rule) {
        return town.places().stream()
                .filter(place -> place.namespace().equals(rule.getMetadata().getNamespace()))
                .flatMap(place -> place.mailDomain(rule.getSpec().domainRef().name()).stream())
                .findFirst();
    }

    private static boolean isReady(Optional<MailDomain> domain) {
        return domain.filter(found -> reason(found).isEmpty()).isPresent();
    }

    private static List<String> ofStatus(HasMetadata resource) {
        JsonNode status = Json.of(resource).path("status");
        if (resource.isMarkedForDeletion()) {
            return List.of(name(resource) + " is still being deleted");
        }
        if (status.path("observedGeneration").asLong(-1)
                != resource.getMetadata().getGeneration()) {
            return List.of(name(resource) + " has not looked at its present spec");
        }
        String reason = reason(resource);
        return reason.isEmpty() || DECISIONS.contains(reason)
                ? List.of()
                : List.of(name(resource) + " is not ready: " + reason + ", " + message(status));
    }

    /** Why it is not ready; empty if it is. */
    private static String reason(HasMetadata resource) {
        return reason(resource, "Ready");
    }

    private static String reason(HasMetadata resource, String type) {
        JsonNode status = Json.of(resource).path("status");
        return Json.elements(status.path("conditions"))
                .filter(condition -> condition.path("type").asText().equals(type))
                .findFirst()
                .map(condition -> condition.path("status").asText().equals("True")
                        ? ""
                        : condition.path("reason").asText())
                .orElse("it says nothing");
    }

    private static String message(JsonNode status) {
        return Json.elements(status.path("conditions"))
                .filter(condition -> condition.path("type").asText().equals("Ready"))
                .map(condition -> condition.path("message").asText())
                .findFirst()
                .orElse("");
    }

    static String name(HasMetadata resource) {
        return resource.getKind() + " " + resource.getMetadata().getNamespace() + "/"
                + resource.getMetadata().getName();
    }
}
