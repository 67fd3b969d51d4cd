package io.maildomain.operator.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainSpec;
import io.maildomain.api.v1alpha1.MailSite;
import io.maildomain.api.v1alpha1.MailSiteSpec;
import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.api.v1alpha1.MailWorkerSpec;
import io.maildomain.operator.fixture.ScenarioDsl;
import io.maildomain.operator.ownership.ResourceWriter;
import io.maildomain.operator.sources.SourceLimits;
import io.maildomain.simulator.Simulator;
import io.maildomain.simulator.state.HostAnswer;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The whole operator as {@code run} puts it together, on a mock of the API server and a simulated Cloudflare: it deploys MailWorkers and MailSites. */
class DeployAssemblyTest {

    static final Duration SOON = Duration.ofSeconds(30);

    private final AssemblyRig rig = new AssemblyRig();
    private final MockApiServer server = rig.server();
    private final KubernetesClient client = rig.client();
    private final Simulator simulator = rig.simulator();

    @AfterEach
    void stop() throws Exception {
        rig.stop();
    }

    private void deployedKinds() {
        server.install(MailWorker.class);
        server.install(MailSite.class);
    }

    private void files(String name, String content) {
        client.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(AssemblyRig.SYSTEM)
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
        return rig.create(site);
    }

    private MailWorker worker(String more) {
        files("index.js", "export default {}");
        MailWorker worker = new MailWorker();
        worker.setMetadata(new ObjectMetaBuilder().withName("inbound").build());
        worker.setSpec(ScenarioDsl.read(
                "{'script':'inbound','compatibilityDate':'2026-04-01','source':{'configMap':{'name':'files'}}" + more
                        + "}",
                MailWorkerSpec.class));
        return rig.create(worker);
    }

    private Optional<MailWorker> now() {
        return Optional.ofNullable(client.resources(MailWorker.class)
                .inNamespace(AssemblyRig.SYSTEM)
                .withName("inbound")
                .get());
    }

    private void awaitReady() {
        await().atMost(SOON).untilAsserted(() -> assertThat(now())
                .hasValueSatisfying(worker ->
                        assertThat(AssemblyRig.ready(worker.getStatus())).contains("True Ready")));
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
        rig.secret("session", "key", "a-secret-of-the-worker");
        OperatorAssembly operator = rig.operator("--deploying");
        operator.start();
        MailWorker worker = worker(
                ",'deletionPolicy':'Delete','secrets':[{'name':'SESSION','valueFrom':{'name':'session','key':'key'}}]");

        awaitReady();
        String first = served();
        assertThat(rig.redactor().clean("got a-secret-of-the-worker")).isEqualTo("got ***");
        assertThat(operator.readiness().passes()).isTrue();

        rig.secret("session", "key", "another-secret-of-the-worker");
        await().atMost(SOON).until(() -> !served().equals(first));

        client.resource(worker).delete();
        await().atMost(SOON).untilAsserted(() -> assertThat(now()).isEmpty());
        assertThat(simulator.controls().state().toString()).doesNotContain("\"inbound\"");
    }

    @Test
    void aMailSiteIsDeployedAndGoes() {
        deployedKinds();
        OperatorAssembly operator = rig.operator("--deploying");
        operator.start();
        MailSite site = site(",'deletionPolicy':'Delete'");

        await().atMost(SOON).untilAsserted(() -> assertThat(
                        AssemblyRig.ready(client.resource(site).get().getStatus()))
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
        rig.operator("--deploying", "--probe-server=" + simulator.baseUri()).start();

        worker(",'customDomains':['api.example.com'],'rollout':{'strategy':'Probed','probe':"
                + "{'url':'https://api.example.com/health','contains':'ok'}}");

        awaitReady();
    }

    @Test
    void aRuleThatWaitsForTheWorkerIsWoken() {
        deployedKinds();
        simulator.controls().putZone("example.com", "{\"status\":\"active\",\"routing\":true}");
        rig.operator("--deploying").start();
        MailDomain domain = new MailDomain();
        domain.setMetadata(new ObjectMetaBuilder().withName("example").build());
        domain.setSpec(ScenarioDsl.read(
                "{'domain':'example.com','rules':[{'address':'bot@example.com','action':{'worker':'inbound'}}]}",
                MailDomainSpec.class));
        MailDomain created = rig.create(domain);
        await().atMost(SOON).untilAsserted(() -> assertThat(
                        AssemblyRig.ready(client.resource(created).get().getStatus()))
                .contains("False WorkerMissing"));

        worker("");

        // Its own next look is ten minutes away.
        await().atMost(SOON).untilAsserted(() -> assertThat(
                        AssemblyRig.ready(client.resource(created).get().getStatus()))
                .contains("True Ready"));
    }

    @Test
    void withoutTheFlagTheKindIsNotAskedFor() {
        deployedKinds();
        rig.operator().start();
        worker("");

        await().atMost(SOON).untilAsserted(() -> assertThat(AssemblyRig.ready(client.resources(CloudflareAccount.class)
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
        Logger logger = (Logger) LoggerFactory.getLogger(LeftBehind.class);
        logger.addAppender(said);
        try {
            rig.operator().start();
        } finally {
            logger.detachAppender(said);
        }

        assertThat(said.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .anyMatch(line -> line.contains("mail-system/inbound") && line.contains("--deploying"));
    }

    @Test
    void withoutTheirCrdsTheOperatorSaysWhatIsMissing() {
        OperatorAssembly operator = rig.operator("--deploying");

        assertThatThrownBy(operator::start)
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("(mailworkers.maildomain.io, mailsites.maildomain.io)");
    }

    @Test
    void whereOneIsMissingItIsThatOneThatTheOperatorNames() {
        server.install(MailWorker.class);
        OperatorAssembly operator = rig.operator("--deploying");

        assertThatThrownBy(operator::start)
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("(mailsites.maildomain.io)");
    }

    @Test
    void aHostThatIsNoneEndsTheStart() {
        assertThatThrownBy(() -> rig.operator("--artifact-hosts=https://ghcr.io"))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("--artifact-hosts: \"https://ghcr.io\" is no host");
    }

    @Test
    void aSourceTakesNoMoreThanItsShareOfTheHeap() {
        assertThat(DeployAssembly.limits(80 << 20).bytes()).isEqualTo(8 << 20);
        assertThat(DeployAssembly.limits(8L << 30)).isEqualTo(SourceLimits.DEFAULT);
    }
}
