package io.maildomain.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.DestinationAddress;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.harness.KubeApi;
import io.maildomain.simulator.Simulator;
import io.maildomain.simulator.SimulatorOptions;
import io.maildomain.simulator.calls.SeenCall;
import io.maildomain.simulator.control.Controls;
import io.maildomain.simulator.faults.Fault;
import io.maildomain.simulator.faults.FaultPlan;
import io.maildomain.simulator.state.Zone;
import java.io.Closeable;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** A namespace and a Cloudflare of its own, in which one case happens after the other. */
final class Sandbox implements Closeable {

    /** The Secret with the token, as MailDomains name it. */
    static final String SECRET = "tokens";

    private final KubernetesClient client;
    private final String namespace;
    private final Names names;
    private final Simulator simulator;
    private final boolean ownsSimulator;
    private final AtomicReference<String> account = new AtomicReference<>("");
    private final OurResources resources;
    private final Kinds kinds;
    private volatile long forgotten;

    private Sandbox(
            KubernetesClient client,
            String namespace,
            Names names,
            Kinds kinds,
            Simulator simulator,
            boolean ownsSimulator) {
        this.client = client;
        this.namespace = namespace;
        this.names = names;
        this.simulator = simulator;
        this.ownsSimulator = ownsSimulator;
        this.kinds = kinds;
        this.resources = new OurResources(client, namespace, kinds);
    }

    /** A new namespace with a Cloudflare of its own. */
    static Sandbox open(KubeApi api) {
        return open(api, Kinds.MAIL);
    }

    /** The same for a life of other kinds. */
    static Sandbox open(KubeApi api, Kinds kinds) {
        return row(api, List.of(new Names("")), kinds).get(0);
    }

    /** Another namespace with the same Cloudflare and the same domains. */
    Sandbox neighbour(KubeApi api) {
        return open(api, names, kinds, simulator, false);
    }

    /** New namespaces that share a Cloudflare; in each, the domains have names of their own. */
    static List<Sandbox> row(KubeApi api, List<Names> names, Kinds kinds) {
        Simulator simulator = Simulator.start(SimulatorOptions.defaults().withDnsPort(0));
        return names.stream()
                .map(each -> open(api, each, kinds, simulator, each.equals(names.get(0))))
                .toList();
    }

    private static Sandbox open(KubeApi api, Names names, Kinds kinds, Simulator simulator, boolean ownsSimulator) {
        Sandbox place =
                new Sandbox(api.client(), api.createNamespace("faults"), names, kinds, simulator, ownsSimulator);
        place.putToken(names.tokenValue());
        return place;
    }

    /** From now on MailDomains here name this CloudflareAccount, and no Secret. */
    void useAccount(String name) {
        account.set(name);
    }

    /** Writes the Secret that MailDomains here name. */
    void putToken(String token) {
        Account.apply(client, Account.secret(namespace, SECRET, token));
    }

    /** Whether it holds none of our resources. */
    boolean isEmpty() {
        return resources.all().isEmpty();
    }

    /** Makes it as if nothing had ever happened here. No operator may run, unless it is empty. */
    void reset(JsonNode world) {
        clear();
        controls().clearFaults();
        controls().load(world);
        forgetCalls();
    }

    /** Takes all our resources away, finalizers or not. */
    void clear() {
        resources.clear();
    }

    /** Applies a manifest as {@code kubectl apply --server-side} does; it need not name the namespace. */
    void apply(String yaml) {
        String here = names.here(usesAccount() ? Manifests.withAccount(account.get(), yaml) : yaml);
        GenericKubernetesResource resource = Serialization.unmarshal(here, GenericKubernetesResource.class);
        resource.getMetadata().setNamespace(namespace);
        Account.apply(client, resource);
    }

    boolean usesAccount() {
        return !account.get().isEmpty();
    }

    /** Asks for a look at everything at once, by annotation. */
    void nudge(String when) {
        resources.nudge(when);
    }

    /** Deletes every resource of ours, and does not wait. */
    void deleteAll() {
        resources.deleteAll();
    }

