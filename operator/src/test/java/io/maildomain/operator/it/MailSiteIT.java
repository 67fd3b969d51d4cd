package io.maildomain.operator.it;

import static io.maildomain.operator.it.Scene.eventually;
import static io.maildomain.operator.it.StatusAssert.assertThatConditions;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.maildomain.api.v1alpha1.Conditioned;
import io.maildomain.api.v1alpha1.MailSite;
import io.maildomain.harness.MergePatch;
import io.maildomain.harness.OperatorExtension;
import io.maildomain.harness.SimulatorControl;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sites on a real API server, under the rights that the chart gives for them. */
class MailSiteIT {

    private static final String TOKEN = "the-deploy-token-of-this-test-0123456789";
    private static final String PAGES = "Account: Cloudflare Pages: Edit";
    private static final String PROJECT = "mail-web";
    private static final String OF_OTHERS = "of-others";

    @RegisterExtension
    final OperatorExtension rig = OperatorExtension.withOptions(
                    "--deploying", "--drift-interval=1s", "--final-base=300ms", "--final-cap=1s")
            .withChart(Map.of("deploying", Map.of("enabled", true, "configMaps", List.of("files"))));

    private final Scene scene = new Scene(rig);

    @BeforeEach
    void aDeployTokenItsGrantAndFiles() {
        rig.control().putToken("deploy", TOKEN, List.of(PAGES));
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
                    deploy: {pages: [mail-web]}
                """.formatted(rig.account(), rig.operatorNamespace(), rig.namespace()));
        files("<h1>mail</h1>");
    }

    private void files(String content) {
        rig.client()
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("files")
                        .withNamespace(rig.namespace())
                        .endMetadata()
                        .addToData("index.html", content)
                        .build())
                .serverSideApply();
    }

    private void site(String name, String project, String more) {
        rig.apply("""
                apiVersion: maildomain.io/v1alpha1
                kind: MailSite
                metadata: {name: %s, namespace: %s}
                spec:
                  accountRef: {name: %s}
                  project: %s
                  source: {configMap: {name: files}}
                %s
                """.formatted(name, rig.namespace(), rig.account(), project, more.indent(2)));
    }

    private Resource<MailSite> site(String name) {
        return rig.client()
                .resources(MailSite.class)
                .inNamespace(rig.namespace())
                .withName(name);
    }

    /** Asserts on the conditions that speak of the present generation, until they hold. */
    private void eventuallySite(String name, Consumer<StatusAssert> assertion) {
        eventually(() -> {
            MailSite site = site(name).get();
            assertThat(site.getStatus().observedGeneration())
                    .isEqualTo(site.getMetadata().getGeneration());
            assertion.accept(assertThatConditions(site.getStatus().conditions()));
        });
    }

    private void look(String name, String when) {
        MergePatch.annotate(site(name), Conditioned.RECONCILE_REQUESTED, when);
        eventually(() -> assertThat(site(name).get().getStatus().lastHandledReconcileAt())
                .isEqualTo(when));
    }

    private String serving(String name) {
        return site(name).get().getStatus().serving().id();
    }

    private JsonNode project(String name) {
        return StreamSupport.stream(
                        rig.control().state().at("/accounts/0/platform/pages").spliterator(), false)
                .filter(project -> project.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no project " + name));
    }

    private void awaitNoProject(String name) {
        eventually(() -> assertThat(rig.control().state().at("/accounts/0/platform/pages"))
                .noneMatch(project -> project.path("name").asText().equals(name)));
    }

    @Test
    void aSiteIsServedFromItsConfigMapFollowsItAndGoesWithItsProject() {
        site("web", PROJECT, "createProject: true\ndeletionPolicy: Delete\nvariables: {API: https://api.example.com}");

        eventuallySite("web", StatusAssert::isReady);
        assertThat(site("web").get().getFinalizers()).contains("maildomain.io/finalizer");
        assertThat(scene.events()).anyMatch(event -> event.startsWith("Deployed: deployed "));
        assertThat(project(PROJECT).at("/deployments/0/files").has("/index.html"))
                .isTrue();
        assertThat(project(PROJECT)
                        .at("/deployment_configs/production/env_vars/API/value")
                        .asText())
                .isEqualTo("https://api.example.com");
        String first = serving("web");

        files("<h1>new mail</h1>");
        look("web", "now");
        eventually(() -> assertThat(serving("web")).isNotEqualTo(first));
        eventuallySite("web", StatusAssert::isReady);
        assertThat(project(PROJECT).path("deployments")).hasSize(2);

        site("web").delete();
        eventually(() -> assertThat(site("web").get()).isNull());
        awaitNoProject(PROJECT);
        assertThat(scene.events()).anyMatch(event -> event.startsWith("Deleted: deleted the Pages project"));
    }

    @Test
    void whatOthersDeployOverItIsSaidAndStandsUntilTheSourceChanges() {
        site("web", PROJECT, "createProject: true");
        eventuallySite("web", StatusAssert::isReady);

        rig.control().deployPages(PROJECT, "by hand");
        eventuallySite("web", status -> status.isNotReadyBecause("Drifted").says("Deployed", "others deployed"));
        assertThat(site("web").get().getStatus().serving().ours()).isFalse();
        assertThat(project(PROJECT).path("deployments")).hasSize(2);
        assertThat(scene.events()).anyMatch(event -> event.startsWith("Drifted: "));

        files("<h1>new mail</h1>");
        eventuallySite("web", StatusAssert::isReady);
        assertThat(project(PROJECT).path("deployments")).hasSize(3);
    }

    @Test
    void aProjectOfOthersIsNotTouchedWithoutAGrantAndStaysWhereItWasThereBefore() {
        rig.control().putPages(OF_OTHERS, Map.of());
        rig.control().deployPages(OF_OTHERS, "by hand");
        rig.control().putPages(PROJECT, Map.of());
        rig.control().deployPages(PROJECT, "by hand");
        JsonNode before = project(OF_OTHERS);

        site("theirs", OF_OTHERS, "createProject: true\ndeletionPolicy: Delete");
        eventuallySite("theirs", status -> status.isNotReadyBecause("DeployNotGranted")
                .says("TargetsReady", "access[].deploy.pages"));
        site("web", PROJECT, "deletionPolicy: Delete");
        eventuallySite("web", StatusAssert::isReady);

        site("theirs").delete();
        site("web").delete();
        eventually(() -> assertThat(site("theirs").get()).isNull());
        eventually(() -> assertThat(site("web").get()).isNull());
        assertThat(project(OF_OTHERS)).isEqualTo(before);
        assertThat(project(PROJECT).path("deployments")).hasSize(2);
        assertThat(scene.events()).anyMatch(event -> event.startsWith("SiteKept: "));
        assertThat(scene.calls().map(call -> call.path("path").asText())).noneMatch(path -> path.contains(OF_OTHERS));
    }

    @Test
    void aRightThatTheTokenLacksIsNamedAndHealsOnceItIsThere() {
        rig.control().putToken("deploy", TOKEN, List.of("Account: Workers Scripts: Edit"));
        site("web", PROJECT, "createProject: true");

        eventuallySite(
                "web", status -> status.isNotReadyBecause("PermissionMissing").says("Ready", PAGES));

        rig.control().putToken("deploy", TOKEN, List.of(PAGES));
        eventuallySite("web", StatusAssert::isReady);
    }

    @Test
    void theLookAtTheEndOfEachTestFindsATokenThatStandsInASite() {
        site("web", PROJECT, "createProject: true");
        eventuallySite("web", StatusAssert::isReady);
        assertThat(rig.leaks()).isEmpty();

        look("web", TOKEN);
        assertThat(rig.leaks()).anyMatch(leak -> leak.contains("resources.json"));

        look("web", "now");
        assertThat(rig.leaks()).isEmpty();
    }

    @Test
    void afterARestartNothingIsDeployedAnew() {
        site("web", PROJECT, "createProject: true");
        eventuallySite("web", StatusAssert::isReady);
        String before = serving("web");
        rig.control().clearCalls();

        rig.restartOperator();

        eventually(() -> assertThat(calls()).isNotEmpty());
        assertThat(serving("web")).isEqualTo(before);
        assertThat(calls()).containsOnly("GET");
    }

    private List<String> calls() {
        return scene.calls()
                .filter(call -> call.path("path").asText().contains("/pages/projects/" + PROJECT))
                .map(call -> call.path("method").asText())
                .toList();
    }
}
