package io.maildomain.operator.controller.destination;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.maildomain.api.v1alpha1.AccountRef;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.DeletionPolicy;
import io.maildomain.api.v1alpha1.DestinationAddress;
import io.maildomain.api.v1alpha1.DestinationAddressSpec;
import io.maildomain.api.v1alpha1.DestinationAddressStatus;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.cloudflare.Destinations;
import io.maildomain.operator.cloudflare.Permission;
import io.maildomain.operator.credentials.ApiToken;
import io.maildomain.operator.fixture.FakeEnvironment;
import io.maildomain.operator.fixture.ScenarioDsl;
import io.maildomain.operator.ownership.ResourceWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What users do with DestinationAddresses, and what the operator then does, at a simulated Cloudflare. */
final class DestinationScenario implements AutoCloseable {

    static final String EMAIL = "new@corp.example";
    static final String ROUTE = "/accounts/{account_id}/email/routing/addresses";

    private static final String RIGHT = Permission.EMAIL_ROUTING_ADDRESSES.describe();

    private final ScenarioDsl scenario = new ScenarioDsl().usual();
    private final FakeEnvironment env = scenario.env();
    private int created;

    /** Whose token has the optional right. */
    DestinationScenario() {
        tokenMay(RIGHT);
        env.knowsDestinations();
    }

    ScenarioDsl scenario() {
        return scenario;
    }

    /** From now on the token has these rights besides those that it needs. */
    void tokenMay(String... more) {
        scenario.token("tokens", "runtime", ScenarioDsl.runtimeRights(more));
    }

    /** Applies one of namespace {@code mail} and reconciles it. */
    DestinationAddress applies(String name, String email, DeletionPolicy policy) {
        return applies("mail", name, email, policy);
    }

    DestinationAddress applies(String namespace, String name, String email, DeletionPolicy policy) {
        return applies(namespace, name, new DestinationAddressSpec(null, email, policy));
    }

    /** One of another CloudflareAccount than the default. */
    DestinationAddress appliesOf(String account, String namespace, String name, String email) {
        return applies(
                namespace, name, new DestinationAddressSpec(new AccountRef(account), email, DeletionPolicy.Retain));
    }

    private DestinationAddress applies(String namespace, String name, DestinationAddressSpec spec) {
        DestinationAddress destination = new DestinationAddress();
        destination.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(name)
                .withUid(namespace + "/" + name + "/" + ++created)
                .withGeneration(1L)
                .withCreationTimestamp(
                        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
                .withFinalizers(ResourceWriter.FINALIZER)
                .build());
        destination.setSpec(spec);
        DestinationAddress stored = env.destinations().put(destination);
        looks(stored);
        return stored;
    }

    /** One look, or one try to clean up. */
    void looks(DestinationAddress destination) {
        env.destinations().live(destination).ifPresent(live -> {
            if (live.isMarkedForDeletion()) {
                env.destinationController().cleanup(live, null);
            } else {
                env.destinationController().reconcile(live, null);
            }
        });
    }

    void annotates(DestinationAddress destination, String key, String value) {
        DestinationAddress live = live(destination);
        Map<String, String> all = new HashMap<>(
                Optional.ofNullable(live.getMetadata().getAnnotations()).orElse(Map.of()));
        all.put(key, value);
        live.getMetadata().setAnnotations(all);
        env.destinations().put(live);
    }

    void deletes(DestinationAddress destination) {
        DestinationAddress live = live(destination);
        live.getMetadata()
                .setDeletionTimestamp(
                        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        env.destinations().put(live);
        looks(destination);
    }

    /** Whom a list woke is reconciled, and no other. */
    void runs() {
        for (int turns = 0; !env.wokenByDestinations().isEmpty(); turns++) {
            if (turns > 100) {
                throw new AssertionError("it does not end: " + env.wokenByDestinations());
            }
            HasMetadata woken = env.wokenByDestinations().remove();
            if (woken instanceof MailDomain domain) {
                scenario.reconcile(domain);
            } else if (woken instanceof CatchAllRule rule) {
                scenario.reconcile(rule);
            } else {
                looks((DestinationAddress) woken);
            }
        }
    }

    DestinationAddress live(DestinationAddress destination) {
        return env.destinations().live(destination).orElseThrow();
    }

    boolean isGone(DestinationAddress destination) {
        return env.destinations().live(destination).isEmpty();
    }

    DestinationAddressStatus status(DestinationAddress destination) {
        return live(destination).getStatus();
    }

    /** {@code Verified True Ready}. */
    String stands(DestinationAddress destination) {
        Condition ready = ready(destination);
        return status(destination).state() + " " + ready.status() + " " + ready.reason();
    }

    Condition ready(DestinationAddress destination) {
        return status(destination).condition("Ready").orElseThrow();
    }

    /** Another user deletes the address at Cloudflare. */
    void deletesAtCloudflare(String email) {
        String token = scenario.controls().putToken("another user", RIGHT).value();
        Destinations addresses = env.clients()
                .forToken(ApiToken.of(token))
                .destinations(env.simulator().accountId());
        addresses.delete(addresses.list().find(email).orElseThrow().id());
    }

    /** How many calls with that method and route were made since the calls were cleared. */
    long calls(String method, String route) {
        return calls().stream().filter((method + " " + route)::equals).count();
    }

    List<String> calls() {
        return scenario.controls().calls().stream().map(call -> call.key()).toList();
    }

    @Override
    public void close() {
        scenario.close();
    }
}
