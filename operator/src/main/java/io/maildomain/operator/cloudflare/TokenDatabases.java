package io.maildomain.operator.cloudflare;

import static io.maildomain.operator.cloudflare.TokenDeployClient.unless;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.operator.cloudflare.deploy.Database;
import io.maildomain.operator.cloudflare.deploy.DatabasesApi;
import io.maildomain.operator.cloudflare.deploy.QueryAnswer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@link DatabasesApi} with one token and one account. */
record TokenDatabases(CallExecutor executor, String accountId) implements DatabasesApi {
    /** Whatever it looks like: it comes to stand in a command that people copy. A status has no room for a longer one. */
    private static final Pattern BOOKMARK = Pattern.compile("[A-Za-z0-9-]{1,128}");

    @Override
    public Optional<Database> named(String name) {
        ApiRequest request =
                ApiRequest.to(CloudflareCall.LIST_D1_DATABASES, accountId).with("name", name);
        List<JsonNode> listed = new Listing(executor).read(request).items();
        return CallExecutor.translated(request.call(), () -> named(name, listed));
    }

    /** Cloudflare finds parts of names as well. */
    private static Optional<Database> named(String name, List<JsonNode> listed) {
        Optional<JsonNode> found = listed.stream()
                .filter(node -> new Fields(node).text("name").equals(name))
                .findFirst();
        boolean nameless =
                listed.stream().anyMatch(node -> new Fields(node).text("name").isEmpty());
        Translation.require(found.isPresent() || !nameless, "a database has no name");
        return found.map(node -> new Database(WorkersTranslation.uuid(node, "uuid", "a database"), name));
    }

    @Override
    public Optional<String> bookmark(String databaseId) {
        ApiRequest request = ApiRequest.to(CloudflareCall.GET_BOOKMARK, accountId, databaseId);
        return unless(() -> executor.ask(request, TokenDatabases::bookmark), CloudflareError.DATABASE_NOT_FOUND);
    }

    private static String bookmark(JsonNode node) {
        String bookmark = new Fields(node).text("bookmark");
        Translation.require(BOOKMARK.matcher(bookmark).matches(), "a database has no well-formed bookmark");
        return bookmark;
    }

    @Override
    public List<Map<String, @Nullable Object>> read(String databaseId, String sql) {
        return executor.ask(asking(databaseId, sql), RowsTranslation::rows).all();
    }

    private ApiRequest asking(String databaseId, String sql) {
        return ApiRequest.to(CloudflareCall.QUERY_DATABASE, accountId, databaseId)
                .sending(new DeployJson.Query(sql));
    }

    @Override
    public QueryAnswer query(String databaseId, String sql) {
        try {
            return executor.ask(asking(databaseId, sql), RowsTranslation::rows);
        } catch (CloudflareException e) {
            return e.refused()
                    // With 5xx it is not the SQL, and nothing is known of what was done.
                    .filter(refused -> e.isDefinitive())
                    .flatMap(refused -> refused.errors().stream()
                            .filter(error -> error.is(CloudflareError.SQL_REFUSED))
                            .findFirst())
                    .map(error -> new QueryAnswer.Refused(error.message()))
                    .orElseThrow(() -> e);
        }
    }
}
