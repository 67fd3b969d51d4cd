package io.maildomain.operator.catchall;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.maildomain.api.v1alpha1.AccessGrant;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CatchAllRuleSpec;
import io.maildomain.api.v1alpha1.CatchAllRuleStatus;
import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.CloudflareAccountSpec;
import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainSpec;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.api.v1alpha1.NamespaceSelector;
import io.maildomain.api.v1alpha1.Ownership;
import io.maildomain.api.v1alpha1.SecretRef;
import io.maildomain.api.v1alpha1.ZoneOrigin;
import io.maildomain.api.v1alpha1.ZoneOwnership;
import io.maildomain.operator.account.CredentialsResolver;
import io.maildomain.operator.account.MemorySecrets;
import io.maildomain.operator.claims.ClaimCheck;
import io.maildomain.operator.cloudflare.ClientSettings;
import io.maildomain.operator.cloudflare.CloudflareClients;
import io.maildomain.operator.cluster.MemoryCluster;
import io.maildomain.operator.conditions.Check;
import io.maildomain.operator.conditions.ConditionType;
import io.maildomain.operator.conditions.Conditions;
import io.maildomain.operator.events.EventRecorder;
import io.maildomain.operator.ledger.MemoryStore;
import io.maildomain.operator.ledger.ResourceStore;
import io.maildomain.operator.locks.ZoneLocks;
import io.maildomain.operator.retry.Rescheduling;
import io.maildomain.operator.retry.RetrySchedule;
import io.maildomain.operator.routing.OwnerMark;
import io.maildomain.operator.settings.OperatorSettings.BackOff;
import io.maildomain.operator.settings.OperatorSettings.Retries;
import io.maildomain.operator.settings.OperatorSettings.Scope;
import io.maildomain.simulator.Simulator;
import io.maildomain.simulator.SimulatorOptions;
import io.maildomain.simulator.control.Controls;
import io.maildomain.simulator.state.RoutingRule;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** CatchAllRules, a MailDomain that is ready, and a simulated Cloudflare; only the API server is missing. */
final class Stage implements AutoCloseable {

    static final String DOMAIN = "example.com";
    static final OwnerMark MARK = new OwnerMark("us");

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    final MemoryStore<CatchAllRule, CatchAllRuleSpec, CatchAllRuleStatus> rules = new MemoryStore<>(
            CatchAllRule::new, (status, ledger) -> (status == null ? new CatchAllRuleStatus(null, null, null) : status)
                    .withLedger(ledger == null ? null : ledger.ownership()));
    final MemoryStore<MailDomain, MailDomainSpec, MailDomainStatus> domains =
            new MemoryStore<>(MailDomain::new, (status, ledger) -> status);
    final MemoryCluster cluster = new MemoryCluster(domains::all, this::seen);
    final MemorySecrets secrets = new MemorySecrets();
    final Simulator simulator = Simulator.start(SimulatorOptions.defaults());
    final ZoneLocks locks = new ZoneLocks();

    private String unseen = "";
    private final CloudflareClients clients;
    private final EventRecorder events;
    private final KubernetesClient kubernetes;
    private final CatchAllRuleReconciler reconciler;

    Stage(KubernetesClient kubernetes) {
        this.kubernetes = kubernetes;
        events = new EventRecorder(kubernetes, Clock.systemUTC(), "stage");
        String value = controls()
                .putToken("runtime", "Zone: Zone: Edit", "Zone: Email Routing Rules: Edit", "Zone: Zone Settings: Edit")
                .value();
        controls().putAddress("team@corp.example", true);
        controls().putAddress("boss@corp.example", true);
        controls().putWorker("mailbox-worker");
        controls().putZone(DOMAIN, """
                {"routing": true, "catch_all": {"name": "by hand", "forward_to": "boss@corp.example"}}""");
        secrets.holding("mail-system", "tokens", "CLOUDFLARE_API_TOKEN", value);
        grant(List.of("*"), List.of("*"));
        clients = new CloudflareClients(
                ClientSettings.defaults(simulator.apiUri(), "test"),
                Clock.systemUTC(),
                new SimpleMeterRegistry(),
                () -> true);
        reconciler = reconciler();
        domain(UnaryOperator.identity());
    }

