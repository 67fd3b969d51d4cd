package io.maildomain.operator.controller.mailworker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.CloudflareAccountSpec;
import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.api.v1alpha1.MailWorkerSpec;
import io.maildomain.api.v1alpha1.MailWorkerStatus;
import io.maildomain.api.v1alpha1.WorkerOwnership;
import io.maildomain.operator.access.DeployCredentialsResolver;
import io.maildomain.operator.cloudflare.ClientSettings;
import io.maildomain.operator.cloudflare.CloudflareClients;
import io.maildomain.operator.cloudflare.Egress;
import io.maildomain.operator.cloudflare.HttpVersionProbe;
import io.maildomain.operator.cloudflare.deploy.VersionProbe;
import io.maildomain.operator.config.OperatorSettings.Scope;
import io.maildomain.operator.controller.ChangeLog;
import io.maildomain.operator.controller.ControllerParts;
import io.maildomain.operator.controller.DomainLocks;
import io.maildomain.operator.controller.account.MemorySecrets;
import io.maildomain.operator.controller.deploy.DeployTurns;
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
import java.nio.file.Path;
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
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The controller with the real client on a simulated Cloudflare; what the API server would keep is in memory. */
final class WorkerScenario implements AutoCloseable {

    static final String SCRIPT = "mailbox-worker";
    static final String HOST = "api.example.com";

    private static final ObjectMapper JSON = new ObjectMapper().findAndRegisterModules();
    private static final int MOST_ROUNDS = 40;

    final Simulator simulator;
    final MemorySecrets secrets = new MemorySecrets();
    final MemorySources sources = new MemorySources();
    final MemoryStore<MailWorker, MailWorkerSpec, MailWorkerStatus> store = MemoryStore.ofMailWorkers();
    final List<MailDomain> domains = new ArrayList<>();
    final List<CatchAllRule> rules = new ArrayList<>();
    final List<HasMetadata> woken = new ArrayList<>();
    final List<String> events = new ArrayList<>();
    /** The secrets that the log was told of. */
    final List<String> told = new ArrayList<>();

    final ShiftedClock clock = ShiftedClock.running();
    final DeployTurns turns = new DeployTurns(1 << 20, woken::add, clock);

    /** What a test does with each probe besides asking it. */
    UnaryOperator<VersionProbe> aroundProbe = probe -> probe;

    /** Runs each probe. */
    Consumer<Runnable> probes = Runnable::run;

    private final MemoryCluster cluster = new MemoryCluster(() -> domains, () -> rules, store::all);
    private final CloudflareClients clients;
    private MailWorkerReconciler controller;
    private String granted = "{}";
    private int created;

    WorkerScenario() {
        this(SimulatorOptions.defaults());
    }

    /** The same, with every call written to a file. */
    static WorkerScenario recordedTo(Path file) {
        return new WorkerScenario(SimulatorOptions.defaults().withRecording(file));
    }

    private WorkerScenario(SimulatorOptions options) {
        simulator = Simulator.start(options.withRateLimit(RateLimit.off()));
        clients = new CloudflareClients(
                new ClientSettings(
                        simulator.apiUri(),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(5),
                        1_000_000,
                        Duration.ofSeconds(300),
                        0,
                        Duration.ofMillis(1),
                        Duration.ofMillis(1),
                        "worker-scenario",
                        Egress.usual()),
                Clock.systemUTC(),
                () -> Duration.between(Instant.EPOCH, clock.instant()),
                new SimpleMeterRegistry(),
                () -> true);
        secrets.holding("mail-system", "tokens", "CLOUDFLARE_API_TOKEN", simulator.startToken());
        account(simulator.accountId());
        simulator.controls().putZone("example.com", "{}");
        starts();
    }

    /** The operator starts: what was in memory is gone. */
    void starts() {
        Scope scope = new Scope(Set.of(), FakeEnvironment.OPERATOR_NAMESPACE, "us", true, true);
        controller = new MailWorkerReconciler(
                new ControllerParts<>(
                        store,
                        null,
                        clients,
                        clock,
                        new DomainLocks(),
                        FakeEnvironment.rescheduling(),
                        FakeEnvironment.noSweeps(clients),
                        new ChangeLog(recording())),
                new MailWorkerServices(
                        new DeployCredentialsResolver(scope, cluster, secrets),
                        new SourceReader(
                                sources,
                                sources,
                                SourceLimits.DEFAULT,
                                (namespace, fetch) -> fetch.run(),
                                woken::add,
                                clock,
                                1 << 20),
                        turns,
                        cluster,
                        new WorkerUsers(cluster, woken::add),
                        new WorkerProbes(probe(), (namespace, asking) -> probes.accept(asking), woken::add),
                        told::add,
                        FakeEnvironment.MARK,
                        clock));
    }

    private VersionProbe probe() {
        VersionProbe asked =
                new HttpVersionProbe(Egress.usual(), Duration.ofSeconds(5), "worker-scenario", simulator.baseUri());
        return question -> aroundProbe.apply(asked).ask(question);
    }

    private Events recording() {
        return (about, type, reason, message) -> {
            if (!DocumentedReasons.allowsEvent(about, reason)) {
                throw new AssertionError("an Event of a " + about.getKind() + " says " + reason + ": " + message);
            }
            events.add(reason + ": " + message);
        };
    }

    MailWorkerReconciler controller() {
        return controller;
    }

