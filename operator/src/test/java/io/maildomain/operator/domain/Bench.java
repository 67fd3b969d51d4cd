package io.maildomain.operator.domain;

import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CatchAllRuleStatus;
import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.Credentials;
import io.maildomain.api.v1alpha1.LocalSecretRef;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainSpec;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.api.v1alpha1.Ownership;
import io.maildomain.operator.account.CredentialsResolver;
import io.maildomain.operator.account.LastGood;
import io.maildomain.operator.claims.ClaimCheck;
import io.maildomain.operator.cloudflare.ClientSettings;
import io.maildomain.operator.cloudflare.CloudflareClients;
import io.maildomain.operator.cluster.Cluster;
import io.maildomain.operator.handover.Departures;
import io.maildomain.operator.handover.MemoryZoneOrigins;
import io.maildomain.operator.ledger.StatusStore;
import io.maildomain.operator.publicdns.SimulatedDns;
import io.maildomain.operator.routing.OwnerMark;
import io.maildomain.operator.secrets.SecretKey;
import io.maildomain.operator.secrets.SecretState;
import io.maildomain.operator.settings.OperatorSettings.MassDeletion;
import io.maildomain.operator.settings.OperatorSettings.Scope;
import io.maildomain.simulator.Simulator;
import io.maildomain.simulator.SimulatorOptions;
import io.maildomain.simulator.calls.SeenCall;
import io.maildomain.simulator.control.Controls;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The domain package with the real client on a simulated Cloudflare, and with statuses in memory: no Kubernetes. */
final class Bench implements AutoCloseable {

    static final String DOMAIN = "example.com";
    static final OwnerMark MARK = new OwnerMark("us");

    /** All that a zone may hold at the start. */
    static final String ACTIVE = "{\"status\":\"active\"}";

    final List<String> events = new ArrayList<>();

    private final Simulator simulator;
    private final CloudflareClients clients;
    private final MemoryStore store = new MemoryStore(new ArrayList<>());
    private final DomainReconciliation reconciliation;
    private final DomainUndo undo;
    private SecretState secret;
    private MailDomain resource;

    Bench() {
        this(20);
    }

    Bench(int massDeletions) {
        this(massDeletions, Duration.ZERO);
    }

    /** @param behind how far Cloudflare's clock is behind everybody else's */
    Bench(int massDeletions, Duration behind) {
        simulator = Simulator.start(
                SimulatorOptions.defaults().withClock(Clock.offset(Clock.systemUTC(), behind.negated())));
        clients = new CloudflareClients(
                ClientSettings.defaults(simulator.apiUri(), "test"),
                Clock.systemUTC(),
                new SimpleMeterRegistry(),
                () -> true);
        secretHolds(
                Map.of("CLOUDFLARE_API_TOKEN", simulator.startToken(), "CLOUDFLARE_ACCOUNT_ID", simulator.accountId()));
        SmallCluster cluster = new SmallCluster(store);
        Scope scope = new Scope(Set.of(), "mail-system", "", true, true);
        CredentialsResolver credentials = new CredentialsResolver(scope, cluster, new OneSecret());
        Workshop workshop = new Workshop(
                store,
                new NoCatchAllRules(),
                cluster,
                credentials,
                new ClaimCheck(cluster, credentials, Clock.systemUTC()),
                clients::forToken,
                MARK,
                Clock.systemUTC(),
                Duration.ofSeconds(10),
                new MassDeletion(massDeletions, Duration.ofMinutes(10)),
                Duration.ZERO,
                new SimulatedDns(simulator, () -> true),
                new MemoryZoneOrigins(),
                Departures.none(Duration.ZERO));
        ChangeLog log = new ChangeLog((about, type, reason, message) -> events.add(reason + ": " + message));
        SubdomainRemoval removal = new SubdomainRemoval();
        LastGood lastGood = new LastGood(credentials);
        reconciliation = new DomainReconciliation(workshop, log, removal, lastGood);
        undo = new DomainUndo(workshop, log, removal, lastGood);
    }

    // What people do.

    /** A spec for {@link #DOMAIN}, written as its JSON would be. */
    static MailDomainSpec spec(String json) {
        MailDomainSpec read = Json.read(json, MailDomainSpec.class);
        return new MailDomainSpec(
                read.domain() == null ? DOMAIN : read.domain(),
                new Credentials(null, new LocalSecretRef("tokens")),
                read.zone(),
                read.dns(),
                read.subdomains(),
                read.subaddressing(),
                read.rules(),
                read.conflictPolicy(),
                read.deletionPolicy(),
                read.drift(),
                read.mode(),
                read.suspend());
    }

    Bench applies(String json) {
        return applies("example", json);
    }

    /** Creates the resource of that name, or changes its spec. */
    Bench applies(String name, String json) {
        MailDomain made = MemoryStore.mailDomain(name, spec(json));
        MailDomain known = store.live(made).orElse(null);
        made.getMetadata()
                .setCreationTimestamp(Instant.now()
                        .minusSeconds(5)
                        .truncatedTo(java.time.temporal.ChronoUnit.SECONDS)
                        .toString());
        if (known != null) {
            made.setMetadata(known.getMetadata());
            made.getMetadata().setGeneration(known.getMetadata().getGeneration() + 1);
            made.setStatus(known.getStatus());
        }
        resource = store.put(made);
        return this;
    }

    Bench annotates(String key, String value) {
        MailDomain live = live();
        live.getMetadata().setAnnotations(new java.util.HashMap<>(Map.of(key, value)));
        store.put(live);
        return this;
    }

    Bench deletes() {
        MailDomain live = live();
        live.getMetadata().setDeletionTimestamp(Instant.now().toString());
        store.put(live);
        return this;
    }

