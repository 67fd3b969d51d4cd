package io.maildomain.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.harness.KubeApi;
import io.maildomain.simulator.Simulator;
import io.maildomain.simulator.SimulatorOptions;
import io.maildomain.simulator.control.Controls;
import java.io.Closeable;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A namespace and a Cloudflare of its own, in which one case happens after the other. */
final class Place implements Closeable {

    /** The Secret with the token, as MailDomains name it. */
    static final String SECRET = "tokens";

    private static final String WITHOUT_FINALIZERS = "{\"metadata\": {\"finalizers\": null}}";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(5);

    private final KubernetesClient client;
    private final String namespace;
    private final Simulator simulator;
    private final boolean ownsSimulator;
    private final SharedIndexInformer<MailDomain> mailDomains;
    private final SharedIndexInformer<CatchAllRule> catchAllRules;

    private Place(KubernetesClient client, String namespace, Simulator simulator, boolean ownsSimulator) {
        this.client = client;
        this.namespace = namespace;
        this.simulator = simulator;
        this.ownsSimulator = ownsSimulator;
        this.mailDomains =
                client.resources(MailDomain.class).inNamespace(namespace).inform();
        this.catchAllRules =
                client.resources(CatchAllRule.class).inNamespace(namespace).inform();
    }

    /** A new namespace with a Cloudflare of its own. */
    static Place open(KubeApi api) {
        return open(api, Simulator.start(SimulatorOptions.defaults()), true);
    }

    /** Another namespace whose tokens are for the same Cloudflare. */
    Place neighbour(KubeApi api) {
        return open(api, simulator, false);
    }

    private static Place open(KubeApi api, Simulator simulator, boolean ownsSimulator) {
        Place place = new Place(api.client(), api.createNamespace("faults"), simulator, ownsSimulator);
        place.putToken(Seed.TOKEN);
        return place;
    }

    /** Writes the Secret that MailDomains here name. */
    void putToken(String token) {
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName(SECRET)
                        .withNamespace(namespace)
                        .endMetadata()
                        .withStringData(Map.of("CLOUDFLARE_API_TOKEN", token, "CLOUDFLARE_ACCOUNT_ID", Seed.ACCOUNT))
                        .build())
                .fieldManager("test")
                .forceConflicts()
                .serverSideApply();
    }

    /** Whether it holds none of our resources. */
    boolean isEmpty() {
        return mailDomains().isEmpty() && catchAllRules().isEmpty();
    }

    /** Makes it as if nothing had ever happened here. No operator may run, unless it is empty. */
    void reset(JsonNode seed) {
        clear();
        controls().clearFaults();
        controls().load(seed);
        controls().clearCalls();
    }

    /** Takes all our resources away, finalizers or not. */
    void clear() {
        removeAll(client.resources(CatchAllRule.class)
                .inNamespace(namespace)
                .list()
                .getItems());
        removeAll(
                client.resources(MailDomain.class).inNamespace(namespace).list().getItems());
        await("the namespace to be empty", this::isEmpty);
    }

    private void removeAll(List<? extends HasMetadata> resources) {
        for (HasMetadata resource : resources) {
            client.resource(resource).delete();
            if (!resource.getMetadata().getFinalizers().isEmpty()) {
                client.resource(resource).patch(PatchContext.of(PatchType.JSON_MERGE), WITHOUT_FINALIZERS);
            }
        }
    }

    /** Applies a manifest as {@code kubectl apply --server-side} does; it need not name the namespace. */
    void apply(String yaml) {
        GenericKubernetesResource resource = Serialization.unmarshal(yaml, GenericKubernetesResource.class);
        resource.getMetadata().setNamespace(namespace);
        client.resource(resource).fieldManager("test").forceConflicts().serverSideApply();
    }

    /** Asks for a look at everything at once, by annotation. */
    void nudge(String when) {
        mailDomains().forEach(domain -> annotate(domain, when));
        catchAllRules().forEach(rule -> annotate(rule, when));
    }

    private void annotate(HasMetadata resource, String when) {
        String annotation = "{\"metadata\": {\"annotations\": {\"maildomain.io/reconcile-requested-at\": \"%s\"}}}";
        try {
            client.resource(resource).patch(PatchContext.of(PatchType.JSON_MERGE), annotation.formatted(when));
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
        }
    }

    /** Deletes every CatchAllRule and MailDomain, and does not wait. */
    void deleteAll() {
        client.resources(MailDomain.class).inNamespace(namespace).delete();
        client.resources(CatchAllRule.class).inNamespace(namespace).delete();
    }

    /** Changes the status by hand, as nobody should. Nothing happens where there is none that fits. */
    void forgeStatus(String mailDomain, String json) {
        try {
            client.resources(MailDomain.class)
                    .inNamespace(namespace)
                    .withName(mailDomain)
                    .subresource("status")
                    .patch(PatchContext.of(PatchType.JSON_MERGE), json);
        } catch (KubernetesClientException refused) {
            // It is not there, or has no such status yet.
        }
    }

    void deleteMailDomain(String name) {
        client.resources(MailDomain.class).inNamespace(namespace).withName(name).delete();
    }

    void deleteCatchAllRule(String name) {
        client.resources(CatchAllRule.class)
                .inNamespace(namespace)
                .withName(name)
                .delete();
    }

    /** As a watch shows them. */
    List<MailDomain> mailDomains() {
        return mailDomains.getStore().list();
    }

    Optional<MailDomain> mailDomain(String name) {
        return Optional.ofNullable(mailDomains.getStore().getByKey(namespace + "/" + name));
    }

    /** As a watch shows them. */
    List<CatchAllRule> catchAllRules() {
        return catchAllRules.getStore().list();
    }

    Optional<CatchAllRule> catchAllRule(String name) {
        return Optional.ofNullable(catchAllRules.getStore().getByKey(namespace + "/" + name));
    }

    Controls controls() {
        return simulator.controls();
    }

    URI cloudflare() {
        return simulator.apiUri();
    }

    String namespace() {
        return namespace;
    }

    /** A number that changes whenever a call or a change of a resource was seen. */
    long activity() {
        return Stream.concat(mailDomains().stream(), catchAllRules().stream())
                        .mapToLong(resource ->
                                Long.parseLong(resource.getMetadata().getResourceVersion()))
                        .sum()
                + controls().callCounts().values().stream()
                        .mapToLong(Long::longValue)
                        .sum();
    }

    /** Waits until it holds. */
    static void await(String what, java.util.concurrent.Callable<Boolean> holds) {
        Awaitility.await(what)
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(POLL)
                .until(holds);
    }

    @Override
    public void close() {
        mailDomains.close();
        catchAllRules.close();
        if (ownsSimulator) {
            simulator.close();
        }
    }
}
