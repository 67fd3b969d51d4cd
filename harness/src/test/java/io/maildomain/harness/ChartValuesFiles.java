package io.maildomain.harness;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What is generated from the chart's values: the JSON Schema that Helm holds every installation to, and the table for people. */
record ChartValuesFiles(List<ChartValue> values) {

    private static final List<String> PACKAGES = List.of(
            "io.fabric8.kubernetes.api.model.",
            "io.fabric8.kubernetes.api.model.apps.",
            "io.fabric8.kubernetes.api.model.networking.v1.");
    private static final int LONGEST_DEFAULT = 60;

    /** The schema; whatever it does not know is refused. */
    String schema() {
        ObjectNode root = closed();
        root.put("$schema", "http://json-schema.org/draft-07/schema#");
        root.put("title", "Values of the chart mail-domain-operator");
        ObjectNode properties = (ObjectNode) root.get("properties");
        properties
                .putObject("global")
                .put("type", "object")
                .put("description", "What Helm hands to every chart of a parent chart; not used here.");
        for (ChartValue value : values) {
            ObjectNode parent = properties;
            for (String group : value.path().subList(0, value.path().size() - 1)) {
                if (!parent.has(group)) {
                    parent.set(group, closed());
                }
                parent = (ObjectNode) parent.get(group).get("properties");
            }
            parent.set(value.path().get(value.path().size() - 1), schema(value));
        }
        return root.toPrettyString() + "\n";
    }

    /** The table, in Markdown, with a heading for each section. */
    String table() {
        StringBuilder table = new StringBuilder();
        String section = "";
        for (ChartValue value : values) {
            if (!value.section().equals(section)) {
                section = value.section();
                table.append("\n### ").append(section).append("\n\n| value | type | default | what it does |\n");
                table.append("|---|---|---|---|\n");
            }
            table.append("| `%s` | %s | %s | %s |\n"
                    .formatted(
                            value.name(),
                            type(value),
                            byDefault(value.byDefault()),
                            value.description().replace("|", "\\|")));
        }
        return table.toString();
    }

    private static ObjectNode closed() {
        ObjectNode object = JsonHttp.JSON.createObjectNode().put("type", "object");
        object.putObject("properties");
        return object.put("additionalProperties", false);
    }

    private static ObjectNode schema(ChartValue value) {
        ObjectNode schema = JsonHttp.JSON.createObjectNode();
        if (!value.description().isEmpty()) {
            schema.put("description", value.description());
        }
        schema.put("type", jsonType(value.byDefault()));
        if (!value.kubernetes().isEmpty()) {
            schema.setAll(ofKubernetes(value.kubernetes()));
        }
        if (!value.items().isEmpty()) {
            schema.set("items", items(value.items()));
        }
        schema.setAll(value.schema());
        return schema.set("default", value.byDefault());
    }

    private static ObjectNode items(String type) {
        return type.equals("string")
                ? JsonHttp.JSON.createObjectNode().put("type", type).put("minLength", 1)
                : ofKubernetes(type);
    }

    /** Names of fields only: what is in them the API server checks. */
    private static ObjectNode ofKubernetes(String type) {
        ObjectNode object = closed();
        ObjectNode properties = (ObjectNode) object.get("properties");
        fields(type).forEach(properties::putObject);
        return object;
    }

    private static Stream<String> fields(String type) {
        for (String name : PACKAGES) {
            try {
                return Arrays.stream(Class.forName(name + type).getDeclaredFields())
                        .map(ChartValuesFiles::jsonName)
                        .filter(field -> !field.isEmpty())
                        .sorted();
            } catch (ClassNotFoundException e) {
                // It may be in the next one.
            }
        }
        throw new HarnessException("values.yaml names " + type + ", which is no type of Kubernetes' API");
    }

    private static String jsonName(Field field) {
        JsonProperty property = field.getAnnotation(JsonProperty.class);
        return property == null ? "" : property.value();
    }

    private static String jsonType(JsonNode node) {
        return switch (node.getNodeType()) {
            case BOOLEAN -> "boolean";
            case NUMBER -> "integer";
            case ARRAY -> "array";
            case OBJECT -> "object";
            default -> "string";
        };
    }

    private static String type(ChartValue value) {
        if (!value.kubernetes().isEmpty()) {
            return value.kubernetes();
        }
        if (!value.items().isEmpty()) {
            return "list of " + value.items();
        }
        return value.schema().has("enum") ? "one of " + names(value.schema().get("enum")) : jsonType(value.byDefault());
    }

    private static String names(JsonNode choices) {
        List<String> names = new ArrayList<>();
        choices.forEach(choice -> names.add(choice.asText().isEmpty() ? "empty" : "`" + choice.asText() + "`"));
        return String.join(", ", names);
    }

    private static String byDefault(JsonNode value) {
        String text = value.isTextual() ? value.asText() : value.toString();
        if (text.isEmpty()) {
            return "empty";
        }
        return text.length() > LONGEST_DEFAULT && !value.isTextual() ? "see `values.yaml`" : "`" + text + "`";
    }
}
