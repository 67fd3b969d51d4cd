package io.maildomain.operator.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.operator.cloudflare.deploy.QueryAnswer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From what D1 answers to rows, and from JSON to plain values. */
final class RowsTranslation {
    private RowsTranslation() {}

    /** One list of rows for each statement. */
    static QueryAnswer.Rows rows(JsonNode result) {
        Translation.require(result.isArray() && !result.isEmpty(), "the answer to a query has no results");
        List<List<Map<String, @Nullable Object>>> statements = new ArrayList<>();
        for (JsonNode statement : result) {
            Fields fields = new Fields(statement);
            Translation.require(Boolean.TRUE.equals(fields.flag("success")), "a statement does not say success");
            statements.add(rowsOf(statement.path("results")));
        }
        return new QueryAnswer.Rows(statements);
    }

    private static List<Map<String, @Nullable Object>> rowsOf(JsonNode results) {
        Translation.require(results.isArray(), "a statement has no rows");
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (JsonNode row : results) {
            Translation.require(row.isObject(), "a row is no object");
            rows.add(values(row));
        }
        return rows;
    }

    /** The fields of an object, as plain values; {@code without} these. */
    static Map<String, @Nullable Object> values(JsonNode object, String... without) {
        List<String> left = List.of(without);
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        object.properties().forEach(field -> {
            if (!left.contains(field.getKey())) {
                values.put(field.getKey(), value(field.getValue()));
            }
        });
        return values;
    }

    private static @Nullable Object value(JsonNode node) {
        if (node.isObject()) {
            return values(node);
        }
        if (node.isArray()) {
            List<@Nullable Object> list = new ArrayList<>();
            node.forEach(element -> list.add(value(element)));
            return list;
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        if (node.canConvertToLong() && node.isIntegralNumber()) {
            return node.longValue();
        }
        if (node.isNumber()) {
            return node.numberValue();
        }
        return node.isTextual() ? node.textValue() : null;
    }
}
