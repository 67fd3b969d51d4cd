package io.maildomain.operator.edges;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.access.CredentialsResolver;
import io.maildomain.operator.config.OperatorSettings.Scope;
import io.maildomain.operator.controller.watches.WatchMapper;
import io.maildomain.operator.fixture.FakeEnvironment;
import io.maildomain.operator.fixture.FakeEnvironment.Options;
import io.maildomain.operator.fixture.ScenarioDsl;
import io.maildomain.operator.kubernetes.informers.MemoryCluster;
import io.maildomain.operator.kubernetes.informers.ResourceListener.Change;
import io.maildomain.operator.kubernetes.secrets.SecretKey;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Among 5,000 MailDomains in 250 namespaces, what happens to one concerns few: nothing goes over all of them. */
class WorkPerEventTest {

    private static final int ALL = 5_000;
    private static final int OF_A_NAMESPACE = 20;

    /** Of its own namespace each a few times; a scan visits 5,000. */
    private static final int FEW = 5 * OF_A_NAMESPACE;

    private static final Scope SCOPE = new Scope(Set.of(), FakeEnvironment.OPERATOR_NAMESPACE, "us", true, true);

    private static ScenarioDsl scenario;
    private static MemoryCluster cluster;
    private static final WatchMapper WATCHES = new WatchMapper();
    private static CatchAllRule rule;

    @BeforeAll
    static void aLargeInstallation() {
        scenario = new ScenarioDsl(Options.usual()).usual();
        cluster = scenario.env().cluster();
        String accountId = scenario.env().simulator().accountId();
        String access = "[{'namespaces':{},'domains':['*'],'createZones':true,'forwardTo':['*'],'maxDomains':50}]";
        scenario.account("default", "tokens", accountId, access);
        scenario.account("small", "small-tokens", accountId, access);
        for (int i = 0; i < ALL; i++) {
            String credentials = i % OF_A_NAMESPACE == 0
                    ? "{'secretRef':{'name':'own'}}"
                    : i < 3 ? "{'accountRef':{'name':'small'}}" : "{'accountRef':{'name':'default'}}";
            add(i, "team-" + i / OF_A_NAMESPACE, credentials);
        }
        rule = scenario.catchAll("team-7", "all", "d150", "{'action':{'drop':true}}");
        WATCHES.watch(
                cluster, new CredentialsResolver(SCOPE, cluster, scenario.env().secrets())::isGranted);
    }

    @AfterAll
    static void stop() {
        scenario.close();
    }

    private static void add(int number, String namespace, String credentials) {
        MailDomain domain = new MailDomain();
        domain.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName("d" + number)
                .withUid("uid-" + number)
                .withGeneration(1L)
                .withCreationTimestamp("2026-01-01T00:00:00Z")
                .withFinalizers("maildomain.io/finalizer")
                .build());
        domain.setSpec(ScenarioDsl.spec("{'domain':'d" + number + ".example','credentials':" + credentials + "}"));
        scenario.env().domains().put(domain);
    }

    private static MailDomain one() {
        return cluster.mailDomain("team-7", "d150").orElseThrow();
    }

    private static void visitsFew(Runnable work) {
        assertThat(cluster.visitsOf(work)).isLessThanOrEqualTo(FEW);
    }

    @Test
    void oneThatComes() {
        visitsFew(() -> WATCHES.mailDomainChanged(new Change<>(null, one())));
    }

    @Test
    void oneThatGoes() {
        visitsFew(() -> WATCHES.mailDomainChanged(new Change<>(one(), null)));
    }

    @Test
    void oneThatMovesToAnotherAccount() {
        MailDomain moved = one();
        moved.setSpec(ScenarioDsl.spec("{'domain':'d150.example','credentials':{'accountRef':{'name':'small'}}}"));
        visitsFew(() -> WATCHES.mailDomainChanged(new Change<>(one(), moved)));
    }

    @Test
    void oneReconcileOfADomainWhoseNamespaceMayHaveSoMany() {
        scenario.env().domains().put(one());
        visitsFew(() -> scenario.env().domainController().reconcile(one(), null));
        assertThat(scenario.condition(one(), "Ready").reason()).isNotEqualTo("AccessDenied");
    }

    @Test
    void oneCleanUp() {
        MailDomain going = cluster.mailDomain("team-9", "d190").orElseThrow();
        scenario.controls().putZone("d190.example", "{}");
        scenario.reconcile(going);
        scenario.delete(going);
        visitsFew(() -> scenario.env()
                .domainController()
                .cleanup(cluster.mailDomain("team-9", "d190").orElseThrow(), null));
    }

    @Test
    void oneCatchAllRule() {
        visitsFew(() -> WATCHES.catchAllRuleChanged(new Change<>(rule, null)));
        visitsFew(() -> scenario.reconcile(rule));
    }

    @Test
    void oneSecretOfATenant() {
        visitsFew(() -> WATCHES.secretChanged(new SecretKey("team-7", "own")));
    }

    @Test
    void oneSecretOfAnAccountThatFewUse() {
        visitsFew(() -> WATCHES.secretChanged(new SecretKey("mail-system", "small-tokens")));
    }

    @Test
    void oneAccountThatFewUse() {
        CloudflareAccount small = cluster.account("small").orElseThrow();
        visitsFew(() -> WATCHES.accountChanged(new Change<>(small, null)));
    }

    @Test
    void theLabelsOfOneNamespace() {
        Namespace before = namespace(Map.of());
        visitsFew(() -> WATCHES.namespaceChanged(new Change<>(before, namespace(Map.of("team", "seven")))));
    }

    private static Namespace namespace(Map<String, String> labels) {
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName("team-7")
                .withLabels(labels)
                .endMetadata()
                .build();
    }
}
