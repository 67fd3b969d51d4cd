package io.maildomain.operator.it;

import static io.maildomain.operator.it.Scene.TEAM;
import static io.maildomain.operator.it.Scene.eventually;
import static io.maildomain.operator.it.Scene.forward;
import static io.maildomain.operator.it.Scene.rulesOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.harness.Chart;
import io.maildomain.harness.ChartRbac;
import io.maildomain.harness.Checkout;
import io.maildomain.harness.KubeApi;
import io.maildomain.harness.OperatorExtension;
import io.maildomain.harness.OperatorProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two installations in one cluster, each for a namespace of its own, on one Cloudflare account. */
class InstallationsIT {

    private static final String DOMAIN = "two.example";
    private static final Duration START = Duration.ofSeconds(60);

    @RegisterExtension
    final OperatorExtension rig = OperatorExtension.withOptions("--drift-interval=1s");

    private final Scene scene = new Scene(rig);
    private final List<OperatorProcess> started = new ArrayList<>();
    private String zone;

    @AfterEach
    void end() {
        started.forEach(OperatorProcess::close);
    }

    /** A release in that namespace, for one namespace. */
    private OperatorProcess start(String operatorNamespace, String watched, String... options) {
        Path files = rig.launch().log().getParent();
        String name = operatorNamespace + "-" + started.size();
        ChartRbac rbac = ChartRbac.apply(
                KubeApi.shared(),
                new Chart(Checkout.find().chart()),
                operatorNamespace,
                Map.of("watchNamespaces", List.of(watched), "secretNamespaces", List.of(rig.operatorNamespace())));
        rig.alsoSecret(rbac.kubeconfig().config().getAutoOAuthToken());
        List<String> all = new ArrayList<>(rig.launch().options().stream()
                .filter(option -> !option.startsWith("--owner-id=") && !option.startsWith("--watch-namespaces="))
                .toList());
        all.add("--watch-namespaces=" + watched);
        all.addAll(List.of(options));
        OperatorProcess process = OperatorProcess.start(new OperatorProcess.Launch(
                rig.launch().jar(),
                rbac.kubeconfig().write(files.resolve(name + ".kubeconfig")),
                operatorNamespace,
                rig.launch().cloudflare(),
                all,
                files.resolve("InstallationsIT-" + name + ".operator.log")));
        started.add(process);
        return process;
    }

    private void bothAreGranted() {
        scene.destination(TEAM);
        zone = scene.settledZone(DOMAIN);
        new Tenants(rig, scene).grant("domains: ['*'], forwardTo: ['*']", "domains: ['*'], forwardTo: ['*']");
    }

    private String neighbourYaml(String rule) {
        return scene.mailDomainYaml(rig.otherNamespace(), "d", DOMAIN, rulesOf(forward(rule, TEAM)));
    }

    @Test
    void twoInstallationsThatAreToldOfOneDomainLeaveEachOthersRulesAlone() {
        rig.operator().kill();
        bothAreGranted();
        start(KubeApi.shared().createNamespace("team-a"), rig.namespace()).awaitReady(START);
        start(KubeApi.shared().createNamespace("team-b"), rig.otherNamespace()).awaitReady(START);

        scene.mailDomain("d", DOMAIN, rulesOf(forward("sales@" + DOMAIN, TEAM)));
        rig.apply(neighbourYaml("support@" + DOMAIN));
        eventually(() -> assertThat(scene.addresses(zone)).containsExactly("sales@" + DOMAIN, "support@" + DOMAIN));
        List<String> ids = ruleIds();
        Awaitility.await()
                .during(Duration.ofSeconds(5))
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(ruleIds()).isEqualTo(ids));

