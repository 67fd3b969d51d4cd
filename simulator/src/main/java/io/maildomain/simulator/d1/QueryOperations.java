package io.maildomain.simulator.d1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maildomain.simulator.api.Answer;
import io.maildomain.simulator.api.Call;
import io.maildomain.simulator.api.Envelope;
import io.maildomain.simulator.api.Route;
import io.maildomain.simulator.sql.SqlFailure;
import io.maildomain.simulator.sql.SqlOutcome;
import io.maildomain.simulator.sql.SqlQuery;
import io.maildomain.simulator.sql.SqlResult;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** SQL over HTTP: the answer has one result for each statement. */
public final class QueryOperations {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private QueryOperations() {}

    public static List<Route> routes() {
        return new Route.Collector()
                .post(Databases.ONE + "/query", Databases.EDIT, call -> answer(call, (outcome, result) -> rows(result)))
                .post(Databases.ONE + "/raw", Databases.EDIT, call -> answer(call, (outcome, result) -> raw(result)))
                .routes();
    }

    private static Answer answer(Call call, BiFunction<SqlOutcome, SqlResult, JsonNode> shown) {
        try {
            SqlOutcome outcome =
                    Databases.run(call.world(), call.account(), Databases.existing(call), queries(call.object()));
            ArrayNode results = NODES.arrayNode();
            for (SqlResult result : outcome.results()) {
                ObjectNode json = results.addObject().put("success", true);
                json.set("results", shown.apply(outcome, result));
                json.set("meta", meta(outcome, result));
            }
            return Envelope.success(results);
        } catch (SqlFailure e) {
            throw Databases.failed(e);
        }
    }

    private static List<SqlQuery> queries(JsonNode body) {
        List<SqlQuery> queries = new ArrayList<>();
        if (body.path("batch").isArray()) {
            body.path("batch").forEach(one -> queries.add(query(one)));
        } else {
            queries.add(query(body));
        }
        return queries;
    }

    private static SqlQuery query(JsonNode json) {
        if (!json.path("sql").isTextual()) {
            throw Databases.failed("sql is required");
        }
        List<Object> parameters = new ArrayList<>();
        json.path("params").forEach(parameter -> parameters.add(value(parameter)));
        return new SqlQuery(json.path("sql").asText(), parameters);
    }

    private static Object value(JsonNode parameter) {
        if (parameter.isNull()) {
            return null;
        }
        if (parameter.isBoolean()) {
            return parameter.asBoolean() ? 1L : 0L;
        }
        if (parameter.isIntegralNumber()) {
            return parameter.asLong();
        }
        return parameter.isNumber() ? (Object) parameter.asDouble() : parameter.asText();
    }

    static ArrayNode rows(SqlResult result) {
        ArrayNode rows = NODES.arrayNode();
        for (List<Object> row : result.rows()) {
            ObjectNode json = rows.addObject();
            for (int i = 0; i < row.size(); i++) {
                json.set(result.columns().get(i), json(row.get(i)));
            }
        }
        return rows;
    }

    private static ObjectNode raw(SqlResult result) {
        ObjectNode json = NODES.objectNode();
        result.columns().forEach(json.putArray("columns")::add);
        ArrayNode rows = json.putArray("rows");
        for (List<Object> row : result.rows()) {
            ArrayNode values = rows.addArray();
            row.forEach(value -> values.add(json(value)));
        }
        return json;
    }

    private static JsonNode json(Object value) {
        if (value == null) {
            return NODES.nullNode();
        }
        if (value instanceof byte[] bytes) {
            ArrayNode numbers = NODES.arrayNode();
            for (byte one : bytes) {
                numbers.add(Byte.toUnsignedInt(one));
            }
            return numbers;
        }
        if (value instanceof Double real) {
            return NODES.numberNode(real);
        }
        return value instanceof Number number ? NODES.numberNode(number.longValue()) : NODES.textNode(value.toString());
    }

    static ObjectNode meta(SqlOutcome outcome, SqlResult result) {
        ObjectNode meta = NODES.objectNode()
                .put("served_by", "v3-simulated")
                .put("served_by_region", "WEUR")
                .put("served_by_primary", true)
                .put("duration", 0.2)
                .put("changes", result.changes())
                .put("last_row_id", result.lastRowId())
                .put("changed_db", outcome.file() != null)
                .put("size_after", outcome.size())
                .put("rows_read", result.rows().size())
                .put("rows_written", result.changes());
        meta.putObject("timings").put("sql_duration_ms", 0.2);
        return meta;
    }
}
