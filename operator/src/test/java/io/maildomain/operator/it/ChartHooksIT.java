package io.maildomain.operator.it;

import static io.maildomain.operator.it.Scene.TEAM;
import static io.maildomain.operator.it.Scene.forward;
import static io.maildomain.operator.it.Scene.rulesOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.dsl.Resource;
import io.maildomain.api.v1alpha1.MailSite;
import io.maildomain.harness.Checkout;
import io.maildomain.harness.GoProgram.Result;
import io.maildomain.harness.HelmCli;
import io.maildomain.harness.KubeApi;
import io.maildomain.harness.MergePatch;
import io.maildomain.harness.OperatorExtension;
import io.maildomain.harness.SimulatorControl;
import io.maildomain.operator.kubernetes.secrets.SecretFinalizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The chart's hooks: the real Helm waits for them, the real program runs in them with the identity that the chart gives. */
class ChartHooksIT {

    private static final String RELEASE = "hooks";
    private static final String NAME = "hooks-mail-domain-operator";

    @RegisterExtension
    final OperatorExtension rig = OperatorExtension.withOptions("--drift-interval=1m");

    private final Scene scene = new Scene(rig);

    @TempDir
    private Path folder;

    private HelmCli helm;
    private HookKubelet kubelet;

    @BeforeEach
    void start() {
        helm = HelmCli.find(Checkout.find(), KubeApi.shared().kubeconfig(), folder);
        kubelet = new HookKubelet(KubeApi.shared(), rig.operatorNamespace(), folder);
    }

    @AfterEach
    void uninstall() {
        helm("uninstall", RELEASE, "--no-hooks", "--ignore-not-found");
        kubelet.close();
    }

