package io.maildomain.operator.controller.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.CloudflareAccountSpec;
import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.Conditioned;
import io.maildomain.operator.access.DeployCredentialsResolver;
import io.maildomain.operator.cloudflare.ClientSettings;
import io.maildomain.operator.cloudflare.CloudflareClients;
import io.maildomain.operator.cloudflare.Egress;
import io.maildomain.operator.config.OperatorSettings.Scope;
import io.maildomain.operator.controller.ChangeLog;
import io.maildomain.operator.controller.ControllerParts;
import io.maildomain.operator.controller.DomainLocks;
import io.maildomain.operator.controller.ResourceController;
import io.maildomain.operator.controller.account.MemorySecrets;
import io.maildomain.operator.controller.source.MemorySources;
import io.maildomain.operator.controller.source.SourceReader;
import io.maildomain.operator.fixture.FakeEnvironment;
import io.maildomain.operator.fixture.ShiftedClock;
import io.maildomain.operator.kubernetes.events.Events;
import io.maildomain.operator.kubernetes.informers.MemoryCluster;
import io.maildomain.operator.ownership.DocumentedReasons;
import io.maildomain.operator.ownership.MemoryStore;
import io.maildomain.operator.ownership.ResourceWriter;
import io.maildomain.operator.sources.SourceLimits;
import io.maildomain.operator.status.ConditionType;
import io.maildomain.operator.status.Conditions;
import io.maildomain.simulator.Simulator;
import io.maildomain.simulator.SimulatorOptions;
import io.maildomain.simulator.calls.SeenCall;
import io.maildomain.simulator.control.PlatformControls;
import io.maildomain.simulator.limits.RateLimit;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The controller of a kind that deploys, with the real client on a simulated Cloudflare; what the API server would keep is in memory.
 *
 * @param <R> the kind
 * @param <P> its spec
 * @param <S> its status
 */
