package io.maildomain.operator.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code run} as a process: what it says when it cannot start, and how it ends. */
@EnableKubernetesMockClient(crud = true, https = false)
class RunTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    KubernetesMockServer server;
    KubernetesClient client;

    @Test
    void sigtermEndsItInOrderWithCodeZeroWithinTenSeconds() throws Exception {
        try (OperatorMain operator = start(kubeconfig(client.getMasterUrl().toString()))) {
            await().atMost(SOON).until(() -> operator.err().contains("Serving HTTP"));
            Instant asked = Instant.now();
            operator.terminate();

            assertThat(operator.exitCode()).isZero();
            assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(10));
            assertThat(operator.err()).contains("Stopping", "Stopped").doesNotContain("Exception");
            assertThat(operator.out()).isEmpty();
        }
    }

    @Test
    void aLeaderThatIsEndedGivesItsLeaseBack() throws Exception {
        Path config = kubeconfig(client.getMasterUrl().toString());
        try (OperatorMain operator = start(config, "--leader-election", "--retry-period", "200ms")) {
            await().atMost(SOON).until(() -> operator.err().contains(" leads ("));
            assertThat(holder()).isNotBlank();
            operator.terminate();
            assertThat(operator.exitCode()).isZero();
            assertThat(holder()).isNull();
        }
    }

    @Test
    void aStartThatFailsLaterIsOneLineWithItsCauseAndExitCodeOne() throws Exception {
        Path config = kubeconfig(client.getMasterUrl().toString());
        try (OperatorMain operator = start(config, "--owner-id", BareMain.FAILS)) {
            assertThat(operator.exitCode()).isEqualTo(1);
            assertThat(operator.err().lines().filter(line -> line.contains("ERROR")))
                    .singleElement()
                    .asString()
                    .endsWith("The operator cannot start: Error starting: the CRDs are missing");
            assertThat(operator.err()).doesNotContain("\tat ");
        }
    }

    @Test
    void aTakenPortIsOneLineAndExitCodeOne() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            Path config = kubeconfig(client.getMasterUrl().toString());
            refused(start(config, "--http-port", Integer.toString(taken.getLocalPort())), "--http-port");
        }
    }

    @Test
    void anApiServerThatIsNotThereIsNamed() throws Exception {
        int free;
        try (ServerSocket closed = new ServerSocket(0)) {
            free = closed.getLocalPort();
        }
        refused(start(kubeconfig("http://127.0.0.1:" + free)), "http://127.0.0.1:" + free + "/ cannot be reached");
    }

    @Test
    void withoutAnyKubeconfigItSaysWhereItLooked() throws Exception {
        refused(OperatorMain.start(folder, Map.of(), "run"), folder.resolve(".kube/config") + " and this is no pod");
    }

    /** The context's namespace is where its owner works, and would be granted everything. */
    @Test
    void byHandTheOperatorsNamespaceMustBeGiven() throws Exception {
        Path config = kubeconfig(client.getMasterUrl().toString());
        try (OperatorMain operator = OperatorMain.start(folder, Map.of("KUBECONFIG", config.toString()), "run")) {
            assertThat(operator.exitCode()).isEqualTo(2);
            assertThat(operator.err()).contains("--operator-namespace is missing");
        }
    }

    @Test
    void aMissingKubeconfigIsNamed() throws Exception {
        refused(start(folder.resolve("missing")), folder.resolve("missing") + ", which does not exist");
    }

    @Test
    void aKubeconfigThatIsNoneIsNamed() throws Exception {
        Path config = Files.writeString(folder.resolve("broken"), "{");
        refused(start(config), config + " is not one");
    }

    @Test
    void aKubeconfigWithoutAContextIsNamed() throws Exception {
        Path config = Files.writeString(folder.resolve("empty"), "kind: Config\n");
        refused(start(config), config + " has no current context");
    }

    @Test
    void aKubeconfigThatCannotBeReadIsNamed() throws Exception {
        Path config = Files.createDirectory(folder.resolve("folder"));
        refused(start(config), config + " cannot be read");
    }

    private OperatorMain start(Path kubeconfig, String... flags) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("run", "--log-format=text", "--operator-namespace=mail"));
        arguments.addAll(List.of(flags));
        return OperatorMain.start(
                folder,
                Map.of("KUBECONFIG", kubeconfig.toString(), "MAILDOMAIN_HTTP_PORT", "0"),
                arguments.toArray(String[]::new));
    }

    private static void refused(OperatorMain operator, String words) throws InterruptedException {
        try (operator) {
            assertThat(operator.exitCode()).isEqualTo(1);
            assertThat(operator.err().lines())
                    .hasSize(1)
                    .first()
                    .asString()
                    .startsWith("error: ")
                    .contains(words);
        }
    }

    private String holder() {
        return client.leases()
                .inNamespace("mail")
                .withName("mail-domain-operator")
                .get()
                .getSpec()
                .getHolderIdentity();
    }

    private Path kubeconfig(String server) throws IOException {
        return Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                current-context: here
                clusters: [{name: here, cluster: {server: "%s"}}]
                contexts: [{name: here, context: {cluster: here, user: me, namespace: mail}}]
                users: [{name: me, user: {}}]
                """.formatted(server));
    }
}
