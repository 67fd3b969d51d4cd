package io.maildomain.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What kube-state-metrics is told to read is there, by the CRDs' schemas, and of a type that it can make a number, a label or a state of. It resolves paths as
 * its {@code registry_factory.go} does: into maps by name, and each entry of a list that a path ends in.
 */
class KubeStateMetricsTest {

    private static final Path ROOT = Checkout.find().root();
    private static final Map<String, String> OF_METADATA =
            Map.of("name", "", "namespace", "", "uid", "", "creationTimestamp", "date-time");
    private static final Set<String> NUMBERS = Set.of("integer", "number", "boolean");
    private static final Map<String, JsonNode> SCHEMAS = new HashMap<>();
    private static final List<JsonNode> RESOURCES = new ArrayList<>();

    @BeforeAll
    static void read() throws IOException {
        try (Stream<Path> crds = Files.list(ROOT.resolve("crds"))) {
            for (Path crd :
                    crds.filter(file -> file.toString().endsWith(".yaml")).toList()) {
                JsonNode spec = yaml(crd).path("spec");
                JsonNode version = spec.at("/versions/0");
                SCHEMAS.put(
                        spec.path("group").asText() + "/" + version.path("name").asText() + "/"
                                + spec.at("/names/kind").asText(),
                        version.at("/schema/openAPIV3Schema"));
            }
        }
        yaml(ROOT.resolve("examples/kube-state-metrics/custom-resource-state.yaml"))
                .at("/spec/resources")
                .forEach(RESOURCES::add);
    }

    private static JsonNode yaml(Path file) throws IOException {
        return Serialization.unmarshal(Files.readString(file), JsonNode.class);
    }

    @Test
    void everyKindIsRead() {
        assertThat(RESOURCES)
                .extracting(KubeStateMetricsTest::gvk)
                .containsExactlyInAnyOrderElementsOf(SCHEMAS.keySet());
    }

