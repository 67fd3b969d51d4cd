package io.maildomain.operator.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.CloudflareAccountSpec;
import io.maildomain.api.v1alpha1.Conditioned;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainSpec;
import io.maildomain.api.v1alpha1.MailSite;
import io.maildomain.api.v1alpha1.MailSiteSpec;
import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.api.v1alpha1.MailWorkerSpec;
import io.maildomain.operator.app.OperatorRuntime.Surroundings;
import io.maildomain.operator.config.SettingsOptions;
import io.maildomain.operator.fixture.ScenarioDsl;
import io.maildomain.operator.kubernetes.events.EventRecorder;
import io.maildomain.operator.kubernetes.leadership.Fence;
import io.maildomain.operator.ownership.ResourceWriter;
import io.maildomain.operator.server.logging.Redactor;
import io.maildomain.operator.sources.SourceLimits;
import io.maildomain.simulator.Simulator;
import io.maildomain.simulator.SimulatorOptions;
import io.maildomain.simulator.limits.RateLimit;
import io.maildomain.simulator.state.HostAnswer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** The whole operator as {@code run} puts it together, on a mock of the API server and a simulated Cloudflare: it deploys MailWorkers and MailSites. */
class DeployAssemblyTest {

    private static final String SYSTEM = "mail-system";
    private static final Duration SOON = Duration.ofSeconds(30);

    private final MockApiServer server = new MockApiServer();
    private final KubernetesClient client = server.client(new KubernetesSerialization());
    private final Simulator simulator =
            Simulator.start(SimulatorOptions.defaults().withRateLimit(RateLimit.off()));
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final Redactor redactor = new Redactor();