public abstract class DeployScenario<R extends CustomResource<P, S>, P, S extends Conditioned>
        implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper().findAndRegisterModules();
    private static final int MOST_ROUNDS = 40;

    /** Of files that all together may hold. */
    private static final int BYTES = 1 << 20;

    public final Simulator simulator;
    public final MemorySecrets secrets = new MemorySecrets();
    public final MemorySources sources = new MemorySources();
    public final MemoryStore<R, P, S> store;
    public final List<HasMetadata> woken = new ArrayList<>();
    public final List<String> events = new ArrayList<>();
    /** The secrets that the log was told of. */
    public final List<String> told = new ArrayList<>();

    public final ShiftedClock clock = ShiftedClock.running();
    public final DeployTurns turns = new DeployTurns(BYTES, woken::add, clock);

    protected final MemoryCluster cluster;
    private final CloudflareClients clients;
    private final Supplier<R> empty;
    private final String configMap;
    private String granted = "{}";
    private int created;

    /**
     * @param cluster that shows what is in the store
     * @param configMap from which resources take their files
     */
    protected DeployScenario(
            SimulatorOptions options,
            MemoryStore<R, P, S> store,
            MemoryCluster cluster,
            Supplier<R> empty,
            String configMap) {
        this.simulator = Simulator.start(options.withRateLimit(RateLimit.off()));
        this.store = store;
        this.cluster = cluster;
        this.empty = empty;
        this.configMap = configMap;
        ShiftedClock time = clock;
        this.clients = new CloudflareClients(
                new ClientSettings(
                        simulator.apiUri(),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(5),
                        1_000_000,
                        Duration.ofSeconds(300),
                        0,
                        Duration.ofMillis(1),
                        Duration.ofMillis(1),
                        "deploy-scenario",
                        Egress.usual()),
                Clock.systemUTC(),
                () -> Duration.between(Instant.EPOCH, time.instant()),
                new SimpleMeterRegistry(),
                () -> true);
        secrets.holding("mail-system", "tokens", "CLOUDFLARE_API_TOKEN", simulator.startToken());
        account(simulator.accountId());
        simulator.controls().putZone("example.com", "{}");
    }

    /** The one that has started last. */
    public abstract ResourceController<R, S> controller();

    protected final ControllerParts<R, S> parts() {
        return new ControllerParts<>(
                store,
                null,
                clients,
                clock,
                new DomainLocks(),
                FakeEnvironment.rescheduling(),
                FakeEnvironment.noSweeps(clients),
                new ChangeLog(recording()));
    }

    protected final DeployCredentialsResolver credentials() {
        Scope scope = new Scope(Set.of(), FakeEnvironment.OPERATOR_NAMESPACE, "us", true, true);
        return new DeployCredentialsResolver(scope, cluster, secrets);
    }

    protected final SourceReader reader() {
        return new SourceReader(
                sources, sources, SourceLimits.DEFAULT, (namespace, fetch) -> fetch.run(), woken::add, clock, BYTES);
    }

    private Events recording() {
        return (about, type, reason, message) -> {
            if (!DocumentedReasons.allowsEvent(about, reason)) {
                throw new AssertionError("an Event of a " + about.getKind() + " says " + reason + ": " + message);
            }
            events.add(reason + ": " + message);
        };
    }

    public final PlatformControls platform() {
        return simulator.controls().platform();
    }

    /** The account {@code default} of Cloudflare's account with that id; null: none is named. */
    public final void account(String accountId) {
        account("default", "tokens", accountId);
    }

    /** An account with that Secret. */
    public final void account(String name, String secret, String accountId) {
        CloudflareAccount account = new CloudflareAccount();
        account.setMetadata(new ObjectMetaBuilder()
                .withName(name)
                .withUid(name.equals("default") ? "account" : "account-" + name)
                .withGeneration(1L)
                .build());
        account.setSpec(read(
                "{'secretRef':{'namespace':'mail-system','name':'" + secret + "'},"
                        + (accountId == null ? "" : "'accountId':'" + accountId + "',")
                        + "'access':[{'namespaces':{},'domains':['*'],'deploy':" + granted + "}]}",
                CloudflareAccountSpec.class));
        cluster.with(account);
    }

    /** What every namespace may deploy with the account; JSON with ticks for quotes. */
    public final void grants(String deploy) {
        granted = deploy;
        account(simulator.accountId());
    }

    /** A token with only these rights, which the account uses from now on; the one that it has of this kind gets these rights. */
    public final void rights(String... rights) {
        secrets.holding(
                "mail-system",
                "tokens",
                "CLOUDFLARE_API_TOKEN",
                simulator.controls().putToken("deploy", rights).value());
    }

    /** A ConfigMap of the operator's namespace with these files: name, content, name, content … */
    public final void files(String... pairs) {
        Map<String, byte[]> files = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            files.put(pairs[i], pairs[i + 1].getBytes(StandardCharsets.UTF_8));
        }
        sources.configMap(FakeEnvironment.OPERATOR_NAMESPACE, configMap, files);
        sources.configMap("tenant", configMap, files);
    }

    /** Applies it as a user would: what is there of that name gets the spec. */
    protected final R apply(String namespace, String name, P spec) {
        Optional<R> known = store.all().stream()
                .filter(other -> other.getMetadata().getNamespace().equals(namespace)
                        && other.getMetadata().getName().equals(name))
                .findFirst();
        R resource = known.orElseGet(() -> created(namespace, name));
        known.ifPresent(before ->
                before.getMetadata().setGeneration(before.getMetadata().getGeneration() + 1));
        resource.setSpec(spec);
        return store.put(resource);
    }

    private R created(String namespace, String name) {
        R resource = empty.get();
        Instant time = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(3600L - ++created);
        resource.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(name)
                .withUid(namespace + "/" + name + "/" + created)
                .withGeneration(1L)
                .withCreationTimestamp(time.toString())
                .withFinalizers(ResourceWriter.FINALIZER)
                .build());
        return resource;
    }

    public final void delete(R resource) {
        R live = live(resource);
        live.getMetadata()
                .setDeletionTimestamp(
                        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        store.put(live);
    }

    /** A user asks for a look. */
    public final void request(R resource, String when) {
        R live = live(resource);
        live.getMetadata().setAnnotations(Map.of(Conditioned.RECONCILE_REQUESTED, when));
        store.put(live);
    }

    /** What comes of it while two others hold all places. */
    public final <T> T whileOthersDeploy(Supplier<T> work) {
        return turns.inTurn(other("one"), BYTES, () -> turns.inTurn(other("two"), BYTES, work::get))
                .flatMap(inner -> inner)
                .orElseThrow();
    }

    private R other(String namespace) {
        R other = empty.get();
        other.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName("other")
                .withUid(namespace + "/other")
                .build());
        return other;
    }

    /** Reconciles once, or cleans up. @return when it comes again */
    public final Duration reconcile(R resource) {
        R live = live(resource);
        Optional<Long> next = live.isMarkedForDeletion()
                ? controller().cleanup(live, null).getScheduleDelay()
                : controller().reconcile(live, null).getScheduleDelay();
        return Duration.ofMillis(next.orElse(-1L));
    }

    /** Reconciles until nothing changes any more, time going by in between. */
    public final S settle(R resource) {
        S before = null;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            Duration next = reconcile(resource);
            S now = live(resource).getStatus();
            if (now != null && now.equals(before) && next.compareTo(Duration.ofSeconds(20)) > 0) {
                return now;
            }
            before = now;
            clock.passes(next.compareTo(Duration.ofSeconds(30)) < 0 ? next : Duration.ofSeconds(30));
        }
        throw new AssertionError("it does not come to rest: " + before);
    }

    public final R live(R resource) {
        return store.live(resource).orElseThrow();
    }

    public final boolean isGone(R resource) {
        return store.live(resource).isEmpty();
    }

    public final Condition condition(R resource, ConditionType type) {
        return Conditions.find(live(resource).getStatus().conditions(), type).orElseThrow();
    }

    /** {@code Reason} of Ready. */
    public final String ready(R resource) {
        return condition(resource, ConditionType.READY).reason();
    }

    public final void forgetCalls() {
        simulator.controls().clearCalls();
    }

    /** Method and route of all calls that changed something; queries that only read are among them. */
    public final List<String> writes() {
        return simulator.controls().calls().stream()
                .filter(call -> !call.method().equals("GET"))
                .map(SeenCall::key)
                .map(key -> key.replace("/accounts/{account_id}", ""))
                .toList();
    }

    public final int calls() {
        return simulator.controls().calls().size();
    }

    /** JSON with ticks for quotes. */
    public static <T> T read(String json, Class<T> type) {
        try {
            return JSON.readValue(json.replace('\'', '"'), type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public final void close() {
        clients.close();
        simulator.close();
    }
}
