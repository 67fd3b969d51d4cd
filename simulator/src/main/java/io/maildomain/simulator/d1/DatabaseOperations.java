package io.maildomain.simulator.d1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maildomain.simulator.api.Answer;
import io.maildomain.simulator.api.Call;
import io.maildomain.simulator.api.Envelope;
import io.maildomain.simulator.api.Paging;
import io.maildomain.simulator.api.Refusal;
import io.maildomain.simulator.api.Route;
import io.maildomain.simulator.state.Account;
import io.maildomain.simulator.state.Database;
import io.maildomain.simulator.state.Lists;
import io.maildomain.simulator.state.Platform;
import java.util.List;

/** The operations on D1 databases themselves. */
public final class DatabaseOperations {

    private static final int MOST_DATABASES = 1_000;

    private DatabaseOperations() {}

    public static List<Route> routes() {
        return new Route.Collector()
                .get(Databases.ALL, Databases.READ, DatabaseOperations::list)
                .post(Databases.ALL, Databases.EDIT, DatabaseOperations::create)
                .get(Databases.ONE, Databases.READ, DatabaseOperations::show)
                .delete(Databases.ONE, Databases.EDIT, DatabaseOperations::delete)
                .routes();
    }

    private static Answer list(Call call) {
        String name = call.query().first("name").orElse("");
        List<Database> found = call.account().platform().databases().stream()
                .filter(database -> name.isEmpty() || database.name().contains(name))
                .toList();
        return Paging.of(call.query(), 1, 100, 10_000).answer(found, Databases::json);
    }

    private static Answer create(Call call) {
        JsonNode body = call.object();
        String name = body.path("name").asText();
        Account account = call.account();
        Platform platform = account.platform();
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9_-]{0,63}")) {
            throw new Refusal(400, 7400, "a database's name has letters, digits, - and _");
        }
        if (platform.databases().stream().anyMatch(database -> database.name().equals(name))) {
            throw new Refusal(400, 7502, "Database with name '" + name + "' already exists");
        }
        if (platform.databases().size() >= MOST_DATABASES) {
            throw new Refusal(400, 7406, "The account has as many databases as it may have");
        }
        Database database = Databases.put(
                call.world(),
                account,
                Database.empty(name, body.path("jurisdiction").asText(null), call.now()));
        return Envelope.success(Databases.json(database));
    }

    private static Answer show(Call call) {
        ObjectNode json = Databases.json(Databases.existing(call));
        List<String> fields = call.query().all("fields");
        return Envelope.success(fields.isEmpty() ? json : json.retain(fields));
    }

    private static Answer delete(Call call) {
        Database gone = Databases.existing(call);
        Account account = call.account();
        call.world()
                .put(account.withPlatform(account.platform()
                        .withDatabases(Lists.without(account.platform().databases(), gone::equals))));
        return Envelope.success(JsonNodeFactory.instance.nullNode());
    }
}