    PlatformControls platform() {
        return simulator.controls().platform();
    }

    /** The account {@code default} of Cloudflare's account with that id; null: none is named. */
    void account(String accountId) {
        account("default", "tokens", accountId);
    }

    /** An account with that Secret. */
    void account(String name, String secret, String accountId) {
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
    void grants(String deploy) {
        granted = deploy;
        account(simulator.accountId());
    }

    /** A token with only these rights, which the account uses from now on; the one that it has of this kind gets these rights. */
    void rights(String... rights) {
        secrets.holding(
                "mail-system",
                "tokens",
                "CLOUDFLARE_API_TOKEN",
                simulator.controls().putToken("deploy", rights).value());
    }

    /** A ConfigMap of the operator's namespace with these files: name, content, name, content … */
    void files(String... pairs) {
        Map<String, byte[]> files = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            files.put(pairs[i], pairs[i + 1].getBytes(StandardCharsets.UTF_8));
        }
        sources.configMap(FakeEnvironment.OPERATOR_NAMESPACE, "mailbox", files);
        sources.configMap("tenant", "mailbox", files);
    }

    /** Applies a MailWorker of the operator's namespace; JSON with ticks for quotes, without script, source and date. */
    MailWorker worker(String name, String more) {
        return worker(FakeEnvironment.OPERATOR_NAMESPACE, name, more);
    }

    MailWorker worker(String namespace, String name, String more) {
        MailWorkerSpec spec = read(
                "{'script':'" + SCRIPT + "','compatibilityDate':'2026-04-01','source':{'configMap':{'name':'mailbox'}}"
                        + (more.isEmpty() ? "" : "," + more) + "}",
                MailWorkerSpec.class);
        Optional<MailWorker> known = store.all().stream()
                .filter(other -> other.getMetadata().getNamespace().equals(namespace)
                        && other.getMetadata().getName().equals(name))
                .findFirst();
        MailWorker worker = known.orElseGet(() -> created(namespace, name));
        known.ifPresent(before ->
                before.getMetadata().setGeneration(before.getMetadata().getGeneration() + 1));
        worker.setSpec(spec);
        return store.put(worker);
    }

    private MailWorker created(String namespace, String name) {
        MailWorker worker = new MailWorker();
        Instant time = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(3600L - ++created);
        worker.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(name)
                .withUid(namespace + "/" + name + "/" + created)
                .withGeneration(1L)
                .withCreationTimestamp(time.toString())
                .withFinalizers(ResourceWriter.FINALIZER)
                .build());
        return worker;
    }

    void delete(MailWorker worker) {
        MailWorker live = live(worker);
        live.getMetadata()
                .setDeletionTimestamp(
                        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        store.put(live);
    }

    /** What comes of it while two others hold all places. */
    <T> T whileOthersDeploy(Supplier<T> work) {
        return turns.inTurn(other("one"), 1 << 20, () -> turns.inTurn(other("two"), 1 << 20, work::get))
                .flatMap(inner -> inner)
                .orElseThrow();
    }

    private static HasMetadata other(String namespace) {
        MailWorker other = new MailWorker();
        other.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName("other")
                .withUid(namespace + "/other")
                .build());
        return other;
    }

    /** Reconciles once, or cleans up. @return when it comes again */
    Duration reconcile(MailWorker worker) {
        MailWorker live = live(worker);
        Optional<Long> next = live.isMarkedForDeletion()
                ? controller.cleanup(live, null).getScheduleDelay()
                : controller.reconcile(live, null).getScheduleDelay();
        return Duration.ofMillis(next.orElse(-1L));
    }

    /** Reconciles until nothing changes any more, time going by in between. */
    MailWorkerStatus settle(MailWorker worker) {
        MailWorkerStatus before = null;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            Duration next = reconcile(worker);
            MailWorkerStatus now = live(worker).getStatus();
            if (now != null && now.equals(before) && next.compareTo(Duration.ofSeconds(20)) > 0) {
                return now;
            }
            before = now;
            clock.passes(next.compareTo(Duration.ofSeconds(30)) < 0 ? next : Duration.ofSeconds(30));
        }
        throw new AssertionError("it does not come to rest: " + before);
    }

    MailWorker live(MailWorker worker) {
        return store.live(worker).orElseThrow();
    }

    boolean isGone(MailWorker worker) {
        return store.live(worker).isEmpty();
    }

    WorkerOwnership ownership(MailWorker worker) {
        return WorkerOwnershipSession.ownershipOf(live(worker));
    }

    Condition condition(MailWorker worker, ConditionType type) {
        return Conditions.find(live(worker).getStatus().conditions(), type).orElseThrow();
    }

    /** {@code Reason} of Ready. */
    String ready(MailWorker worker) {
        return condition(worker, ConditionType.READY).reason();
    }

    void forgetCalls() {
        simulator.controls().clearCalls();
    }

    /** Method and route of all calls that changed something; queries that only read are among them. */
    List<String> writes() {
        return simulator.controls().calls().stream()
                .filter(call -> !call.method().equals("GET"))
                .map(SeenCall::key)
                .map(key -> key.replace("/accounts/{account_id}", ""))
                .toList();
    }

    int calls() {
        return simulator.controls().calls().size();
    }

    static <T> T read(String json, Class<T> type) {
        try {
            return JSON.readValue(json.replace('\'', '"'), type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public void close() {
        clients.close();
        simulator.close();
    }
}
