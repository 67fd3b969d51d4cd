package io.maildomain.operator.it;

import static io.maildomain.operator.it.Scene.eventually;
import static io.maildomain.operator.it.Scene.rulesOf;
import static io.maildomain.operator.it.StatusAssert.assertThatConditions;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.harness.OperatorExtension;
import io.maildomain.harness.SimulatorControl;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The deploy surface on a real API server, under the rights that the chart gives for it. */
class MailWorkerIT {

    private static final String TOKEN = "the-deploy-token-of-this-test-0123456789";
    private static final String TO_THE_WORKER = "{address: bot@fresh.example, action: {worker: inbound}}";

    @RegisterExtension
    final OperatorExtension rig = OperatorExtension.withOptions("--deploying", "--local-secrets")
            .withChart(
                    Map.of("localSecrets", true, "deploying", Map.of("enabled", true, "configMaps", List.of("files"))));

    private final Scene scene = new Scene(rig);

    @BeforeEach
    void aDeployTokenAndItsGrant() {
        rig.control().putToken("deploy", TOKEN, List.of("Account: Workers Scripts: Edit"));
        rig.putSecret(Map.of(
                "CLOUDFLARE_API_TOKEN",
                rig.token(),
                "CLOUDFLARE_DEPLOY_API_TOKEN",
                TOKEN,
                "CLOUDFLARE_ACCOUNT_ID",
                SimulatorControl.ACCOUNT_ID));
        rig.apply("""
                apiVersion: maildomain.io/v1alpha1
                kind: CloudflareAccount
                metadata: {name: %s}
                spec:
                  secretRef: {namespace: %s, name: cloudflare-tokens}
                  access:
                  - namespaces: {matchLabels: {kubernetes.io/metadata.name: %s}}
                    domains: ["*"]
                    createZones: true
                    workers: ["*"]
                    deploy: {workers: [inbound]}
                """.formatted(rig.account(), rig.operatorNamespace(), rig.namespace()));
    }

    private void files(String name) {
        rig.client()
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(rig.namespace())
                        .endMetadata()
                        .addToData("index.js", "export default {}")
                        .build())
                .serverSideApply();
    }

    private void worker(String files, String more) {
        rig.apply("""
                apiVersion: maildomain.io/v1alpha1
                kind: MailWorker
                metadata: {name: inbound, namespace: %s}
                spec:
                  accountRef: {name: %s}
                  script: inbound
                  source: {configMap: {name: %s}}
                  compatibilityDate: "2026-04-01"
                %s
                """.formatted(rig.namespace(), rig.account(), files, more));
    }

    private Resource<MailWorker> worker() {
        return rig.client()
                .resources(MailWorker.class)
                .inNamespace(rig.namespace())
                .withName("inbound");
    }

    private void eventuallyWorker(Consumer<StatusAssert> assertion) {
        eventually(() ->
                assertion.accept(assertThatConditions(worker().get().getStatus().conditions())));
    }

    private String workersAtCloudflare() {
        return rig.control().state().toString();
    }

    @Test
    void aRuleThatWaitsForItsWorkerGoesOnOnceThatIsDeployedAndTheWorkerGoesOnceNoRuleNamesIt() {
        scene.mailDomain("fresh", "fresh.example", rulesOf(TO_THE_WORKER));
        scene.eventuallyDomain("fresh", status -> status.isNotReadyBecause("ZonePending"));
        rig.control().activate("fresh.example");
        scene.eventuallyDomain("fresh", status -> status.isNotReadyBecause("WorkerMissing"));

        files("files");
        worker("files", "  deletionPolicy: Delete");

        eventuallyWorker(StatusAssert::isReady);
        assertThat(worker().get().getFinalizers()).contains("maildomain.io/finalizer");
        scene.eventuallyReady("fresh");
        assertThat(scene.events()).anyMatch(event -> event.startsWith("Deployed: deployed version"));

        worker().delete();
        eventuallyWorker(status -> status.isNotReadyBecause("WorkerInUse"));
        scene.mailDomain("fresh", "fresh.example", "rules: []");
        eventually(() -> assertThat(worker().get()).isNull());
        assertThat(workersAtCloudflare()).doesNotContain("\"inbound\"");
    }

    @Test
    void ofConfigMapsItReadsThoseThatAreListed() {
        assertThat(rig.mayOperator("get", "", "configmaps", rig.namespace())).isFalse();
        assertThat(rig.mayOperator("list", "", "configmaps", rig.namespace())).isFalse();
        files("other");

        worker("other", "");

        eventuallyWorker(status -> status.isNotReadyBecause("SourceRefused")
                .says("SourceReady", "the operator may not read ConfigMap other"));
    }

    /** What a Worker gets to see goes to Cloudflare and is written down nowhere; another value is another version. */
    @Test
    void aSecretOfTheWorkerStandsNowhereAndIsDeployedAgainWhenItChanges() throws IOException {
        String first = "the-first-session-key-of-this-test-0123456789";
        String second = "the-second-session-key-of-this-test-0123456789";
        scene.secret(rig.namespace(), "webmail", Map.of("session", first));
        files("files");
        worker("files", "  secrets: [{name: SESSION_SECRET, valueFrom: {name: webmail, key: session}}]");
        eventuallyWorker(StatusAssert::isReady);
        String before = worker().get().getStatus().serving().id();

        scene.secret(rig.namespace(), "webmail", Map.of("session", second));

        eventually(() -> assertThat(worker().get().getStatus().serving().id()).isNotEqualTo(before));
        eventuallyWorker(StatusAssert::isReady);
        String said = Files.readString(rig.launch().log()) + Serialization.asJson(worker().get()) + scene.events();
        assertThat(said)
                .contains("inbound")
                .doesNotContain(first)
                .doesNotContain(second)
                .doesNotContain(Base64.getEncoder().encodeToString(first.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void afterARestartNothingIsDeployedAnew() {
        files("files");
        worker("files", "");
        eventuallyWorker(StatusAssert::isReady);
        String before = worker().get().getStatus().serving().id();
        rig.control().clearCalls();

        rig.restartOperator();

        eventually(() -> assertThat(
                        scene.calls().filter(call -> call.path("path").asText().contains("/workers/scripts/inbound")))
                .isNotEmpty());
        assertThat(worker().get().getStatus().serving().id()).isEqualTo(before);
        assertThat(scene.calls()
                        .filter(call -> call.path("path").asText().contains("/workers/scripts/inbound"))
                        .map(call -> call.path("method").asText()))
                .containsOnly("GET");
    }
}
