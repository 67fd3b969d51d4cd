package io.maildomain.operator.it;

import static io.maildomain.operator.it.Scene.TEAM;
import static io.maildomain.operator.it.Scene.eventually;
import static io.maildomain.operator.it.Scene.forward;
import static io.maildomain.operator.it.Scene.goesTo;
import static io.maildomain.operator.it.Scene.rulesOf;
import static io.maildomain.operator.it.StatusAssert.assertThatConditions;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.RuleState;
import io.maildomain.api.v1alpha1.RuleStatus;
import io.maildomain.harness.Chart;
import io.maildomain.harness.ChartRbac;
import io.maildomain.harness.Checkout;
import io.maildomain.harness.KubeApi;
import io.maildomain.harness.MergePatch;
import io.maildomain.harness.OperatorExtension;
import io.maildomain.harness.OperatorProcess;
import io.maildomain.harness.SimulatorControl;
import io.maildomain.harness.TestAccount;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code docs/guides/moving.md}: a domain moves to another namespace or cluster, mail is sent all the time, and none is lost. */
class MovingIT {

    private static final String DOMAIN = "moving.example";
    private static final String BOSS = "boss@corp.example";
    private static final String RULES = rulesOf(forward("a@" + DOMAIN, TEAM), forward("b@in." + DOMAIN, TEAM));
    private static final String NEW_ID = "the-new-installation";
    private static final Map<String, ?> RETAIN = Map.of("spec", Map.of("deletionPolicy", "Retain"));
    private static final Duration START = Duration.ofSeconds(60);

    /** The cluster that domains move to. */
    private static KubeApi elsewhere;

    @RegisterExtension
    final OperatorExtension rig = OperatorExtension.withOptions("--drift-interval=1s");

    private final Scene scene = new Scene(rig);
    private MailStream mail;
    private OperatorProcess there;
    private String zone;

    @BeforeAll
    static void startTheOtherCluster() {
        elsewhere = KubeApi.start(Checkout.find());
        elsewhere.installCrds(Checkout.find().crds());
    }

    @AfterAll
    static void stopTheOtherCluster() {
        elsewhere.close();
    }

    /** With a zone that the operator created, so that a deletion would take all of it away. */
    @BeforeEach
    void mailFlows() {
        scene.destination(TEAM).destination(BOSS);
        scene.mailDomain("d", DOMAIN, "zone: {deletionPolicy: Delete}", RULES);
        scene.catchAll("rest", "d", "forwardTo: " + BOSS);
        scene.eventuallyDomain("d", status -> status.isNotReadyBecause("ZonePending"));
        rig.control().activate(DOMAIN);
        scene.eventuallyReady("d");
        scene.eventuallyCatchAll("rest", StatusAssert::isReady);
        zone = scene.mailDomain("d").getStatus().zone().id();
        // Where a rule is missing for a moment, the catch-all gets its mail.
        mail = MailStream.start(
                rig.control(),
                Map.of(
                        "a@" + DOMAIN, "forwarded to " + TEAM,
                        "b@in." + DOMAIN, "forwarded to " + TEAM,
                        "unnamed@" + DOMAIN, "forwarded to " + BOSS));
    }

    @AfterEach
    void noMailIsLost() {
        if (mail != null) {
            mail.close();
            assertThat(mail.lost()).isEmpty();
            assertThat(mail.sent()).isGreaterThan(50);
        }
        if (there != null) {
            there.close();
        }
    }

    /** An installation in the other cluster, with the account and the namespace that it needs. */
    private void install(String ownerId) {
        String home = elsewhere.createNamespace("operator");
        apply("apiVersion: v1\nkind: Namespace\nmetadata: {name: " + rig.namespace() + "}\n");
        ChartRbac rbac = ChartRbac.apply(
                elsewhere,
                new Chart(Checkout.find().chart()),
                home,
                Map.of("watchNamespaces", List.of(rig.namespace())));
        rig.alsoSecret(rbac.kubeconfig().config().getAutoOAuthToken());
        new TestAccount(elsewhere.client(), home)
                .putSecret(Map.of(
                        "CLOUDFLARE_API_TOKEN", rig.token(), "CLOUDFLARE_ACCOUNT_ID", SimulatorControl.ACCOUNT_ID));
        // Under the name that the manifests say.
        apply(new TestAccount(elsewhere.client(), home)
                .yaml(rig.namespace())
                .replace("{name: " + home + "}", "{name: " + rig.account() + "}"));
        Path files = rig.launch().log().getParent();
        there = OperatorProcess.start(new OperatorProcess.Launch(
                        rig.launch().jar(),
                        rbac.kubeconfig().write(files.resolve("MovingIT-" + home + ".kubeconfig")),
                        home,
                        rig.launch().cloudflare(),
                        rig.launch().options(),
                        files.resolve("MovingIT-" + home + ".operator.log"))
                .instead("--owner-id=" + ownerId, "--watch-namespaces=" + rig.namespace()));
        there.awaitReady(START);
    }

    private void apply(String yaml) {
        elsewhere
                .client()
                .resource(Serialization.unmarshal(yaml, GenericKubernetesResource.class))
                .fieldManager("test")
                .forceConflicts()
                .serverSideApply();
    }

    private void applyThere(String rules) {
        apply(scene.mailDomainYaml(rig.namespace(), "d", DOMAIN, "zone: {policy: AdoptOnly}", rules));
        apply("""
                apiVersion: maildomain.io/v1alpha1
                kind: CatchAllRule
                metadata: {name: rest, namespace: %s}
                spec:
                  domainRef: {name: d}
                  action: {forwardTo: %s}
                """.formatted(rig.namespace(), BOSS));
    }

