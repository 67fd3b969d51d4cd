package io.maildomain.simulator.d1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maildomain.simulator.api.Answer;
import io.maildomain.simulator.api.Api;
import io.maildomain.simulator.api.Call;
import io.maildomain.simulator.api.Envelope;
import io.maildomain.simulator.api.Guard;
import io.maildomain.simulator.api.Refusals;
import io.maildomain.simulator.api.Route;
import io.maildomain.simulator.sql.SqlFailure;
import io.maildomain.simulator.sql.SqlOutcome;
import io.maildomain.simulator.sql.SqlQuery;
import io.maildomain.simulator.state.Database;
import io.maildomain.simulator.state.Ids;
import io.maildomain.simulator.uploads.UploadToken;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Files of SQL: a place to put one, and the order to run it. The files are no part of the state. */
public final class ImportOperations {

    private static final String KIND = "d1-import";
    private static final int MOST_FILES = 8;
    private static final String FILENAME = "filename";

    private final Map<String, String> files = new LinkedHashMap<>();

    private ImportOperations() {}

    /** Routes with a place of their own for files. */
    public static List<Route> routes() {
        ImportOperations imports = new ImportOperations();
        return new Route.Collector()
                .post(Databases.ONE + "/import", Databases.EDIT, imports::serve)
                .put(Databases.ONE + "/import/{filename}", signedUrl(), imports::receive)
                .routes();
    }

    /** The place for a file is named by a URL that says by itself that one may. */
    private static Guard signedUrl() {
        return new Guard() {
            @Override
            public void check(Call call) {
                Optional<JsonNode> claims = call.query()
                        .first("signature")
                        .flatMap(signature -> UploadToken.read(signature, KIND, call.now()));
                if (claims.filter(c -> c.path(FILENAME).asText().equals(call.parameter(FILENAME)))
                        .isEmpty()) {
                    throw Refusals.authenticationError();
                }
            }

            @Override
            public boolean takesUploadTokens() {
                return true;
            }
        };
    }

    private Answer receive(Call call) {
        if (files.size() == MOST_FILES) {
            files.remove(files.keySet().iterator().next());
        }
        files.put(call.parameter(FILENAME), new String(call.request().body(), StandardCharsets.UTF_8));
        return Answer.empty(200).with("ETag", "\"" + md5(call.request().body()) + "\"");
    }

    private Answer serve(Call call) {
        Database database = Databases.existing(call);
        JsonNode body = call.object();
        return switch (body.path("action").asText()) {
            case "init" -> Envelope.success(place(call, database));
            case "ingest" -> ingest(call, database, body.path(FILENAME).asText());
            case "poll" -> throw Databases.failed("Not currently importing anything.");
            default -> throw Databases.failed("action must be init, ingest or poll");
        };
    }

    private static ObjectNode place(Call call, Database database) {
        String filename = Ids.next() + ".sql";
        String signature =
                UploadToken.signed(KIND, JsonNodeFactory.instance.objectNode().put(FILENAME, filename), call.now());
        String host = call.request().header("host").orElse("");
        String url =
                "http://" + host + Api.BASE_PATH + "/accounts/" + call.account().id() + "/d1/database/"
                        + database.uuid() + "/import/" + filename + "?signature=" + signature;
        return state(database).put(FILENAME, filename).put("upload_url", url);
    }

    private Answer ingest(Call call, Database database, String filename) {
        String sql = files.remove(filename);
        if (sql == null) {
            throw Databases.failed("no file " + filename + " was uploaded");
        }
        try {
            SqlOutcome outcome = Databases.run(call.world(), call.account(), database, List.of(SqlQuery.of(sql)));
            Database after = Databases.existing(call);
            ObjectNode json = state(after).put("status", "complete");
            ObjectNode result = json.putObject("result")
                    .put("num_queries", outcome.results().size())
                    .put("final_bookmark", after.currentBookmark());
            result.set(
                    "meta",
                    QueryOperations.meta(
                            outcome, outcome.results().get(outcome.results().size() - 1)));
            return Envelope.success(json);
        } catch (SqlFailure e) {
            if (e.isOfThisMachine()) {
                throw Databases.failed(e);
            }
            ObjectNode json = state(database).put("status", "error").put("error", e.getMessage());
            json.putArray("errors").add(e.getMessage());
            return Envelope.success(json);
        }
    }

    private static ObjectNode state(Database database) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("success", true)
                .put("type", "import")
                .put("at_bookmark", database.currentBookmark());
        json.putArray("messages");
        return json;
    }

    private static String md5(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }
}
