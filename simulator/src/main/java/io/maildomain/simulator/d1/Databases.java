package io.maildomain.simulator.d1;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maildomain.simulator.api.Call;
import io.maildomain.simulator.api.Guard;
import io.maildomain.simulator.api.Refusal;
import io.maildomain.simulator.rights.Product;
import io.maildomain.simulator.rights.Right;
import io.maildomain.simulator.sql.SqlDatabase;
import io.maildomain.simulator.sql.SqlFailure;
import io.maildomain.simulator.sql.SqlOutcome;
import io.maildomain.simulator.sql.SqlQuery;
import io.maildomain.simulator.state.Account;
import io.maildomain.simulator.state.Database;
import io.maildomain.simulator.state.Lists;
import io.maildomain.simulator.state.World;
import java.util.List;

/** What all operations on one database have in common, and what another user does to one. */
public final class Databases {

    static final String ALL = "/accounts/{account_id}/d1/database";
    static final String ONE = ALL + "/{database_id}";
    static final Guard READ = Guard.account(Right.read(Product.D1));
    static final Guard EDIT = Guard.account(Right.edit(Product.D1));

    private Databases() {}

    /**
     * The database of the path.
     *
     * @throws Refusal 404/7404
     */
    static Database existing(Call call) {
        String id = call.parameter("database_id");
        return call.account()
                .platform()
                .database(id)
                .orElseThrow(() -> new Refusal(404, 7404, "The database " + id + " could not be found"));
    }

    static Refusal failed(SqlFailure failure) {
        return failure.isOfThisMachine() ? new Refusal(500, 7500, failure.getMessage()) : failed(failure.getMessage());
    }

    static Refusal failed(String words) {
        return new Refusal(400, 7500, words);
    }

    static Database put(World world, Account account, Database database) {
        world.put(account.withPlatform(account.platform()
                .withDatabases(Lists.put(
                        account.platform().databases(), other -> other.uuid().equals(database.uuid()), database))));
        return database;
    }

    /**
     * Runs SQL on a database, and keeps what it holds then.
     *
     * @throws SqlFailure where a part of it fails; then nothing has changed
     */
    public static SqlOutcome run(World world, Account account, Database database, List<SqlQuery> queries)
            throws SqlFailure {
        SqlOutcome outcome = SqlDatabase.run(Compression.inflated(database.content()), queries);
        if (outcome.file() != null) {
            put(
                    world,
                    account,
                    database.holding(
                            Compression.deflated(outcome.file()), outcome.size(), outcome.tables(), world.now()));
        }
        return outcome;
    }

    /** What SQL gives on a database, which stays as it is. */
    public static SqlOutcome look(Database database, String sql) throws SqlFailure {
        return SqlDatabase.run(Compression.inflated(database.content()), List.of(SqlQuery.of(sql)));
    }

    static ObjectNode json(Database database) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("uuid", database.uuid())
                .put("name", database.name())
                .put("created_at", database.createdAt().toString())
                .put("version", "production")
                .put("running_in_region", "WEUR")
                .put("file_size", database.size())
                .put("num_tables", database.tables());
        if (database.jurisdiction() != null) {
            json.put("jurisdiction", database.jurisdiction());
        }
        json.putObject("read_replication").put("mode", "disabled");
        return json;
    }
}