        rig.client()
                .resources(MailDomain.class)
                .inNamespace(rig.otherNamespace())
                .withName("d")
                .delete();
        eventually(() -> assertThat(scene.addresses(zone)).containsExactly("sales@" + DOMAIN));
        assertThat(scene.routing(zone).path("enabled").asBoolean()).isTrue();
    }

    private List<String> ruleIds() {
        return scene.rules(zone).stream().map(rule -> rule.path("id").asText()).toList();
    }

    @Test
    void anInstallationWithTheOwnerIdOfOneThatIsAliveDoesNotStart() {
        String second = KubeApi.shared().createNamespace("second");
        OperatorProcess process =
                start(second, rig.otherNamespace(), "--owner-id=" + rig.operatorNamespace(), "--leader-election");

        Awaitility.await().atMost(START).until(() -> !process.isAlive());
        assertThat(process.lastWords())
                .contains("another installation of mail-domain-operator works with owner id " + rig.operatorNamespace())
                .contains("--owner-id");

        rig.operator().terminate();
        start(second, rig.otherNamespace(), "--owner-id=" + rig.operatorNamespace(), "--leader-election")
                .awaitReady(START);
    }

    @Test
    void aReleaseThatSharesNamespaceAndLeaseWithAnotherDoesNotWaitForEver() {
        rig.operator().kill();
        String shared = KubeApi.shared().createNamespace("shared");
        start(shared, rig.namespace(), "--leader-election", "--release-name=blue")
                .awaitReady(START);
        OperatorProcess green = start(shared, rig.otherNamespace(), "--leader-election", "--release-name=green");
        OperatorProcess replica = start(shared, rig.namespace(), "--leader-election", "--release-name=blue");

        Awaitility.await().atMost(START).until(() -> !green.isAlive());
        assertThat(green.lastWords()).contains("release blue").contains("--lease-name");
        replica.awaitReady(START);
        assertThat(replica.get("/readyz").body()).contains("standing by");
    }

    @Test
    void rulesOfTheFirstReleaseAreTakenOverByTheirResourceOnlyAndMarkedAnewWithTheNextWrite() {
        rig.operator().kill();
        bothAreGranted();
        String uid = rig.client()
                .namespaces()
                .withName("kube-system")
                .get()
                .getMetadata()
                .getUid();
        String former = "[mdo:" + uid.replace("-", "").substring(0, 16) + "]";
        rule("mine@" + DOMAIN, rig.namespace() + "/d " + former);
        rule("old@" + DOMAIN, rig.namespace() + "/d " + former);
        rule("theirs@" + DOMAIN, rig.otherNamespace() + "/d " + former);
        String home = KubeApi.shared().createNamespace("upgraded");
        OperatorProcess upgraded = start(home, rig.namespace());
        upgraded.awaitReady(START);
        String ownerId = upgraded.get("/api/meta").body().replaceAll("(?s).*\"ownerId\"\\s*:\\s*\"([^\"]+)\".*", "$1");
        assertThat(upgraded.lastWords()).contains("owner id " + ownerId);

        scene.mailDomain("d", DOMAIN, rulesOf(forward("mine@" + DOMAIN, TEAM)));
        scene.eventuallyReady("d");
        eventually(() -> assertThat(scene.addresses(zone)).containsExactly("mine@" + DOMAIN, "theirs@" + DOMAIN));

        scene.destination("other@corp.example");
        scene.mailDomain("d", DOMAIN, rulesOf(forward("mine@" + DOMAIN, "other@corp.example")));
        eventually(
                () -> assertThat(scene.rule(zone, "mine@" + DOMAIN).path("name").asText())
                        .isEqualTo(rig.namespace() + "/d [mdo:" + ownerId + "]"));
        scene.delete("d");
        assertThat(scene.addresses(zone)).containsExactly("theirs@" + DOMAIN);
    }

    @Test
    void aClusterThatWasRestoredElsewhereTakesOverOnlyWithTheOldOwnerId() {
        bothAreGranted();
        scene.mailDomain("d", DOMAIN, rulesOf(forward("sales@" + DOMAIN, TEAM)));
        scene.eventuallyReady("d");
        rig.operator().kill();
        String restored = KubeApi.shared().createNamespace("restored");
        OperatorProcess stranger = start(restored, rig.namespace());
        stranger.awaitReady(START);

        scene.mailDomain("d", DOMAIN, rulesOf(forward("new@" + DOMAIN, TEAM)));
        eventually(() -> assertThat(scene.addresses(zone)).containsExactly("new@" + DOMAIN, "sales@" + DOMAIN));
        stranger.terminate();
        start(restored, rig.namespace(), "--owner-id=" + rig.operatorNamespace())
                .awaitReady(START);
        eventually(() -> assertThat(scene.addresses(zone)).containsExactly("new@" + DOMAIN));
    }

    private void rule(String address, String name) {
        rig.dashboard()
                .call(
                        "POST",
                        "/zones/" + zone + "/email/routing/rules",
                        Map.of(
                                "name",
                                name,
                                "enabled",
                                true,
                                "matchers",
                                List.of(Map.of("type", "literal", "field", "to", "value", address)),
                                "actions",
                                List.of(Map.of("type", "forward", "value", List.of(TEAM)))));
    }
}