    private static Resource<MailDomain> domain(KubernetesClient client, String namespace) {
        return client.resources(MailDomain.class).inNamespace(namespace).withName("d");
    }

    private static Resource<CatchAllRule> catchAll(KubernetesClient client, String namespace) {
        return client.resources(CatchAllRule.class).inNamespace(namespace).withName("rest");
    }

    private void eventuallyThere(RuleState state) {
        eventually(() -> {
            MailDomain domain = domain(elsewhere.client(), rig.namespace()).get();
            assertThatConditions(domain.getStatus().conditions()).isReady();
            assertThat(domain.getStatus().rules()).extracting(RuleStatus::state).containsExactly(state, state);
            assertThatConditions(catchAll(elsewhere.client(), rig.namespace())
                            .get()
                            .getStatus()
                            .conditions())
                    .isReady();
        });
    }

    @Test
    void toAnotherNamespaceOfTheSameCluster() {
        new Tenants(rig, scene).grant(Tenants.ALL, Tenants.ALL.replace("domains: ['*']", "domains: [" + DOMAIN + "]"));
        rig.apply(scene.mailDomainYaml(rig.otherNamespace(), "d", DOMAIN, RULES));
        rig.apply("""
                apiVersion: maildomain.io/v1alpha1
                kind: CatchAllRule
                metadata: {name: rest, namespace: %s}
                spec:
                  domainRef: {name: d}
                  action: {forwardTo: %s}
                """.formatted(rig.otherNamespace(), BOSS));
        eventually(() -> assertThatConditions(domain(rig.client(), rig.otherNamespace())
                        .get()
                        .getStatus()
                        .conditions())
                .isNotReadyBecause("Conflict"));

        scene.delete("d");

        eventually(() -> {
            assertThatConditions(domain(rig.client(), rig.otherNamespace())
                            .get()
                            .getStatus()
                            .conditions())
                    .isReady();
            assertThatConditions(catchAll(rig.client(), rig.otherNamespace())
                            .get()
                            .getStatus()
                            .conditions())
                    .isReady();
        });
        assertThat(scene.events()).anyMatch(event -> event.startsWith("HandedOver"));
        scene.eventuallyCatchAll("rest", status -> status.isNotReadyBecause("DomainNotFound"));
        assertThat(scene.addresses(zone)).containsExactly("a@" + DOMAIN, "b@in." + DOMAIN);
    }

    @Test
    void toAnotherClusterWithTheOwnerIdAndWithoutAStatus() {
        rig.operator().terminate();
        rig.control().clearCalls();

        install(rig.operatorNamespace());
        applyThere(RULES);
        eventuallyThere(RuleState.Synced);
        assertThat(scene.writes()).isZero();

        MergePatch.takeFinalizersOff(scene.catchAlls("rest"));
        MergePatch.takeFinalizersOff(scene.domains("d"));
        scene.catchAlls("rest").delete();
        scene.delete("d");
        mailIsOfTheNewOne();
    }

    @Test
    void toAnotherClusterWhileBothInstallationsGoOn() throws Exception {
        install(NEW_ID);
        rig.control().clearCalls();
        applyThere(RULES);
        eventuallyThere(RuleState.Matched);

        MergePatch.merge(scene.domains("d"), RETAIN);
        MergePatch.merge(scene.catchAlls("rest"), RETAIN);
        scene.catchAlls("rest").delete();
        scene.delete("d");
        scene.cloudflareStaysUnwritten();

        runTheBlockOfTheGuide();
        eventuallyThere(RuleState.Synced);
        mailIsOfTheNewOne();
    }

    private void mailIsOfTheNewOne() {
        assertThat(scene.zoneExists(DOMAIN)).isTrue();
        assertThat(scene.routing(zone).path("enabled").asBoolean()).isTrue();
        mail.close();
        applyThere(rulesOf(forward("a@" + DOMAIN, BOSS)));
        eventually(() -> assertThat(scene.addresses(zone)).containsExactly("a@" + DOMAIN));
        assertThat(goesTo(scene.rule(zone, "a@" + DOMAIN))).isEqualTo("forward " + BOSS);
        domain(elsewhere.client(), rig.namespace()).delete();
        catchAll(elsewhere.client(), rig.namespace()).delete();
        eventually(() ->
                assertThat(domain(elsewhere.client(), rig.namespace()).get()).isNull());
        assertThat(scene.addresses(zone)).isEmpty();
        assertThat(scene.zoneExists(DOMAIN)).as("it counts as adopted").isTrue();
        assertThat(scene.routing(zone).path("enabled").asBoolean()).isTrue();
    }

    /** The one block of the page that calls Cloudflare. */
    private void runTheBlockOfTheGuide() throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>();
        boolean inside = false;
        for (String line : GuidePage.read("docs/guides/moving.md")
                .commands()
                .map(GuidePage.Command::text)
                .toList()) {
            inside |= line.startsWith("rules=");
            if (inside) {
                lines.add(line);
            }
            inside &= !line.equals("done");
        }
        assertThat(lines).hasSizeGreaterThan(5).last().isEqualTo("done");
        ProcessBuilder shell = new ProcessBuilder("bash", "-euo", "pipefail", "-c", String.join("\n", lines));
        shell.environment()
                .putAll(Map.of(
                        "CLOUDFLARE_API_BASE_URL", rig.launch().cloudflare().toString(),
                        "CLOUDFLARE_API_TOKEN", rig.token(),
                        "ZONE_ID", zone,
                        "OLD_ID", rig.operatorNamespace(),
                        "NEW_ID", NEW_ID));
        Process process = shell.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).isEmpty();
    }
}