    /** Changes the status by hand, as no user should. Nothing happens where there is none that fits. */
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
        resources.delete(MailDomain.class, name);
    }

    void deleteCatchAllRule(String name) {
        resources.delete(CatchAllRule.class, name);
    }

    /** As a watch shows them, of whatever kind. */
    List<HasMetadata> resources() {
        return resources.all();
    }

    /** As a watch shows them. */
    List<MailDomain> mailDomains() {
        return resources.all(MailDomain.class);
    }

    Optional<MailDomain> mailDomain(String name) {
        return resources.named(MailDomain.class, name);
    }

    /** As a watch shows them. */
    List<CatchAllRule> catchAllRules() {
        return resources.all(CatchAllRule.class);
    }

    Optional<CatchAllRule> catchAllRule(String name) {
        return resources.named(CatchAllRule.class, name);
    }

    /** As a watch shows them. */
    List<Mailbox> mailboxes() {
        return resources.all(Mailbox.class);
    }

    void deleteMailbox(String name) {
        resources.delete(Mailbox.class, name);
    }

    Optional<Mailbox> mailbox(String name) {
        return resources.named(Mailbox.class, name);
    }

    void deleteDestination(String name) {
        resources.delete(DestinationAddress.class, name);
    }

    /** As a watch shows them. */
    List<DestinationAddress> destinations() {
        return resources.all(DestinationAddress.class);
    }

    Optional<DestinationAddress> destination(String name) {
        return resources.named(DestinationAddress.class, name);
    }

    Kinds kinds() {
        return kinds;
    }

    /** All that Cloudflare holds, for all who share it. */
    Controls controls() {
        return simulator.controls();
    }

    /** What of it is of this place, in the names that are used everywhere. */
    JsonNode state() {
        return InitialState.view(controls().state(), names);
    }

    Names names() {
        return names;
    }

    /** A user changes a zone in the dashboard. */
    void change(String domain, UnaryOperator<Zone> change) {
        controls().changed(names.here(domain), change);
    }

    /** The registrar has the domain's new name servers. */
    void activate(String domain) {
        controls().activate(names.here(domain));
    }

    /** Counting calls begins anew. */
    void forgetCalls() {
        List<SeenCall> all = controls().calls();
        forgotten = all.isEmpty() ? 0 : all.get(all.size() - 1).number();
    }

    /** The calls of this place since, in the names that are used everywhere. */
    List<SeenCall> calls() {
        return controls().calls().stream()
                .filter(call -> call.number() > forgotten)
                .filter(call -> ownsSimulator && names.suffix().isEmpty()
                        || names.token().equals(call.token()))
                .map(call -> new SeenCall(
                        call.number(),
                        call.time(),
                        call.method(),
                        names.anywhere(call.path()),
                        call.route(),
                        call.status(),
                        call.token(),
                        call.faulty()))
                .toList();
    }

    /** Plants a fault for exactly this call. @return its id */
    int plant(CallSpot at, JsonNode seed, Fault fault) {
        FaultPlan plan =
                FaultPlan.next(at.method(), at.path(seed, names), fault).withAfter(at.number() - 1);
        return controls().addFault(names.suffix().isEmpty() ? plan : plan.withToken(names.token()));
    }

    /** Whether the call came, and met it. */
    boolean fired(int id) {
        return controls().faults().stream().anyMatch(fault -> fault.id() == id && fault.fired() > 0);
    }

    URI cloudflare() {
        return simulator.apiUri();
    }

    /** Where what hosts answer is asked. */
    URI hosts() {
        return simulator.baseUri();
    }

    /** Where the zones' name servers are. */
    String nameServer() {
        return simulator.dnsAddress().orElseThrow();
    }

    String namespace() {
        return namespace;
    }

    /** A number that changes whenever a call or a change of a resource was seen. */
    long activity() {
        return resources.versions() + calls().size();
    }

    @Override
    public void close() {
        resources.close();
        if (ownsSimulator) {
            simulator.close();
        }
    }
}
