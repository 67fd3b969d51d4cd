package io.maildomain.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples for Argo CD and Flux: an API server that knows their kinds takes them, and the chart takes the values in them. */
class GitOpsExamplesIT {

    private static final Path EXAMPLES = Checkout.find().examples();
    private static KubernetesClient client;

    @BeforeAll
    static void installTheirKinds() {
        KubeApi api = KubeApi.shared();
        api.installCrds(Path.of("src/test/resources/io/maildomain/harness/gitops"));
        client = api.client();
        for (String name : List.of("argocd", "flux-system")) {
            Namespace namespace = new NamespaceBuilder()
                    .withNewMetadata()
                    .withName(name)
                    .endMetadata()
                    .build();
            client.resource(namespace).serverSideApply();
        }
    }

    static Stream<HasMetadata> objects() throws IOException {
        try (Stream<Path> files =
                Stream.concat(Files.list(EXAMPLES.resolve("argocd")), Files.list(EXAMPLES.resolve("flux")))) {
            return files.sorted().toList().stream().flatMap(GitOpsExamplesIT::objectsOf);
        }
    }

    private static Stream<HasMetadata> objectsOf(Path file) {
        try (InputStream yaml = Files.newInputStream(file)) {
            return KubeApi.shared().client().load(yaml).items().stream();
        } catch (IOException e) {
            throw new HarnessException(file + " cannot be read", e);
        }
    }

    @ParameterizedTest
    @MethodSource("objects")
    void theApiServerTakesItAsItIs(HasMetadata object) {
        assertThatCode(() -> KubeApi.shared().dryRun(object)).doesNotThrowAnyException();
    }

    @Test
    void theChartTakesTheValuesThatTheyGiveIt() throws IOException {
        Chart chart = new Chart(Checkout.find().chart());
        List<JsonNode> values = objects()
                .map(object -> JsonHttp.JSON.<JsonNode>valueToTree(object).path("spec"))
                .flatMap(spec -> Stream.of(spec.at("/source/helm/valuesObject"), spec.path("values")))
                .filter(JsonNode::isObject)
                .toList();

        assertThat(values).hasSize(2).allSatisfy(given -> assertThat(chart.render(
                        "mail-system", JsonHttp.JSON.convertValue(given, new TypeReference<Map<String, Object>>() {})))
                .contains("image: \"registry.example/mail-domain-operator:0.1.0\""));
    }

    @Test
    void theyNameAChartThatIsThere() throws IOException {
        List<String> charts = objects()
                .map(object -> JsonHttp.JSON.<JsonNode>valueToTree(object).path("spec"))
                .flatMap(spec -> Stream.of(spec.at("/source/path")))
                .map(JsonNode::asText)
                .filter(path -> path.startsWith("helm/"))
                .toList();

        assertThat(charts).hasSize(1).allSatisfy(path -> assertThat(
                        Checkout.find().root().resolve(path).resolve("Chart.yaml"))
                .exists());
    }

    @Test
    void eachKustomizationWaitsForOneThatIsThere() throws IOException {
        List<JsonNode> kustomizations = objects()
                .filter(object -> object.getKind().equals("Kustomization"))
                .map(object -> JsonHttp.JSON.<JsonNode>valueToTree(object))
                .toList();
        List<String> names = kustomizations.stream()
                .map(each -> each.at("/metadata/name").asText())
                .toList();
        List<String> waitedFor = kustomizations.stream()
                .flatMap(each -> each.at("/spec/dependsOn").findValuesAsText("name").stream())
                .toList();

        assertThat(waitedFor).hasSize(2);
        assertThat(names).containsAll(waitedFor);
    }
}
