package io.maildomain.api.generator;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionNames;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The reference page of a kind, in Markdown. */
final class ReferencePage {
    private final CustomResourceDefinition definition;
    private final CustomResourceDefinitionVersion version;
    private final JSONSchemaProps root;
    private final StringBuilder page = new StringBuilder();

    private ReferencePage(CustomResourceDefinition definition) {
        this.definition = definition;
        this.version = definition.getSpec().getVersions().get(0);
        this.root = version.getSchema().getOpenAPIV3Schema();
    }

    static String of(CustomResourceDefinition definition) {
        return new ReferencePage(definition).write();
    }

    private String write() {
        CustomResourceDefinitionNames names = definition.getSpec().getNames();
        line("<!-- Generated from the CRD; change the Java types in crds/ and run tools/refresh. -->");
        line("# " + names.getKind());
        line("");
        line(root.getDescription());
        line("");
        line("| | |");
        line("|---|---|");
        line("| API version | `" + definition.getSpec().getGroup() + "/" + version.getName() + "` |");
        line("| Scope | " + ("Cluster".equals(definition.getSpec().getScope()) ? "cluster" : "namespace") + " |");
        line("| With kubectl | " + code(names.getPlural(), names.getSingular()) + ", "
                + code(names.getShortNames().toArray(String[]::new)) + "; also among "
                + code(names.getCategories().toArray(String[]::new)) + " |");
        line("| Columns | " + columns(null) + "; with `-o wide` also " + columns(1) + " |");
        section("Spec", "spec");
        section("Status", "status");
        return page.toString();
    }

    private String columns(Integer priority) {
        return version.getAdditionalPrinterColumns().stream()
                .filter(column ->
                        priority == null ? column.getPriority() == null : priority.equals(column.getPriority()))
                .map(CustomResourceColumnDefinition::getName)
                .collect(Collectors.joining(", "));
    }

    private void section(String title, String field) {
        line("");
        line("## " + title);
        line("");
        JSONSchemaProps schema = root.getProperties().get(field);
        line(schema.getDescription());
        if (!rules(schema).isEmpty()) {
            line("");
            line("Checked when it is applied:");
            line("");
            rules(schema).forEach(rule -> line("- " + cell(rule.getMessage())));
        }
        line("");
        line("| Field | Type | Default | Description | Accepted |");
        line("|---|---|---|---|---|");
        Set<String> required = new HashSet<>();
        SchemaWalk.visit(root, (path, part) -> {
            if (part.getRequired() != null) {
                part.getRequired().forEach(name -> required.add(path + "." + name));
            }
            if (path.startsWith(field + ".") && !path.endsWith("[]") && !path.endsWith("{}")) {
                line("| `" + path + "` | " + type(part) + " | " + standard(part.getDefault()) + " | "
                        + cell(part.getDescription()) + " | " + accepted(part, required.contains(path)) + " |");
            }
        });
    }

    private static String type(JSONSchemaProps schema) {
        if (schema.getEnum() != null && !schema.getEnum().isEmpty()) {
            return schema.getEnum().stream()
                    .map(JsonNode::asText)
                    .map(ReferencePage::code)
                    .collect(Collectors.joining(", "));
        }
        if ("array".equals(schema.getType())) {
            String kind = "set".equals(schema.getXKubernetesListType()) ? "set of " : "list of ";
            return kind + type(schema.getItems().getSchema());
        }
        if (schema.getAdditionalProperties() != null) {
            return "map of " + type(schema.getAdditionalProperties().getSchema());
        }
        return "date-time".equals(schema.getFormat()) ? "time (RFC 3339)" : schema.getType();
    }

    private static String standard(JsonNode value) {
        return value == null || value.isObject() ? "" : code(value.asText());
    }

    private static String accepted(JSONSchemaProps schema, boolean required) {
        List<String> accepted = new ArrayList<>();
        if (required) {
            accepted.add("required");
        }
        if (schema.getXKubernetesListMapKeys() != null
                && !schema.getXKubernetesListMapKeys().isEmpty()) {
            accepted.add(
                    "one each by " + code(schema.getXKubernetesListMapKeys().get(0)));
        }
        range(accepted, schema.getMinItems(), schema.getMaxItems(), " items");
        range(accepted, schema.getMinLength(), schema.getMaxLength(), " characters");
        range(accepted, whole(schema.getMinimum()), whole(schema.getMaximum()), "");
        rules(schema).forEach(rule -> accepted.add(rule.getMessage()));
        JSONSchemaProps items =
                schema.getItems() == null ? null : schema.getItems().getSchema();
        if (items != null && items.getType().equals("string")) {
            range(accepted, items.getMinLength(), items.getMaxLength(), " characters each");
        }
        if (items != null) {
            rules(items).forEach(rule -> accepted.add(rule.getMessage()));
        }
        return cell(String.join("; ", accepted));
    }

    private static void range(List<String> accepted, Long least, Long most, String unit) {
        if (least != null && most != null) {
            accepted.add(least.equals(most) ? most + unit : least + " to " + most + unit);
        } else if (most != null) {
            accepted.add("at most " + most + unit);
        } else if (least != null) {
            accepted.add("at least " + least + unit);
        }
    }

    private static Long whole(Double bound) {
        return bound == null ? null : bound.longValue();
    }

    private static List<ValidationRule> rules(JSONSchemaProps schema) {
        return schema.getXKubernetesValidations() == null ? List.of() : schema.getXKubernetesValidations();
    }

    private static String code(String... names) {
        return Arrays.stream(names).map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    }

    /** Text inside a table: no line breaks, no columns of its own, and nothing that Markdown takes for a tag. */
    private static String cell(String text) {
        return text == null ? "" : text.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*");
    }

    private void line(String text) {
        page.append(text).append('\n');
    }
}
