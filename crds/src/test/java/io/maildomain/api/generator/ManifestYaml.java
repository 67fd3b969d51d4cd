package io.maildomain.api.generator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import java.io.UncheckedIOException;
import java.util.Map;

/** Writes a CRD as YAML that reads well in a diff and is the same on every machine. */
final class ManifestYaml {
    private static final String HEADER =
            "# Generated from the Java types in crds/src/main/java; change those and run tools/refresh.\n";

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .build();

    private ManifestYaml() {}

    static String of(CustomResourceDefinition definition) {
        JsonNode tree = JSON.valueToTree(definition);
        wholeNumbers(tree);
        try {
            return HEADER + YAML.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The model holds bounds as floating-point numbers: 2.147483646E9 is a bound that no user can read. */
    private static void wholeNumbers(JsonNode tree) {
        if (tree instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                JsonNode value = field.getValue();
                if (value.isDouble() && value.doubleValue() == Math.rint(value.doubleValue())) {
                    field.setValue(LongNode.valueOf((long) value.doubleValue()));
                }
            }
        }
        tree.forEach(ManifestYaml::wholeNumbers);
    }
}
