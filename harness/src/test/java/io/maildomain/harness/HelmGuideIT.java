package io.maildomain.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.harness.Kubectl.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines with helm of the installation guide, from top to bottom, as a new administrator types them. */
class HelmGuideIT {

    private static final Checkout CHECKOUT = Checkout.find();
    private static final Path GUIDE = Path.of("docs/guides/install.md");

    @TempDir
    private Path folder;

    @Test
    void everyLineWorksInTheOrderOfTheGuide() throws IOException {
        List<String> lines = helmLines();
        assertThat(lines)
                .anyMatch(line -> line.startsWith("helm install mail-domain-operator "))
                .anyMatch(line -> line.startsWith("helm upgrade "))
                .anyMatch(line -> line.startsWith("helm rollback "))
                .anyMatch(line -> line.startsWith("helm template "))
                .anyMatch(line -> line.startsWith("helm uninstall "));
        Files.createSymbolicLink(folder.resolve("helm"), CHECKOUT.root().resolve("helm"));
        try (KubeApi api = KubeApi.start(CHECKOUT)) {
            HelmCli helm = HelmCli.find(CHECKOUT, api.kubeconfig(), folder);
            Kubectl shell = new Kubectl(
                    KubeAssets.find(CHECKOUT).program("kubectl"),
                    api.kubeconfig(),
                    folder,
                    Path.of("target/kubectl/helm-guide.txt"));
            // That of the second release's example.
            assertThat(shell.run("kubectl create namespace team-b").exitCode()).isZero();

            for (String line : lines) {
                Result result = shell.run("PATH=" + helm.program().getParent() + ":$PATH; " + withoutHooks(line));
                assertThat(result.exitCode())
                        .as("%s%n%s", line, result.output())
                        .isZero();
            }

            assertThat(shell.run("kubectl get deployments --all-namespaces").output())
                    .contains("mail-team-b")
                    .doesNotContain("mail-system  ");
            assertThat(folder.resolve("operator.yaml")).content().contains("kind: Deployment");
        }
    }

    /** Here runs no kubelet that would run its Job; ChartHooksIT does that. */
    private static String withoutHooks(String line) {
        return line.startsWith("helm uninstall ") ? line + " --no-hooks" : line;
    }

    private static List<String> helmLines() throws IOException {
        return DocumentedCommand.in(CHECKOUT.root(), "helm").stream()
                .filter(command -> command.file().equals(GUIDE) && command.fenced())
                .map(DocumentedCommand::text)
                .toList();
    }
}