    Bench changesStatus(UnaryOperator<Ownership> change) {
        MailDomain live = live();
        LedgerSession session = new LedgerSession(store, live);
        session.note(change.apply(session.noted()));
        return this;
    }

    /** The resource is gone, and another one has its spec and status: a backup was put back. */
    Bench isRestored() {
        MailDomain before = live();
        store.release(before);
        MailDomain restored = MemoryStore.mailDomain("restored", before.getSpec());
        restored.getMetadata().setCreationTimestamp(before.getMetadata().getCreationTimestamp());
        restored.getMetadata().setGeneration(before.getMetadata().getGeneration());
        restored.setStatus(before.getStatus());
        resource = store.put(restored);
        return this;
    }

    Bench losesItsStatus() {
        MailDomain live = live();
        live.setStatus(null);
        store.put(live);
        return this;
    }

    void secretHolds(Map<String, String> data) {
        Map<String, byte[]> bytes = new java.util.HashMap<>();
        data.forEach((key, value) -> bytes.put(key, value.getBytes(StandardCharsets.UTF_8)));
        secret = new SecretState.Present(bytes, "1");
    }

    void secretIsGone() {
        secret = new SecretState.Absent();
    }

    String startToken() {
        return simulator.startToken();
    }

    // What the operator does.

    /** One reconcile, its status written as the reconciler writes it. */
    Turn reconcile() {
        MailDomain live = live();
        Turn turn = reconciliation.run(live, new LedgerSession(store, live));
        turn.said().ifPresent(status -> store.writeStatus(live, status));
        return turn;
    }

    UndoTurn undo() {
        MailDomain live = live();
        return undo.run(live, new LedgerSession(store, live));
    }

    // What there is to see.

    MailDomain live() {
        return store.live(resource).orElseThrow();
    }

    Ownership ledger() {
        return Optional.ofNullable(live().getStatus())
                .flatMap(MailDomainStatus::ledger)
                .orElse(Ownership.nothing());
    }

    Condition condition(String type) {
        return live().getStatus()
                .condition(type)
                .orElseThrow(() -> new AssertionError(
                        "no condition " + type + " in " + live().getStatus().conditions()));
    }

    boolean has(String type) {
        return live().getStatus().condition(type).isPresent();
    }

    String ready() {
        Condition ready = condition("Ready");
        return ready.status() + " " + ready.reason();
    }

    Controls cloudflare() {
        return simulator.controls();
    }

    /** The addresses of all rules at Cloudflare. */
    List<String> addresses() {
        return cloudflare().zone(DOMAIN).orElseThrow().rules().stream()
                .map(rule -> rule.matchers().get(0).value())
                .toList();
    }

    List<String> writes() {
        return cloudflare().calls().stream()
                .filter(call -> !call.method().equals("GET"))
                .map(SeenCall::key)
                .toList();
    }

    @Override
    public void close() {
        clients.close();
        simulator.close();
    }

    private final class OneSecret implements CredentialsResolver.Secrets {
        @Override
        public void retain(Object user, Set<SecretKey> keys) {
            // There is only one.
        }

        @Override
        public SecretState get(SecretKey key) {
            return secret;
        }
    }

    private static final class NoCatchAllRules implements StatusStore<CatchAllRule, CatchAllRuleStatus> {
        @Override
        public Optional<CatchAllRule> live(CatchAllRule known) {
            return Optional.of(known);
        }

        @Override
        public CatchAllRule writeLedger(CatchAllRule live, CatchAllRuleStatus ledger) {
            throw new IllegalStateException("MailDomains write no CatchAllRule");
        }

        @Override
        public void writeStatus(CatchAllRule live, CatchAllRuleStatus status) {
            throw new IllegalStateException("MailDomains write no CatchAllRule");
        }

        @Override
        public void release(CatchAllRule known) {
            throw new IllegalStateException("MailDomains release no CatchAllRule");
        }
    }

    private record SmallCluster(MemoryStore store) implements Cluster {
        @Override
        public boolean watches(String namespace) {
            return true;
        }

        @Override
        public List<MailDomain> mailDomains() {
            return store.all();
        }

        @Override
        public Optional<MailDomain> mailDomain(String namespace, String name) {
            return store.all().stream()
                    .filter(domain -> domain.getMetadata().getName().equals(name))
                    .findFirst();
        }

        @Override
        public List<MailDomain> mailDomainsFor(String domain) {
            return store.all().stream()
                    .filter(other -> other.getSpec().domain().equals(domain))
                    .toList();
        }

        @Override
        public List<CatchAllRule> catchAllRulesOf(String namespace, String mailDomain) {
            return List.of();
        }

        @Override
        public Optional<CatchAllRule> catchAllRule(String namespace, String name) {
            return Optional.empty();
        }

        @Override
        public List<CatchAllRule> catchAllRules() {
            return List.of();
        }

        @Override
        public Optional<CloudflareAccount> account(String name) {
            return Optional.empty();
        }

        @Override
        public List<CloudflareAccount> accounts() {
            return List.of();
        }

        @Override
        public Map<String, String> labelsOf(String namespace) {
            return Map.of();
        }
    }

    /** Reads what tests write as JSON, with quotes for ticks. */
    static final class Json {
        private static final com.fasterxml.jackson.databind.ObjectMapper MAPPER =
                new com.fasterxml.jackson.databind.ObjectMapper().findAndRegisterModules();

        private Json() {}

        static <T> T read(String json, Class<T> type) {
            try {
                return MAPPER.readValue(json.replace('\'', '"'), type);
            } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
                throw new IllegalArgumentException(e);
            }
        }
    }
}
