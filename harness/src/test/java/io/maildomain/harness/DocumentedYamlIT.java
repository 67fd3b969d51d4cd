package io.maildomain.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documentation tells people to write: the API server takes each object and each part of one, the chart all values. */
class DocumentedYamlIT {

    private static final Checkout CHECKOUT = Checkout.find();

    private final KubeApi api = KubeApi.shared();
    private final KubernetesClient client = api.client();
    private final Chart chart = new Chart(CHECKOUT.chart());

    @BeforeAll
    static void installWhatPrometheusOperatorAndFluxBring() {
        KubeApi.shared().installCrds(Path.of("src/test/resources/io/maildomain/harness/prometheus-operator"));
        KubeApi.shared().installCrds(Path.of("src/test/resources/io/maildomain/harness/gitops"));
    }

    static Stream<DocumentedYaml> objects() throws IOException {
        return DocumentedYaml.in(CHECKOUT.root()).stream().filter(DocumentedYaml::isAnObject);
    }

    static Stream<DocumentedYaml> specs() throws IOException {
        return DocumentedYaml.in(CHECKOUT.root()).stream().filter(DocumentedYaml::isASpec);
    }

    static Stream<DocumentedYaml> values() throws IOException {
        return DocumentedYaml.in(CHECKOUT.root()).stream().filter(DocumentedYaml::isValues);
    }

    @ParameterizedTest
    @MethodSource("objects")
    void theApiServerTakesEachObjectAsItStandsThere(DocumentedYaml yaml) {
        assertIsTaken(yaml.text());
    }

    @ParameterizedTest
    @MethodSource("specs")
    void theApiServerTakesEachPartOfAMailDomain(DocumentedYaml yaml) {
        assertIsTaken("""
                apiVersion: maildomain.io/v1alpha1
                kind: MailDomain
                metadata: {name: example-com, namespace: mail}
                """ + yaml.text() + "  domain: example.com\n");
    }

    @ParameterizedTest
    @MethodSource("values")
    void theChartTakesAllValuesAndTheApiServerWhatItMakesOfThem(DocumentedYaml yaml) {
        String namespace = api.createNamespace("documented");

        List<HasMetadata> resources = chart.resources(client, namespace, yaml.text());

        makeNamespacesOf(resources);
        assertThat(resources).isNotEmpty().allSatisfy(resource -> assertThatCode(() -> api.dryRun(resource))
                .doesNotThrowAnyException());
    }

    @Test
    void aFieldThatThereIsNotIsNoticed() {
        assertThatThrownBy(() -> assertIsTaken(
                        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: default}\ndate: {}\n"))
                .hasMessageContaining("date");
        assertThatThrownBy(() -> chart.resources(client, "documented", "watchNamespace: [mail]\n"))
                .hasMessageContaining("watchNamespace");
    }

    @Test
    void thereAreSomeOfEach() throws IOException {
        assertThat(objects()).hasSizeGreaterThan(6);
        assertThat(specs()).hasSizeGreaterThan(1);
        assertThat(values()).hasSizeGreaterThan(5);
    }

    private void assertIsTaken(String text) {
        List<GenericKubernetesResource> objects = Manifest.documents(client, text);
        makeNamespacesOf(objects);
        objects.forEach(api::dryRun);
    }

    private void makeNamespacesOf(List<? extends HasMetadata> objects) {
        objects.stream()
                .map(object -> object.getMetadata().getNamespace())
                .filter(namespace -> namespace != null)
                .distinct()
                .forEach(namespace -> client.resource(new NamespaceBuilder()
                                .withNewMetadata()
                                .withName(namespace)
                                .endMetadata()
                                .build())
                        .serverSideApply());
    }
}
