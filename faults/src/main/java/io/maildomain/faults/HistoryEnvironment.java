package io.maildomain.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.maildomain.harness.KubeApi;
import io.maildomain.simulator.control.Controls;
import io.maildomain.simulator.state.RoutingRule;
import io.maildomain.simulator.state.Zone;
import java.io.Closeable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Two namespaces, the operator that looks after both, and the Cloudflare that they share with other people. */
final class HistoryEnvironment implements Closeable {

    /** On everything that the operator makes. */
    private static final String MARK = "[mdo:faults]";

    private static final Duration QUIET = Duration.ofMillis(250);

    private final List<Sandbox> places = new ArrayList<>();
    private final List<String> tokens = new ArrayList<>();
    private final Set<String> deletedByHand = ConcurrentHashMap.newKeySet();
    private final Set<String> addressesOfPeople = ConcurrentHashMap.newKeySet();
    private final Operator.Starter starter;
    private final Runnable accountGoes;
    private Operator operator;

    /** @param starter makes an operator for the two namespaces */
    HistoryEnvironment(KubeApi api, Function<List<Sandbox>, Operator.Starter> starter) {
        places.add(Sandbox.open(api, Kinds.RANDOM));
        places.add(places.get(0).neighbour(api));
        Account account = Account.forwarding(places.get(0), places.get(1));
        account.create(api.client());
        accountGoes = () -> account.remove(api.client());
        tokens.addAll(List.of("runtime", "runtime"));
        this.starter = starter.apply(List.copyOf(places));
    }

    /** Makes everything new; each namespace has a token of its own, and the operator runs. */
    void begin(JsonNode seed) {
        places.forEach(Sandbox::clear);
        controls().clearFaults();
        controls().load(seed);
        controls().clearCalls();
        addressesOfPeople.clear();
        addressesOfPeople.addAll(addresses().keySet());
        mint(0);
        mint(1);
        start();
    }

    Sandbox place(int namespace) {
        return places.get(namespace);
    }

    List<Sandbox> places() {
        return List.copyOf(places);
    }

    /** All MailDomains, CatchAllRules and Mailboxes. */
    Stream<HasMetadata> resources() {
        return places.stream().flatMap(place -> place.resources().stream());
    }

    Controls controls() {
        return places.get(0).controls();
    }

    /** The namespace's Secret holds a new token from now on. */
    void mint(int namespace) {
        String name = "runtime-" + UUID.randomUUID();
        ArrayNode rights =
                Json.array("Zone: Zone: Edit", "Zone: Email Routing Rules: Edit", "Zone: Zone Settings: Edit");
        if (namespace == 0) {
            // Of the other one's domains a rule is written on trial.
            rights.add("Account: Email Routing Addresses: Read");
        }
        JsonNode token = Json.object().set("rights", rights);
        String value = controls().putToken(name, token).value();
        tokens.set(namespace, name);
        places.get(namespace).putToken(value);
    }

    /** What Cloudflare calls the namespace's present token. */
    String tokenName(int namespace) {
        return tokens.get(namespace);
    }

    /** A user changes a zone in the dashboard, if it is there. */
    void change(String domain, UnaryOperator<Zone> change) {
        try {
            controls().changed(domain, change);
        } catch (NoSuchElementException gone) {
            // There is nothing to change.
        }
    }

    /** The CloudflareAccount that DestinationAddresses name. */
    String account() {
        return places.get(0).namespace();
    }

    /** A user adds a destination address in the dashboard, if it is not there. */
    void addsByHand(String email) {
        if (!addresses().containsKey(email)) {
            controls().putAddress(email, false);
            addressesOfPeople.add(email);
        }
    }

    /** The owner of an address clicks the link, if one was mailed. */
    void clicks(String email) {
        try {
            controls().verifyAddress(email);
        } catch (NoSuchElementException gone) {
            // There is nothing to click.
        }
    }

    /** Those that the operator must leave. */
    Set<String> addressesOfPeople() {
        return Set.copyOf(addressesOfPeople);
    }

    /** The destination addresses that Cloudflare has, and whether each is verified. */
    Map<String, Boolean> addresses() {
        return Json.elements(controls().state().path("accounts"))
                .flatMap(account -> Json.elements(account.path("addresses")))
                .collect(Collectors.toMap(
                        address -> address.path("email").asText(),
                        address -> address.path("verified").isTextual()
                                || address.path("verified").asBoolean(),
                        (one, other) -> one));
    }

    /** A user deletes a rule, knowing whose it is or not. */
    void deletesByHand(String ruleId) {
        deletedByHand.add(ruleId);
    }

    boolean wasDeletedByHand(String ruleId) {
        return deletedByHand.contains(ruleId);
    }

    /** Waits until there is no call to Cloudflare and no resource changes. */
    void awaitQuiet() {
        Waiting.untilQuiet(QUIET, this::activity);
    }

    private long activity() {
        return places.stream().mapToLong(Sandbox::activity).sum();
    }

    Instant now() {
        return Instant.now();
    }

    void start() {
        operator = starter.start();
    }

    void stop() {
        if (operator != null) {
            operator.close();
            operator = null;
        }
    }

    void killAndRestart() {
        operator.kill();
        operator = null;
        start();
    }

    static String nameOf(String domain) {
        return domain.substring(0, domain.indexOf('.'));
    }

    static boolean isOurs(RoutingRule rule) {
        return rule.name().contains(MARK);
    }

    static RoutingRule pointed(RoutingRule rule, RoutingRule.Action action) {
        return new RoutingRule(
                rule.id(),
                rule.name(),
                rule.enabled(),
                rule.priority(),
                rule.matchers(),
                List.of(action),
                rule.source(),
                rule.ownerWorkerTag(),
                rule.createdOn());
    }

    @Override
    public void close() {
        stop();
        accountGoes.run();
        // The first owns what they share.
        places.get(1).close();
        places.get(0).close();
    }
}
