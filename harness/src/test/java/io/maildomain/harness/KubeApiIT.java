package io.maildomain.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeApiIT {

    private static KubeApi api;

    @BeforeAll
    static void startServer() {
        api = KubeApi.shared();
    }

    @Test
    void everyTestOfARunSharesOneServer() {
        assertThat(KubeApi.shared()).isSameAs(api);
        assertThat(api.client().getKubernetesVersion().getMajor()).isEqualTo("1");
    }

    @Test
    void namespacesAreNew() {
        assertThat(api.createNamespace("mail")).startsWith("mail-").isNotEqualTo(api.createNamespace("mail"));
    }

    @Test
    void everyCrdOfTheCheckoutIsServed() throws IOException {
        try (Stream<Path> manifests = Files.list(Checkout.find().crds())) {
            List<String> names = manifests
                    .filter(file -> file.toString().endsWith(".yaml"))
                    .map(file -> file.getFileName().toString())
                    .toList();
            assertThat(api.client()
                            .apiextensions()
                            .v1()
                            .customResourceDefinitions()
                            .list()
                            .getItems())
                    .filteredOn(crd -> crd.getSpec().getGroup().equals("maildomain.io"))
                    .hasSameSizeAs(names);
        }
    }

    @Test
    void theServiceAccountMayDoWhatTheChartGrantsAndNothingElse() {
        String own = api.createNamespace("operator");
        String other = api.createNamespace("tenant");
        createSecret(own);
        createSecret(other);
        ChartRbac rbac = ChartRbac.apply(api, own);

        try (KubernetesClient operator = new KubernetesClientBuilder()
                .withConfig(rbac.kubeconfig().config())
                .build()) {
            assertThat(operator.secrets().inNamespace(own).withName("tokens").get())
                    .isNotNull();
            assertThat(operator.namespaces().withName("kube-system").get()).isNotNull();
            assertForbidden(() ->
                    operator.secrets().inNamespace(other).withName("tokens").get());
            assertForbidden(() -> operator.secrets().inAnyNamespace().list());
            assertForbidden(
                    () -> operator.secrets().inNamespace(own).withName("tokens").delete());
            assertForbidden(() -> operator.configMaps()
                    .inNamespace(other)
                    .resource(new ConfigMapBuilder()
                            .withNewMetadata()
                            .withName("any")
                            .endMetadata()
                            .build())
                    .create());
        }
    }

    @Test
    void aKubeconfigBelongsToItsOwnerAndPrintsNoToken(@TempDir Path folder) throws IOException {
        ChartRbac rbac = ChartRbac.apply(api, api.createNamespace("operator"));
        Path file = rbac.kubeconfig().write(folder.resolve("kubeconfig"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(rbac.toString()).doesNotContain(rbac.kubeconfig().config().getAutoOAuthToken());
    }

    private static void createSecret(String namespace) {
        Secret secret = new SecretBuilder()
                .withNewMetadata()
                .withName("tokens")
                .endMetadata()
                .addToStringData("CLOUDFLARE_API_TOKEN", "not-a-token")
                .build();
        api.client().secrets().inNamespace(namespace).resource(secret).create();
    }

    private static void assertForbidden(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(KubernetesClientException.class, e -> assertThat(e.getCode())
                .isEqualTo(403));
    }
}