    @BeforeEach
    void anInstallation() {
        server.install(MailDomain.class);
        server.install(CatchAllRule.class);
        server.install(CloudflareAccount.class);
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(SYSTEM)
                        .addToLabels("kubernetes.io/metadata.name", SYSTEM)
                        .endMetadata()
                        .build())
                .create();
        secret("tokens", "CLOUDFLARE_API_TOKEN", simulator.startToken());
        CloudflareAccount account = new CloudflareAccount();
        account.setMetadata(new ObjectMetaBuilder().withName("default").build());
        account.setSpec(ScenarioDsl.read(
                "{'secretRef':{'namespace':'mail-system','name':'tokens'},'accountId':'" + simulator.accountId() + "'}",
                CloudflareAccountSpec.class));
        create(account);
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        client.close();
        server.close();
        simulator.close();
    }

    private void deployedKinds() {
        server.install(MailWorker.class);
        server.install(MailSite.class);
    }

    private void secret(String name, String key, String value) {
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(SYSTEM)
                        .withName(name)
                        .endMetadata()
                        .addToData(key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)))
                        .build())
                .createOr(existing -> existing.update());
    }

    private <R extends HasMetadata> R create(R resource) {
        resource.getMetadata().setNamespace(resource instanceof CloudflareAccount ? null : SYSTEM);
        resource.getMetadata().setFinalizers(List.of(ResourceWriter.FINALIZER));
        return client.resource(resource).create();
    }

    private void files(String name, String content) {
        client.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(SYSTEM)
                        .withName("files")
                        .endMetadata()
                        .addToData(name, content)
                        .build())
                .createOr(existing -> existing.update());
    }

    private MailSite site(String more) {
        files("index.html", "<h1>mail</h1>");
        MailSite site = new MailSite();
        site.setMetadata(new ObjectMetaBuilder().withName("web").build());
        site.setSpec(ScenarioDsl.read(
                "{'project':'mail-web','createProject':true,'source':{'configMap':{'name':'files'}}" + more + "}",
                MailSiteSpec.class));
        return create(site);
    }

    private MailWorker worker(String more) {
        files("index.js", "export default {}");
        MailWorker worker = new MailWorker();
        worker.setMetadata(new ObjectMetaBuilder().withName("inbound").build());
        worker.setSpec(ScenarioDsl.read(
                "{'script':'inbound','compatibilityDate':'2026-04-01','source':{'configMap':{'name':'files'}}" + more
                        + "}",
                MailWorkerSpec.class));
        return create(worker);
    }

    private OperatorAssembly operator(String... flags) {
        List<String> all = new ArrayList<>(List.of(
                "--operator-namespace=" + SYSTEM,
                "--owner-id=us",
                "--cloudflare-api-base-url=" + simulator.apiUri(),
                "--dns-checks=false",
                "--local-secrets",
                "--retry-base=100ms",
                "--waiting-base=10m",
                "--waiting-cap=10m",
                "--drift-interval=1h"));
        all.addAll(List.of(flags));
        EventRecorder events = new EventRecorder(client, Clock.systemUTC(), "here");
        OperatorAssembly assembly = new OperatorAssembly(new Surroundings(
                "1.2.3",
                CommandLine.populateCommand(new SettingsOptions(), all.toArray(String[]::new))
                        .settings(""),
                server.client(LenientDeserialization.serialization()),
                server.client(LenientDeserialization.outlines()),
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                events,
                Fence.open(),
                redactor,
                Clock.systemUTC()));
        opened.add(assembly);
        opened.add(events);
        return assembly;
    }

    private static Optional<String> ready(Conditioned status) {
        return Optional.ofNullable(status)
                .flatMap(known -> known.condition("Ready"))
                .map(condition -> condition.status() + " " + condition.reason());
    }

    private Optional<MailWorker> now() {
        return Optional.ofNullable(client.resources(MailWorker.class)
                .inNamespace(SYSTEM)
                .withName("inbound")
                .get());
    }

    private void awaitReady() {
        await().atMost(SOON).untilAsserted(() -> assertThat(now())
                .hasValueSatisfying(
                        worker -> assertThat(ready(worker.getStatus())).contains("True Ready")));
    }

    private String served() {
        return simulator
                .controls()
                .platform()
                .worker("inbound")
                .servingVersion()
                .orElseThrow()
                .id();
    }

    @Test
    void aMailWorkerIsDeployedFollowsItsSecretAndGoes() {
        deployedKinds();
        secret("session", "key", "a-secret-of-the-worker");
        OperatorAssembly operator = operator("--deploying");
        operator.start();
        MailWorker worker = worker(
                ",'deletionPolicy':'Delete','secrets':[{'name':'SESSION','valueFrom':{'name':'session','key':'key'}}]");

        awaitReady();
        String first = served();
        assertThat(redactor.clean("got a-secret-of-the-worker")).isEqualTo("got ***");
        assertThat(operator.readiness().passes()).isTrue();

        secret("session", "key", "another-secret-of-the-worker");
        await().atMost(SOON).until(() -> !served().equals(first));

        client.resource(worker).delete();
        await().atMost(SOON).untilAsserted(() -> assertThat(now()).isEmpty());
        assertThat(simulator.controls().state().toString()).doesNotContain("\"inbound\"");
    }

    @Test
    void aMailSiteIsDeployedAndGoes() {
        deployedKinds();
        OperatorAssembly operator = operator("--deploying");
        operator.start();
        MailSite site = site(",'deletionPolicy':'Delete'");

        await().atMost(SOON).untilAsserted(() -> assertThat(
                        ready(client.resource(site).get().getStatus()))
                .contains("True Ready"));
        assertThat(operator.readiness().passes()).isTrue();
        assertThat(simulator.controls().state().toString()).contains("\"mail-web\"");

        client.resource(site).delete();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(client.resource(site).get()).isNull());
        assertThat(simulator.controls().state().toString()).doesNotContain("\"mail-web\"");
    }

    @Test
    void aProbeIsAskedWhereTheInstallationSays() {
        deployedKinds();
        simulator.controls().putZone("example.com", "{\"status\":\"active\"}");
        simulator.controls().platform().putAnswer("api.example.com", new HostAnswer(200, null, "ok", null));
        operator("--deploying", "--probe-server=" + simulator.baseUri()).start();

        worker(",'customDomains':['api.example.com'],'rollout':{'strategy':'Probed','probe':"
                + "{'url':'https://api.example.com/health','contains':'ok'}}");

        awaitReady();
    }

    @Test
    void aRuleThatWaitsForTheWorkerIsWoken() {
        deployedKinds();
        simulator.controls().putZone("example.com", "{\"status\":\"active\",\"routing\":true}");
        operator("--deploying").start();
        MailDomain domain = new MailDomain();
        domain.setMetadata(new ObjectMetaBuilder().withName("example").build());
        domain.setSpec(ScenarioDsl.read(
                "{'domain':'example.com','rules':[{'address':'bot@example.com','action':{'worker':'inbound'}}]}",
                MailDomainSpec.class));
        MailDomain created = create(domain);
        await().atMost(SOON).untilAsserted(() -> assertThat(
                        ready(client.resource(created).get().getStatus()))
                .contains("False WorkerMissing"));

        worker("");

        // Its own next look is ten minutes away.
        await().atMost(SOON).untilAsserted(() -> assertThat(
                        ready(client.resource(created).get().getStatus()))
                .contains("True Ready"));
    }

    @Test
    void withoutTheFlagTheKindIsNotAskedFor() {
        deployedKinds();
        operator().start();
        worker("");

        await().atMost(SOON).untilAsserted(() -> assertThat(ready(client.resources(CloudflareAccount.class)
                        .withName("default")
                        .get()
                        .getStatus()))
                .contains("True Ready"));
        assertThat(now())
                .hasValueSatisfying(worker -> assertThat(worker.getStatus()).isNull());
        assertThat(simulator.controls().state().toString()).doesNotContain("\"inbound\"");
    }

    /** It would stay Terminating for good, and so would its namespace. */
    @Test
    void withoutTheFlagTheOperatorSaysWhatItLeavesBehindAndStartsAllTheSame() {
        deployedKinds();
        MailWorker worker = worker("");
        worker.addFinalizer(ResourceWriter.FINALIZER);
        client.resource(worker).update();
        ListAppender<ILoggingEvent> said = new ListAppender<>();
        said.start();
        Logger logger = (Logger) LoggerFactory.getLogger(DeployAssembly.class);
        logger.addAppender(said);
        try {
            operator().start();
        } finally {
            logger.detachAppender(said);
        }

        assertThat(said.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .anyMatch(line -> line.contains("mail-system/inbound") && line.contains("--deploying"));
    }

    @Test
    void withoutTheirCrdsTheOperatorSaysWhatIsMissing() {
        OperatorAssembly operator = operator("--deploying");

        assertThatThrownBy(operator::start)
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("(mailworkers.maildomain.io, mailsites.maildomain.io)");
    }

    @Test
    void whereOneIsMissingItIsThatOneThatTheOperatorNames() {
        server.install(MailWorker.class);
        OperatorAssembly operator = operator("--deploying");

        assertThatThrownBy(operator::start)
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("(mailsites.maildomain.io)");
    }

    @Test
    void aHostThatIsNoneEndsTheStart() {
        assertThatThrownBy(() -> operator("--artifact-hosts=https://ghcr.io"))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("--artifact-hosts: \"https://ghcr.io\" is no host");
    }

    @Test
    void aSourceTakesNoMoreThanItsShareOfTheHeap() {
        assertThat(DeployAssembly.limits(80 << 20).bytes()).isEqualTo(8 << 20);
        assertThat(DeployAssembly.limits(8L << 30)).isEqualTo(SourceLimits.DEFAULT);
    }
}
