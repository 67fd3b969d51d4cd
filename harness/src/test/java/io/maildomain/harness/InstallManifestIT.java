package io.maildomain.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.harness.Kubectl.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one file and the kustomize base, with the real kubectl. */
class InstallManifestIT {

    private static final Checkout CHECKOUT = Checkout.find();

    @TempDir
    private static Path folder;

    private static Kubectl kubectl;

    @BeforeAll
    static void findKubectl() throws IOException {
        kubectl = Kubectl.find(CHECKOUT, KubeApi.shared().kubeconfig(), folder, Path.of("target/kubectl/install.txt"));
        Files.createSymbolicLink(folder.resolve("deploy"), CHECKOUT.root().resolve("deploy"));
    }

    @Test
    void theFileInstallsTheOperatorAndASecondApplyChangesNothing() {
        Result first = kubectl.run("kubectl apply -f deploy/install.yaml");
        assertThat(first.exitCode()).as(first.output()).isZero();

        Result second = kubectl.run("kubectl apply -f deploy/install.yaml");

        assertThat(second.exitCode()).as(second.output()).isZero();
        assertThat(second.output().lines())
                .contains("deployment.apps/mail-domain-operator unchanged")
                .hasSizeGreaterThan(8)
                .allMatch(line -> line.endsWith(" unchanged"));
    }

    @Test
    void anOverlayNamesTheImageAndTheReplicas() throws IOException {
        Path overlay = Files.createDirectories(folder.resolve("overlay"));
        Files.copy(CHECKOUT.root().resolve("deploy/install.yaml"), overlay.resolve("install.yaml"));
        Files.writeString(overlay.resolve("kustomization.yaml"), """
                resources: [install.yaml]
                images:
                - name: mail-domain-operator
                  newName: registry.example/mail/operator
                  newTag: v1
                replicas:
                - {name: mail-domain-operator, count: 2}
                """);

        Result built = kubectl.run("kubectl kustomize overlay");

        assertThat(built.exitCode()).as(built.output()).isZero();
        assertThat(built.output())
                .contains("image: registry.example/mail/operator:v1")
                .contains("replicas: 2")
                .contains("kind: CustomResourceDefinition");
        assertThat(kubectl.run("kubectl kustomize deploy").output())
                .contains("image: mail-domain-operator:")
                .contains("kind: ClusterRoleBinding");
    }
}