    private CatchAllRuleReconciler reconciler() {
        Scope scope = new Scope(Set.of(), "mail-system", "us", false, true);
        BackOff quick = new BackOff(Duration.ofSeconds(2), Duration.ofSeconds(60));
        Rescheduling rescheduling = new Rescheduling(
                new RetrySchedule(new Retries(quick, quick, quick, quick), () -> 0.5),
                () -> Duration.ofMinutes(10),
                Runnable::run,
                gone -> {});
        CredentialsResolver credentials = new CredentialsResolver(scope, cluster, secrets);
        Workshop workshop = new Workshop(
                rules,
                domains,
                cluster,
                credentials,
                new ClaimCheck(cluster, credentials, Clock.systemUTC()),
                clients::forToken,
                MARK,
                Clock.fixed(NOW, java.time.ZoneOffset.UTC));
        return new CatchAllRuleReconciler(workshop, locks, rescheduling, null, events);
    }

    private List<CatchAllRule> seen() {
        return rules.all().stream()
                .filter(rule -> !rule.getMetadata().getUid().equals(unseen))
                .toList();
    }

    /** The cluster view lags behind: it does not hold this one yet. */
    void unseen(CatchAllRule rule) {
        unseen = rule.getMetadata().getUid();
    }

    Controls controls() {
        return simulator.controls();
    }

    String zoneId() {
        return controls().zone(DOMAIN).orElseThrow().id();
    }

    /** The catch-all as Cloudflare has it. */
    RoutingRule catchAll() {
        return controls().zone(DOMAIN).orElseThrow().catchAll();
    }

    /** Where it sends mail, in short. */
    String target() {
        RoutingRule.Action action = catchAll().actions().get(0);
        String target =
                action.value().isEmpty() ? action.type() : action.value().get(0);
        return catchAll().enabled() ? target : target + " (disabled)";
    }

    /** Somebody else writes it. */
    void somebodyWrites(String json) {
        controls().putZone(DOMAIN, "{\"catch_all\": " + json + "}");
    }

    /** How often it was written since {@link #forgetCalls}. */
    long writes() {
        return controls().calls().stream()
                .filter(call -> !call.method().equals("GET"))
                .count();
    }

    long calls() {
        return controls().calls().size();
    }

    void forgetCalls() {
        controls().clearCalls();
    }

    void grant(List<String> workers, List<String> forwardTo) {
        CloudflareAccount account = new CloudflareAccount();
        account.setMetadata(meta("", "default", "account-uid", NOW).build());
        account.setSpec(new CloudflareAccountSpec(
                new SecretRef("mail-system", "tokens"),
                null,
                null,
                List.of(new AccessGrant(
                        NamespaceSelector.everything(), List.of(DOMAIN), false, workers, forwardTo, null))));
        cluster.with(account);
    }

    void revokeAccess() {
        CloudflareAccount account = cluster.account("default").orElseThrow();
        account.setSpec(new CloudflareAccountSpec(account.getSpec().secretRef(), null, null, List.of()));
    }

    /** Stores the MailDomain, ready and with its zone noted, as the function changes it. */
    MailDomain domain(UnaryOperator<MailDomain> change) {
        MailDomain domain = new MailDomain();
        domain.setMetadata(meta("mail", "example-com", "domain-uid", NOW).build());
        domain.setSpec(MailDomainSpec.of(DOMAIN));
        domain.setStatus(status("Ready", ConditionType.READY, ConditionType.ROUTING_ENABLED));
        return domains.put(change.apply(domain));
    }