    @Test
    void everyPathIsAFieldOfItsKindAndOfATypeThatFits() {
        List<String> wrong = new ArrayList<>();
        int seen = 0;
        for (JsonNode resource : RESOURCES) {
            JsonNode schema = SCHEMAS.get(gvk(resource));
            wrong.addAll(wrongLabels(schema, resource.path("labelsFromPath")));
            for (JsonNode metric : resource.path("metrics")) {
                seen++;
                wrong.addAll(wrongIn(schema, metric));
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(seen).isGreaterThan(15);
    }

    /** A test that finds nothing wrong must be able to. */
    @Test
    void aPathThatIsNoFieldOrOfAnotherTypeIsFound() {
        JsonNode schema = SCHEMAS.get("maildomain.io/v1alpha1/MailDomain");
        assertThat(field(schema, List.of("status", "zone", "state"))).isEmpty();
        assertThat(wrongIn(schema, gauge("[status, zone, status]", "[]"))).isNotEmpty();
        assertThat(wrongIn(schema, gauge("[status, conditions]", "[lastTransition]")))
                .isNotEmpty();
        assertThat(wrongIn(schema, gauge("[status, conditions]", "[lastTransitionTime]")))
                .isEmpty();
    }

    @Test
    void namesAreThoseOfTheGuideAndNoAddressIsALabel() throws IOException {
        String guide = Files.readString(ROOT.resolve("docs/guides/kube-state-metrics.md"));
        Set<String> names = new TreeSet<>();
        RESOURCES.forEach(resource -> resource.path("metrics")
                .forEach(metric -> names.add(metric.path("name").asText())));

        assertThat(names).allSatisfy(name -> assertThat(guide)
                .contains("_" + name.replaceAll("^status_(?=runtime|deploy)", "")));
        assertThat(Files.readString(ROOT.resolve("examples/kube-state-metrics/custom-resource-state.yaml")))
                .doesNotContainPattern("\\[[^\\]]*\\b(address|email|forwardTo)\\b");
    }

    private static List<String> wrongIn(JsonNode schema, JsonNode metric) {
        JsonNode each = metric.path("each");
        List<String> wrong = new ArrayList<>();
        switch (each.path("type").asText()) {
            case "Info" -> wrong.addAll(wrongLabels(schema, each.at("/info/labelsFromPath")));
            case "Gauge" -> wrong.addAll(wrongIn(schema, metric, each.path("gauge"), KubeStateMetricsTest::isNumber));
            case "StateSet" ->
                wrong.addAll(wrongIn(
                        schema, metric, each.path("stateSet"), field -> isState(field, each.at("/stateSet/list"))));
            default -> wrong.add(metric.path("name").asText() + " is of no known type");
        }
        if (!metric.path("help").asText().endsWith(".")) {
            wrong.add(metric.path("name").asText() + " has no sentence");
        }
        return wrong;
    }

    private static List<String> wrongIn(JsonNode schema, JsonNode metric, JsonNode how, Predicate<JsonNode> fits) {
        List<String> path = words(how.path("path"));
        Optional<JsonNode> field = field(schema, path).map(KubeStateMetricsTest::element);
        List<String> wrong = new ArrayList<>();
        field.ifPresent(found -> wrong.addAll(wrongLabels(found, how.path("labelsFromPath"))));
        if (field.flatMap(found -> field(found, words(how.path("valueFrom"))))
                .filter(fits)
                .isEmpty()) {
            wrong.add(metric.path("name").asText() + ": " + path + " " + how.path("valueFrom"));
        }
        return wrong;
    }

    private static List<String> wrongLabels(JsonNode schema, JsonNode labels) {
        List<String> wrong = new ArrayList<>();
        labels.properties().forEach(label -> {
            if (field(schema, words(label.getValue()))
                    .filter(field -> field.path("type").asText().equals("string"))
                    .isEmpty()) {
                wrong.add("label " + label.getKey() + ": " + label.getValue());
            }
        });
        return wrong;
    }

    /** Of metadata a CRD's schema says nothing. */
    private static Optional<JsonNode> field(JsonNode schema, List<String> path) {
        if (!path.isEmpty() && path.get(0).equals("metadata")) {
            return Optional.ofNullable(OF_METADATA.get(path.get(1))).map(format -> JsonHttp.JSON
                    .createObjectNode()
                    .put("type", "string")
                    .put("format", format));
        }
        JsonNode field = schema;
        for (String name : path) {
            field = field.path("properties").path(name);
        }
        return field.isMissingNode() ? Optional.empty() : Optional.of(field);
    }

    private static JsonNode element(JsonNode field) {
        return field.path("type").asText().equals("array") ? field.path("items") : field;
    }

    /** A number, true and false, or a time: kube-state-metrics reads RFC 3339. */
    private static boolean isNumber(JsonNode field) {
        return NUMBERS.contains(field.path("type").asText())
                || field.path("format").asText().equals("date-time");
    }

    private static boolean isState(JsonNode field, JsonNode list) {
        Set<String> states = new TreeSet<>(words(list));
        Set<String> known = field.has("enum")
                ? new TreeSet<>(words(field.path("enum")))
                : new TreeSet<>(Set.of("True", "False", "Unknown"));
        return field.path("type").asText().equals("string") && states.equals(known);
    }

    private static JsonNode gauge(String path, String valueFrom) {
        return Serialization.unmarshal(
                "---\n{name: x, help: X., each: {type: Gauge, gauge: {path: %s, valueFrom: %s}}}"
                        .formatted(path, valueFrom),
                JsonNode.class);
    }

    private static List<String> words(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static String gvk(JsonNode resource) {
        JsonNode gvk = resource.path("groupVersionKind");
        return gvk.path("group").asText() + "/" + gvk.path("version").asText() + "/"
                + gvk.path("kind").asText();
    }
}
