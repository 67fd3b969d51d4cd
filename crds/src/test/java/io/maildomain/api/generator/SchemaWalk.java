package io.maildomain.api.generator;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.function.BiConsumer;

/** Visits a schema from the top down. */
final class SchemaWalk {
    private SchemaWalk() {}

    /**
     * Visits a schema and all within it, parents first.
     *
     * @param visit is given each schema with its path, such as {@code spec.rules[].address}; {@code []} stands for the
     *     items of a list, {@code {}} for the values of a map, the empty text for the root
     */
    static void visit(JSONSchemaProps root, BiConsumer<String, JSONSchemaProps> visit) {
        visit("", root, visit);
    }

    private static void visit(String path, JSONSchemaProps schema, BiConsumer<String, JSONSchemaProps> visit) {
        visit.accept(path, schema);
        if (schema.getProperties() != null) {
            schema.getProperties()
                    .forEach((name, property) -> visit(path.isEmpty() ? name : path + "." + name, property, visit));
        }
        if (schema.getItems() != null && schema.getItems().getSchema() != null) {
            visit(path + "[]", schema.getItems().getSchema(), visit);
        }
        if (schema.getAdditionalProperties() != null
                && schema.getAdditionalProperties().getSchema() != null) {
            visit(path + "{}", schema.getAdditionalProperties().getSchema(), visit);
        }
    }
}