    MailDomainStatus status(String reason, ConditionType... holding) {
        List<Check> checks = java.util.Arrays.stream(ConditionType.values())
                .filter(type -> type == ConditionType.READY || List.of(holding).contains(type))
                .map(type -> List.of(holding).contains(type) ? Check.yes(type, reason, "") : Check.no(type, reason, ""))
                .toList();
        ZoneOwnership zone = new ZoneOwnership(zoneId(), simulator.accountId(), ZoneOrigin.Adopted, null);
        return new MailDomainStatus(
                1L,
                Conditions.of(List.of(), checks, 1, NOW),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Ownership.nothing().withZone(zone));
    }

    /** Another MailDomain manages the domain. */
    MailDomainStatus heldByAnother() {
        MailDomainStatus status = status("Conflict");
        List<Check> checks = List.of(
                Check.no(ConditionType.READY, "Conflict", ""),
                Check.no(ConditionType.ZONE_READY, "HeldInNamespace", ""));
        return new MailDomainStatus(
                1L,
                Conditions.of(List.of(), checks, 1, NOW),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                status.ownership());
    }

    /** The MailDomain is being deleted, and waits for nothing but its catch-all. */
    void deleteDomain() {
        domain(domain -> {
            domain.getMetadata().setDeletionTimestamp(NOW.toString());
            domain.setStatus(status("CatchAllInUse", ConditionType.ROUTING_ENABLED));
            return domain;
        });
    }

    /** @param age how many minutes later than others it was created */
    CatchAllRule rule(String name, int age, CatchAllRuleSpec spec) {
        CatchAllRule rule = new CatchAllRule();
        rule.setMetadata(
                meta("mail", name, name + "-uid", NOW.plusSeconds(60L * age)).build());
        rule.setSpec(spec);
        return rules.put(rule);
    }

    CatchAllRule edit(CatchAllRule rule, CatchAllRuleSpec spec) {
        CatchAllRule live = rules.live(rule).orElseThrow();
        live.setSpec(spec);
        live.getMetadata().setGeneration(live.getMetadata().getGeneration() + 1);
        return rules.put(live);
    }

    CatchAllRule delete(CatchAllRule rule) {
        CatchAllRule live = rules.live(rule).orElseThrow();
        live.getMetadata().setDeletionTimestamp(NOW.toString());
        return rules.put(live);
    }

    private static ObjectMetaBuilder meta(String namespace, String name, String uid, Instant created) {
        ObjectMeta meta = new ObjectMeta();
        meta.setNamespace(namespace.isEmpty() ? null : namespace);
        meta.setName(name);
        meta.setUid(uid);
        meta.setGeneration(1L);
        meta.setCreationTimestamp(created.toString());
        return new ObjectMetaBuilder(meta);
    }

    /** Reconciles it once; the answer is when it is looked at again. */
    Duration reconcile(CatchAllRule rule) {
        return reconciler
                .reconcile(rules.live(rule).orElseThrow(), null)
                .getScheduleDelay()
                .map(Duration::ofMillis)
                .orElse(Duration.ZERO);
    }

    /** Cleans it up once; the answer is whether it was let go. */
    boolean cleanup(CatchAllRule rule) {
        CatchAllRule live = rules.live(rule).orElseThrow();
        live.getMetadata().setFinalizers(new ArrayList<>(List.of(ResourceStore.FINALIZER)));
        rules.put(live);
        reconciler.cleanup(live, null);
        return rules.live(rule).isEmpty();
    }

    Condition ready(CatchAllRule rule) {
        return condition(rule, ConditionType.READY).orElseThrow();
    }

    Optional<Condition> condition(CatchAllRule rule, ConditionType type) {
        return Optional.ofNullable(rules.live(rule).orElseThrow().getStatus())
                .flatMap(status -> Conditions.find(status.conditions(), type));
    }

    io.maildomain.api.v1alpha1.CatchAllOwnership ledger(CatchAllRule rule) {
        return Succession.ledgerOf(rules.live(rule).orElseThrow()).orElse(null);
    }

    /** The reasons of the Events so far; ends recording. */
    List<String> events() {
        events.close();
        return kubernetes.v1().events().inAnyNamespace().list().getItems().stream()
                .map(Event::getReason)
                .toList();
    }

    @Override
    public void close() {
        events.close();
        clients.close();
        simulator.close();
    }
}
