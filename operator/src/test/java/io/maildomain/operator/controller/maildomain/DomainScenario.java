package io.maildomain.operator.controller.maildomain;

import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.api.v1alpha1.Ownership;
import io.maildomain.operator.access.LastKnownGoodCredentials;
import io.maildomain.operator.controller.ChangeLog;
import io.maildomain.operator.controller.CleanupResult;
import io.maildomain.operator.controller.CloudflareSession;
import io.maildomain.operator.controller.ReconcileResult;
import io.maildomain.operator.fixture.FakeEnvironment;
import io.maildomain.operator.fixture.FakeEnvironment.Options;
import io.maildomain.operator.fixture.ScenarioDsl;
import io.maildomain.operator.kubernetes.secrets.SecretState;
import io.maildomain.simulator.control.Controls;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * One MailDomain with a Secret of its own namespace, whose reconciling and cleaning up are called one step at a time, for
 * what they return: a {@link ScenarioDsl} within this package.
 */
final class DomainScenario implements AutoCloseable {

    static final String DOMAIN = FakeEnvironment.DOMAIN;

    /** All that a zone may hold at the start. */
    static final String ACTIVE = "{\"status\":\"active\"}";

    private static final String NAMESPACE = "mail";
    private static final String SECRET = "tokens";

    private final ScenarioDsl scenario;
    private final DomainReconciliation reconciliation;
    private final DomainCleanup cleanup;
    private MailDomain resource;

    DomainScenario() {
        this(Options.usual());
    }

    DomainScenario(Options options) {
        scenario = new ScenarioDsl(options);
        FakeEnvironment env = scenario.env();
        secretHolds(Map.of(
                "CLOUDFLARE_API_TOKEN",
                startToken(),
                "CLOUDFLARE_ACCOUNT_ID",
                env.simulator().accountId()));
        ChangeLog log = new ChangeLog(env.recording());
        SubdomainRemoval removal = new SubdomainRemoval();
        LastKnownGoodCredentials lastGood =
                new LastKnownGoodCredentials(env.domainServices().credentials(), env.clock(), Duration.ZERO);
        reconciliation = new DomainReconciliation(env.domainServices(), log, removal, lastGood);
        cleanup = new DomainCleanup(env.domainServices(), env.domains(), log, removal, lastGood);
    }

    // What users do.

    DomainScenario applies(String json) {
        return applies("example", json);
    }

    /** Creates the resource of that name, or changes its spec. */
    DomainScenario applies(String name, String json) {
        String spec = ScenarioDsl.with(json, "'credentials':{'secretRef':{'name':'" + SECRET + "'}}");
        resource = scenario.domain(NAMESPACE, name, spec);
        if (resource.getMetadata().getGeneration() == 1) {
            resource.getMetadata()
                    .setCreationTimestamp(Instant.now()
                            .minusSeconds(5)
                            .truncatedTo(ChronoUnit.SECONDS)
                            .toString());
            scenario.env().domains().put(resource);
        }
        return this;
    }

    DomainScenario annotates(String key, String value) {
        MailDomain live = live();
        live.getMetadata().setAnnotations(new HashMap<>(Map.of(key, value)));
        scenario.env().domains().put(live);
        return this;
    }

    DomainScenario deletes() {
        scenario.delete(resource);
        return this;
    }

    DomainScenario changesStatus(UnaryOperator<Ownership> change) {
        scenario.ownership(resource, change);
        return this;
    }

    /** The resource is gone, and another one has its spec and status: a backup was put back. */
    DomainScenario isRestored() {
        MailDomain restored = live();
        scenario.env().domains().remove(restored);
        restored.getMetadata().setName("restored");
        restored.getMetadata().setUid("uid-restored");
        resource = scenario.env().domains().put(restored);
        return this;
    }

    DomainScenario losesItsStatus() {
        MailDomain live = live();
        live.setStatus(null);
        scenario.env().domains().put(live);
        return this;
    }

    void secretHolds(Map<String, String> data) {
        Map<String, byte[]> bytes = new HashMap<>();
        data.forEach((key, value) -> bytes.put(key, value.getBytes(StandardCharsets.UTF_8)));
        scenario.env().secrets().knowing(NAMESPACE, SECRET, new SecretState.Present(bytes, "1"));
    }

    void secretIsGone() {
        scenario.env().secrets().remove(NAMESPACE, SECRET);
    }

    String startToken() {
        return scenario.env().simulator().startToken();
    }

    // What the operator does.

    /** One reconcile, its status written as the reconciler writes it. */
    ReconcileResult<MailDomainStatus> reconcile() {
        MailDomain live = live();
        try (CloudflareSession session = scenario.env().session(live)) {
            ReconcileResult<MailDomainStatus> result = reconciliation.run(live, ownership(live), session);
            result.said().ifPresent(status -> scenario.env().domains().writeStatus(live, status));
            return result;
        }
    }

    CleanupResult cleanUp() {
        MailDomain live = live();
        try (CloudflareSession session = scenario.env().session(live)) {
            return cleanup.run(live, ownership(live), session);
        }
    }

    private OwnershipSession ownership(MailDomain live) {
        return new OwnershipSession(scenario.env().domains(), live);
    }

    // What there is to see.

    MailDomain live() {
        return scenario.env().domains().live(resource).orElseThrow();
    }

    Ownership ownership() {
        return scenario.ownership(resource);
    }

    Condition condition(String type) {
        return scenario.condition(resource, type);
    }

    boolean has(String type) {
        return live().getStatus().condition(type).isPresent();
    }

    String ready() {
        return scenario.ready(resource);
    }

    List<String> events() {
        return scenario.events();
    }

    Controls cloudflare() {
        return scenario.controls();
    }

    /** The addresses of all rules at Cloudflare. */
    List<String> addresses() {
        return scenario.addresses();
    }

    List<String> writes() {
        return scenario.writes();
    }

    @Override
    public void close() {
        scenario.close();
    }
}