    private Result helm(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("-n", rig.operatorNamespace(), "--timeout", "2m"));
        return helm.run(all.toArray(String[]::new));
    }

    private Result install(String... sets) {
        List<String> arguments = new ArrayList<>(List.of(
                "install",
                RELEASE,
                Checkout.find().chart().toString(),
                "--set",
                "crds.install=false,tests.account=" + rig.account() + ",watchNamespaces={" + rig.namespace() + "}",
                "--set",
                "extraEnv[0].name=MAILDOMAIN_CLOUDFLARE_API_BASE_URL,extraEnv[0].value="
                        + rig.launch().cloudflare()));
        for (String set : sets) {
            arguments.addAll(List.of("--set", set));
        }
        return helm(arguments.toArray(String[]::new));
    }

    private boolean isInstalled() {
        return rig.client()
                        .apps()
                        .deployments()
                        .inNamespace(rig.operatorNamespace())
                        .withName(NAME)
                        .get()
                != null;
    }

    @Test
    void theCheckOfTokensLetsAnInstallationPassWhoseTokenHasItsRights() {
        scene.settledZone("checked.example");

        Result installed = install("checkTokens.enabled=true");

        assertThat(installed.exitCode()).as(installed.output()).isZero();
        assertThat(kubelet.output(NAME + "-check-tokens")).contains("Zone: Zone Settings: Edit");
        assertThat(isInstalled()).isTrue();
    }

    @Test
    void theCheckOfTokensStopsAnInstallationWhoseTokenLacksARight() {
        scene.settledZone("checked.example");
        rig.control()
                .putToken(
                        "runtime",
                        rig.token(),
                        SimulatorControl.RUNTIME_RIGHTS.stream()
                                .filter(right -> !right.contains("Zone Settings"))
                                .toList());

        Result installed = install("checkTokens.enabled=true");

        assertThat(installed.exitCode()).isNotZero();
        assertThat(installed.output()).contains("failed pre-install");
        assertThat(kubelet.output(NAME + "-check-tokens")).containsPattern("Zone Settings: Edit +missing");
        assertThat(isInstalled()).isFalse();
    }

    @Test
    void helmTestChecksTheAccountsTokenWithTheOperatorsIdentity() {
        scene.settledZone("checked.example");
        assertThat(install().exitCode()).isZero();

        Result tested = helm("test", RELEASE);
        assertThat(tested.exitCode()).as(tested.output()).isZero();
        assertThat(kubelet.output(NAME + "-test")).contains("Secret " + rig.operatorNamespace());

        rig.control().putToken("runtime", rig.token(), List.of());
        assertThat(helm("test", RELEASE).exitCode()).isNotZero();
    }

    @Test
    void uninstallingIsRefusedWhileResourcesNeedTheOperatorAndGoesOnWithoutHooks() {
        scene.destination(TEAM);
        scene.settledZone("held.example");
        scene.mailDomain("held", "held.example", rulesOf(forward("sales@held.example", TEAM)));
        scene.eventuallyReady("held");
        assertThat(install().exitCode()).isZero();

        Result refused = helm("uninstall", RELEASE);

        assertThat(refused.exitCode()).isNotZero();
        assertThat(kubelet.output(NAME + "-check-uninstall"))
                .contains("MailDomain " + rig.namespace() + "/held")
                .contains("Delete them first")
                .contains("--no-hooks");
        assertThat(isInstalled()).isTrue();
        assertThat(helm("uninstall", RELEASE, "--no-hooks").exitCode()).isZero();
        assertThat(isInstalled()).isFalse();
    }

    @Test
    void uninstallingIsRefusedWhileASiteNeedsTheOperator() {
        rig.apply("""
                apiVersion: maildomain.io/v1alpha1
                kind: MailSite
                metadata: {name: held, namespace: %s, finalizers: [maildomain.io/finalizer]}
                spec: {project: held, source: {configMap: {name: files}}}
                """.formatted(rig.namespace()));
        Resource<MailSite> site = rig.client()
                .resources(MailSite.class)
                .inNamespace(rig.namespace())
                .withName("held");
        assertThat(install("deploying.enabled=true").exitCode()).isZero();

        Result refused = helm("uninstall", RELEASE);

        assertThat(refused.exitCode()).isNotZero();
        assertThat(kubelet.output(NAME + "-check-uninstall")).contains("MailSite " + rig.namespace() + "/held");
        assertThat(isInstalled()).isTrue();
        site.delete();
        MergePatch.takeFinalizersOff(site);

        // The account of the test needs the operator all the while.
        helm("uninstall", RELEASE);
        assertThat(kubelet.output(NAME + "-check-uninstall"))
                .contains("CloudflareAccount " + rig.account())
                .doesNotContain("MailSite");
    }

    /** Else no operator would be left to take it off, and the Secret and its namespace could never be deleted. */
    @Test
    void uninstallingTakesTheFinalizerOffHeldSecrets() {
        String ours = SecretFinalizer.PREFIX + "hooks-id";
        rig.client()
                .secrets()
                .inNamespace(rig.operatorNamespace())
                .withName("cloudflare-tokens")
                .edit(secret -> {
                    secret.getMetadata().setFinalizers(List.of("example.com/another", ours));
                    return secret;
                });
        assertThat(install("accounts=false,localSecrets=true,ownerId=hooks-id", "heldSecrets.names={cloudflare-tokens}")
                        .exitCode())
                .isZero();

        Result uninstalled = helm("uninstall", RELEASE);

        assertThat(uninstalled.exitCode()).as(uninstalled.output()).isZero();
        assertThat(kubelet.output(NAME + "-check-uninstall"))
                .contains("Secret " + rig.operatorNamespace() + "/cloudflare-tokens is not held any more");
        assertThat(rig.client()
                        .secrets()
                        .inNamespace(rig.operatorNamespace())
                        .withName("cloudflare-tokens")
                        .get()
                        .getMetadata()
                        .getFinalizers())
                .containsExactly("example.com/another");
        rig.client()
                .secrets()
                .inNamespace(rig.operatorNamespace())
                .withName("cloudflare-tokens")
                .edit(secret -> {
                    secret.getMetadata().setFinalizers(List.of());
                    return secret;
                });
    }

    @Test
    void uninstallingGoesOnOnceNothingNeedsTheOperator() {
        assertThat(install("accounts=false", "localSecrets=true").exitCode()).isZero();

        Result uninstalled = helm("uninstall", RELEASE);

        assertThat(uninstalled.exitCode()).as(uninstalled.output()).isZero();
        assertThat(kubelet.output(NAME + "-check-uninstall")).contains("nothing needs the operator any more");
        assertThat(isInstalled()).isFalse();
    }
}
