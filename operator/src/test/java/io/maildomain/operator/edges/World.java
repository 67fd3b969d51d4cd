package io.maildomain.operator.edges;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CatchAllRuleSpec;
import io.maildomain.api.v1alpha1.CatchAllRuleStatus;
import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.CloudflareAccountSpec;
import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainSpec;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.api.v1alpha1.Ownership;
import io.maildomain.harness.AnswerProxy;
import io.maildomain.operator.account.CredentialsResolver;
import io.maildomain.operator.account.MemorySecrets;
import io.maildomain.operator.catchall.CatchAllRuleReconciler;
import io.maildomain.operator.claims.ClaimCheck;
import io.maildomain.operator.cloudflare.ClientSettings;
import io.maildomain.operator.cloudflare.CloudflareClients;
import io.maildomain.operator.cluster.MemoryCluster;
import io.maildomain.operator.domain.MailDomainReconciler;
import io.maildomain.operator.handover.Departures;
import io.maildomain.operator.handover.MemoryZoneOrigins;
import io.maildomain.operator.ledger.MemoryStore;
import io.maildomain.operator.ledger.ResourceStore;
import io.maildomain.operator.locks.ZoneLocks;
import io.maildomain.operator.publicdns.SimulatedDns;
import io.maildomain.operator.retry.Rescheduling;
import io.maildomain.operator.retry.RetrySchedule;
import io.maildomain.operator.routing.OwnerMark;
import io.maildomain.operator.settings.OperatorSettings.BackOff;
import io.maildomain.operator.settings.OperatorSettings.MassDeletion;
import io.maildomain.operator.settings.OperatorSettings.Retries;
import io.maildomain.operator.settings.OperatorSettings.Scope;
import io.maildomain.simulator.Simulator;
import io.maildomain.simulator.SimulatorOptions;
import io.maildomain.simulator.control.Controls;
import io.maildomain.simulator.faults.Fault;
import io.maildomain.simulator.faults.FaultPlan;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Both controllers with the real client on a simulated Cloudflare; what the API server would keep is in memory. Nothing
 * happens by itself: {@link #settle} reconciles whatever there is, over and over, until nothing changes any more.
 */
final class World implements AutoCloseable {

    static final String DOMAIN = "example.com";
    static final String[] RUNTIME = {"Zone: Zone: Edit", "Zone: Email Routing Rules: Edit", "Zone: Zone Settings: Edit"
    };

    /** Specs that many tests are about. */
    static final String SPAM = "{'rules':[{'address':'spam@example.com','action':{'drop':true}}]}";

    static final String TEAM = "{'rules':[{'address':'hello@example.com','action':{'forwardTo':'team@corp.example'}}]}";
    static final String NEW = "{'domain':'new.example','zone':{'deletionPolicy':'Delete'},'rules':[]}";

    private static final ObjectMapper JSON = new ObjectMapper().findAndRegisterModules();
    private static final int MOST_ROUNDS = 30;

    final Simulator simulator = Simulator.start(SimulatorOptions.defaults());
    final MemorySecrets secrets = new MemorySecrets();
    final MemoryStore<MailDomain, MailDomainSpec, MailDomainStatus> domains = new MemoryStore<>(
            MailDomain::new, (status, ledger) -> (status == null ? MailDomainStatus.ofLedger(null) : status)
                    .withLedger(ledger == null ? null : ledger.ownership()));
    final MemoryStore<CatchAllRule, CatchAllRuleSpec, CatchAllRuleStatus> rules = new MemoryStore<>(
            CatchAllRule::new, (status, ledger) -> (status == null ? new CatchAllRuleStatus(null, null, null) : status)
                    .withLedger(ledger == null ? null : ledger.ownership()));
    final MemoryCluster cluster = new MemoryCluster(this::shownDomains, rules::all);

    final MemoryZoneOrigins origins = new MemoryZoneOrigins();

    /** The Events so far, {@code Reason: message}. */
    final List<String> events = new ArrayList<>();

    private Duration ahead = Duration.ZERO;
    private final java.time.Clock clock = new java.time.Clock() {
        @Override
        public java.time.ZoneId getZone() {
            return java.time.ZoneOffset.UTC;
        }

        @Override
        public java.time.Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead);
        }
    };
    /** Whether the name servers of zones can be asked. */
    boolean seesDns = true;

    private Duration handOver = Duration.ZERO;

    private final int massDeletion;
    private final Duration gate;
    private AnswerProxy answers;
    private CloudflareClients clients;
    private MailDomainReconciler domainController;
    private CatchAllRuleReconciler ruleController;
    private int created;
    private Optional<List<MailDomain>> shown = Optional.empty();

    World() {
        this(20);
    }

    World(int massDeletion) {
        this(massDeletion, Duration.ofMillis(1));
    }

    /** @param gate how long a refused token is left alone */
    World(int massDeletion, Duration gate) {
        this.massDeletion = massDeletion;
        this.gate = gate;
        start();
    }

    /** A world in which what comes back from Cloudflare can be changed: {@link #answers}. */
    static World whoseAnswersCanChange() {
        World world = new World();
        world.answers = AnswerProxy.before(world.simulator.apiUri());
        return world.restarts();
    }

    AnswerProxy answers() {
        return answers;
    }

    /** From now on Cloudflare refuses this. */
    void refuses(String method, String path, int status, String body) {
        controls()
                .addFault(FaultPlan.next(method, path, Fault.status(status, read(body, JsonNode.class), Map.of()))
                        .always());
    }

    private void start() {
        clients = new CloudflareClients(
                new ClientSettings(
                        answers == null ? simulator.apiUri() : answers.baseUrl(),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(5),
                        1_000_000,
                        Duration.ofSeconds(300),
                        0,
                        gate,
                        gate,
                        "world"),
                java.time.Clock.systemUTC(),
                new SimpleMeterRegistry(),
                () -> true);
        Scope scope = new Scope(Set.of(), "mail-system", "us", true, true);
        CredentialsResolver credentials = new CredentialsResolver(scope, cluster, secrets);
        ClaimCheck claims = new ClaimCheck(cluster, credentials, clock);
        OwnerMark mark = new OwnerMark("us");
        ZoneLocks locks = new ZoneLocks();
        BackOff quick = new BackOff(Duration.ofSeconds(2), Duration.ofSeconds(60));
        Rescheduling rescheduling = new Rescheduling(
                new RetrySchedule(new Retries(quick, quick, quick, quick), () -> 0.5),
                () -> Duration.ofMinutes(10),
                Runnable::run,
                gone -> {});
        domainController = new MailDomainReconciler(
                new io.maildomain.operator.domain.Workshop(
                        domains,
                        rules,
                        cluster,
                        credentials,
                        claims,
                        clients::forToken,
                        mark,
                        clock,
                        Duration.ofSeconds(10),
                        new MassDeletion(massDeletion, Duration.ofMinutes(10)),
                        Duration.ZERO,
                        new SimulatedDns(simulator, () -> seesDns),
                        origins,
                        Departures.none(handOver)),
                locks,
                rescheduling,
                null,
                (about, type, reason, message) -> events.add(reason + ": " + message));
        ruleController = new CatchAllRuleReconciler(
                new io.maildomain.operator.catchall.Workshop(
                        rules, domains, cluster, credentials, claims, clients::forToken, mark, clock),
                locks,
                rescheduling,
                null,
                (about, type, reason, message) -> events.add(reason + ": " + message));
    }

    private List<MailDomain> shownDomains() {
        return shown.orElseGet(domains::all);
    }

    /** The watch falls behind: what reconcilers see of other MailDomains stays as it is now. */
    void watchLags() {
        shown = Optional.of(domains.all());
    }

    void watchCatchesUp() {
        shown = Optional.empty();
    }

    /** The operator ends and another one starts: what was in memory is gone. */
    World restarts() {
        clients.close();
        start();
        return this;
    }

    /** A successor may come for so long; from the next start on. */
    World handsOverWithin(Duration window) {
        handOver = window;
        return restarts();
    }

    /** Time goes by. */
    void later(Duration howMuch) {
        ahead = ahead.plus(howMuch);
    }

    // ---- what people do in Kubernetes

    /** Applies a MailDomain of namespace {@code mail} for {@link #DOMAIN}; JSON with ticks for quotes. */
    MailDomain domain(String name, String spec) {
        return domain("mail", name, spec);
    }

    MailDomain domain(String namespace, String name, String spec) {
        String whole = spec.contains("'domain'") ? spec : with(spec, "'domain':'" + DOMAIN + "'");
        return apply(domains, MailDomain::new, namespace, name, read(whole, MailDomainSpec.class));
    }

    /** As one that is applied an hour from now. */
    MailDomain younger(String namespace, String name, String spec) {
        MailDomain domain = domain(namespace, name, spec);
        domain.getMetadata()
                .setCreationTimestamp(Instant.now()
                        .truncatedTo(ChronoUnit.SECONDS)
                        .plusSeconds(3600L + created)
                        .toString());
        return domains.put(domain);
    }

    /** Somebody else keeps it, too, when it is deleted. */
    void finalizer(MailDomain domain, String name) {
        MailDomain live = domains.live(domain).orElseThrow();
        live.addFinalizer(name);
        domains.put(live);
    }

    CatchAllRule catchAll(String namespace, String name, String domainRef, String spec) {
        String whole = with(spec, "'domainRef':{'name':'" + domainRef + "'}");
        return apply(rules, CatchAllRule::new, namespace, name, read(whole, CatchAllRuleSpec.class));
    }

    CatchAllRule catchAll(String name, String spec) {
        return catchAll("mail", name, "example", spec);
    }

    private static String with(String spec, String field) {
        String inner = spec.trim();
        return "{" + field + (inner.equals("{}") ? "}" : "," + inner.substring(1));
    }

    private <R extends CustomResource<P, ?>, P> R apply(
            MemoryStore<R, P, ?> store, java.util.function.Supplier<R> empty, String namespace, String name, P spec) {
        String uid = namespace + "/" + name + "/" + (store == (MemoryStore<?, ?, ?>) domains ? "domain" : "rule");
        Optional<R> known = store.all().stream()
                .filter(other -> other.getMetadata().getNamespace().equals(namespace)
                        && other.getMetadata().getName().equals(name))
                .findFirst();
        if (known.isPresent()) {
            R changed = known.get();
            changed.setSpec(spec);
            changed.getMetadata().setGeneration(changed.getMetadata().getGeneration() + 1);
            return store.put(changed);
        }
        R made = empty.get();
        // Each is a second younger than the one before, and all are older than what the simulator makes from now on.
        Instant time = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(3600L - ++created);
        made.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(name)
                .withUid(uid + "/" + created)
                .withGeneration(1L)
                .withCreationTimestamp(time.toString())
                .withFinalizers(ResourceStore.FINALIZER)
                .build());
        made.setSpec(spec);
        return store.put(made);
    }

    void annotate(MailDomain domain, String key, String value) {
        MailDomain live = domains.live(domain).orElseThrow();
        Map<String, String> all = new HashMap<>(
                Optional.ofNullable(live.getMetadata().getAnnotations()).orElse(Map.of()));
        all.put(key, value);
        live.getMetadata().setAnnotations(all);
        domains.put(live);
    }

    /** For what a test leaves behind. */
    void forget(MailDomain domain, CatchAllRule rule) {
        domains.remove(domain);
        rules.remove(rule);
        events.clear();
        controls().clearCalls();
    }

    void annotate(CatchAllRule rule, String key, String value) {
        CatchAllRule live = rules.live(rule).orElseThrow();
        live.getMetadata().setAnnotations(new HashMap<>(Map.of(key, value)));
        rules.put(live);
    }

    void delete(MailDomain domain) {
        domains.put(marked(domains.live(domain).orElseThrow(), Instant.now()));
    }

    void delete(MailDomain domain, Instant when) {
        domains.put(marked(domains.live(domain).orElseThrow(), when));
    }

    void delete(CatchAllRule rule) {
        rules.put(marked(rules.live(rule).orElseThrow(), Instant.now()));
    }

    private static <R extends HasMetadata> R marked(R live, Instant when) {
        live.getMetadata()
                .setDeletionTimestamp(when.truncatedTo(ChronoUnit.SECONDS).toString());
        return live;
    }

    /** Somebody edits the ledger, or it comes from elsewhere. */
    void ledger(MailDomain domain, java.util.function.UnaryOperator<Ownership> change) {
        MailDomain live = domains.live(domain).orElseThrow();
        MailDomainStatus status = Optional.ofNullable(live.getStatus()).orElse(MailDomainStatus.ofLedger(null));
        live.setStatus(status.withLedger(change.apply(status.ledger().orElse(Ownership.nothing()))));
        domains.put(live);
    }

    /** A CloudflareAccount; {@code access} is its spec.access as JSON. */
    void account(String name, String secret, String accountId, String access) {
        CloudflareAccount account = new CloudflareAccount();
        account.setMetadata(new ObjectMetaBuilder()
                .withName(name)
                .withUid("account-" + name)
                .withGeneration(1L)
                .build());
        account.setSpec(read(
                "{'secretRef':{'namespace':'mail-system','name':'" + secret + "'},'accountId':'" + accountId
                        + "','access':" + access + "}",
                CloudflareAccountSpec.class));
        cluster.with(account);
    }

    /** The account {@code default}, open to everybody for everything, with a token of exactly the runtime rights. */
    World usual() {
        token("tokens", "runtime", RUNTIME);
        account(
                "default",
                "tokens",
                simulator.accountId(),
                "[{'namespaces':{},'domains':['*'],'createZones':true,'workers':['*'],'forwardTo':['*']}]");
        controls().putAddress("team@corp.example", true);
        controls().putWorker("mailbox");
        return this;
    }

    /** Mints a token and stores it in a Secret of the operator's namespace. */
    void token(String secret, String name, String... rights) {
        secrets.holding(
                "mail-system",
                secret,
                "CLOUDFLARE_API_TOKEN",
                controls().putToken(name, rights).value());
    }

    // ---- what the operator does

    /** Reconciles the MailDomain once, or cleans it up. */
    void reconcile(MailDomain domain) {
        domains.live(domain).ifPresent(live -> {
            if (live.isMarkedForDeletion()) {
                domainController.cleanup(live, null);
            } else {
                domainController.reconcile(live, null);
            }
        });
    }

    void reconcile(CatchAllRule rule) {
        rules.live(rule).ifPresent(live -> {
            if (live.isMarkedForDeletion()) {
                ruleController.cleanup(live, null);
            } else {
                ruleController.reconcile(live, null);
            }
        });
    }

    /** Reconciles everything in turn, as if each had waited as long as it should, until nothing changes any more. */
    World settle() {
        int quiet = 0;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            List<String> before = versions();
            turn();
            quiet = before.equals(versions()) ? quiet + 1 : 0;
            // What is being deleted may look once more without a word.
            if (quiet > (isAnythingGoing() ? 1 : 0)) {
                return this;
            }
        }
        throw new AssertionError("it does not settle: " + versions());
    }

    private boolean isAnythingGoing() {
        return domains.all().stream().anyMatch(MailDomain::isMarkedForDeletion);
    }

    /** Everything once. */
    void turn() {
        domains.all().forEach(this::reconcile);
        rules.all().forEach(this::reconcile);
    }

    /** What is settled stays: no status, no ledger, no call that writes, however often it is looked at. */
    void nothingFlaps() {
        settle();
        List<String> before = versions();
        controls().clearCalls();
        for (int i = 0; i < 5; i++) {
            turn();
        }
        assertThat(versions()).isEqualTo(before);
        assertThat(writes()).isEmpty();
    }

    /** What the API server would have been told so far: each write makes another version. */
    List<String> versions() {
        return Stream.concat(domains.all().stream(), rules.all().stream())
                .map(resource -> resource.getMetadata().getUid() + "@"
                        + resource.getMetadata().getResourceVersion())
                .toList();
    }

    // ---- what there is to see

    Controls controls() {
        return simulator.controls();
    }

    boolean isGone(MailDomain domain) {
        return domains.live(domain).isEmpty();
    }

    boolean isGone(CatchAllRule rule) {
        return rules.live(rule).isEmpty();
    }

    Condition condition(MailDomain domain, String type) {
        return find(domains.live(domain).orElseThrow().getStatus().conditions(), type);
    }

    /** {@code False Conflict}. */
    String ready(MailDomain domain) {
        Condition ready = condition(domain, "Ready");
        return ready.status() + " " + ready.reason();
    }

    String ready(CatchAllRule rule) {
        Condition ready = find(rules.live(rule).orElseThrow().getStatus().conditions(), "Ready");
        return ready.status() + " " + ready.reason();
    }

    private static Condition find(List<Condition> conditions, String type) {
        return conditions.stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no condition " + type + " in " + conditions));
    }

    Ownership ledger(MailDomain domain) {
        return Optional.ofNullable(domains.live(domain).orElseThrow().getStatus())
                .flatMap(MailDomainStatus::ledger)
                .orElse(Ownership.nothing());
    }

    io.maildomain.simulator.state.Zone zone() {
        return controls().zone(DOMAIN).orElseThrow();
    }

    void zone(String json) {
        zone(DOMAIN, json);
    }

    void zone(String domain, String json) {
        controls().putZone(domain, json.replace('\'', '"'));
    }

    /** The addresses of the zone's rules, in order. */
    List<String> addresses() {
        return zone().rules().stream()
                .map(rule -> rule.matchers().get(0).value())
                .toList();
    }

    /** Writing calls at Cloudflare since the calls were cleared. */
    List<String> writes() {
        return controls().calls().stream()
                .filter(call -> !call.method().equals("GET"))
                .map(call -> call.key())
                .toList();
    }

    private static <T> T read(String json, Class<T> type) {
        try {
            return JSON.readValue(json.replace('\'', '"'), type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public void close() {
        clients.close();
        if (answers != null) {
            answers.close();
        }
        simulator.close();
    }
}
