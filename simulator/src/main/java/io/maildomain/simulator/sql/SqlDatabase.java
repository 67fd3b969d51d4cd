package io.maildomain.simulator.sql;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteException;
import org.sqlite.SQLiteLimits;

/**
 * A SQLite file in memory, opened for one query. Nothing in it reaches a file of this machine: see {@link SqlGate} and
 * the limits that are set here.
 */
public final class SqlDatabase {

    /** How long a query may run. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private static final int STEPS_BETWEEN_LOOKS = 10_000;

    /** 32 MiB. */
    private static final int MOST_PAGES = 8_192;

    private static final int MOST_ROWS = 100_000;

    private SqlDatabase() {}

    /**
     * Runs queries in one transaction.
     *
     * @param file the SQLite file; empty: a database with nothing in it
     * @throws SqlFailure where one of them fails; then none has done anything
     */
    public static SqlOutcome run(byte[] file, List<SqlQuery> queries) throws SqlFailure {
        SqliteLibrary.load();
        try (SQLiteConnection connection = open(file)) {
            connection.setAutoCommit(false);
            List<SqlResult> results = new ArrayList<>();
            for (SqlQuery query : queries) {
                runAll(connection, query, results);
            }
            connection.commit();
            ProgressHandler.clearHandler(connection);
            int tables = tables(connection);
            connection.commit();
            byte[] after = connection.serialize("main");
            byte[] changed = after == null ? new byte[0] : after;
            return new SqlOutcome(results, Arrays.equals(changed, file) ? null : changed, changed.length, tables);
        } catch (SQLException e) {
            throw new SqlFailure(words(e));
        }
    }

    private static SQLiteConnection open(byte[] file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.enforceForeignKeys(true);
        SQLiteConnection connection = (SQLiteConnection) config.createConnection("jdbc:sqlite::memory:");
        if (file.length > 0) {
            connection.deserialize("main", file);
        }
        connection.setLimit(SQLiteLimits.SQLITE_LIMIT_ATTACHED, 0);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA max_page_count = " + MOST_PAGES);
            statement.execute("PRAGMA temp_store = MEMORY");
            statement.execute("PRAGMA trusted_schema = OFF");
        }
        long end = System.nanoTime() + LONGEST.toNanos();
        ProgressHandler.setHandler(connection, STEPS_BETWEEN_LOOKS, new ProgressHandler() {
            @Override
            protected int progress() {
                return System.nanoTime() - end > 0 ? 1 : 0;
            }
        });
        return connection;
    }

    private static void runAll(SQLiteConnection connection, SqlQuery query, List<SqlResult> results)
            throws SQLException, SqlFailure {
        List<SqlStatement> statements = SqlStatement.allOf(query.sql());
        if (statements.isEmpty()) {
            throw new SqlFailure("No SQL statements detected.");
        }
        if (statements.size() > 1 && !query.parameters().isEmpty()) {
            throw new SqlFailure("A query with parameters must have one statement only.");
        }
        for (SqlStatement statement : statements) {
            SqlGate.check(statement);
            results.add(run(connection, statement, query.parameters()));
        }
    }

    private static SqlResult run(SQLiteConnection connection, SqlStatement statement, List<Object> parameters)
            throws SQLException, SqlFailure {
        // Prepared, because of other statements sqlite-jdbc understands words of its own, such as "backup to".
        try (PreparedStatement prepared = connection.prepareStatement(statement.text())) {
            if (prepared.getParameterMetaData().getParameterCount() != parameters.size()) {
                throw new SqlFailure("Wrong number of parameter bindings for SQL query.");
            }
            for (int i = 0; i < parameters.size(); i++) {
                prepared.setObject(i + 1, parameters.get(i));
            }
            if (prepared.execute()) {
                try (ResultSet rows = prepared.getResultSet()) {
                    return read(rows);
                }
            }
            return new SqlResult(
                    List.of(),
                    List.of(),
                    Math.max(0, prepared.getUpdateCount()),
                    number(connection, "last_insert_rowid()"));
        }
    }

    private static SqlResult read(ResultSet rows) throws SQLException, SqlFailure {
        List<String> columns = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
            columns.add(rows.getMetaData().getColumnLabel(i));
        }
        List<List<Object>> all = new ArrayList<>();
        while (rows.next()) {
            if (all.size() == MOST_ROWS) {
                throw new SqlFailure("the result has more than " + MOST_ROWS + " rows");
            }
            List<Object> row = new ArrayList<>();
            for (int i = 1; i <= columns.size(); i++) {
                row.add(rows.getObject(i));
            }
            all.add(row);
        }
        return new SqlResult(columns, all, 0, 0);
    }

    private static int tables(SQLiteConnection connection) throws SQLException {
        return (int) number(
                connection,
                "count(*) FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'");
    }

    private static long number(SQLiteConnection connection, String expression) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT " + expression)) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    /** "[SQLITE_ERROR] SQL error or missing database (no such table: x)" as D1 has it: "no such table: x: SQLITE_ERROR". */
    private static String words(SQLException e) {
        String message = String.valueOf(e.getMessage());
        int open = message.indexOf('(');
        int close = message.lastIndexOf(')');
        String words = open >= 0 && close > open ? message.substring(open + 1, close) : message;
        if (!(e instanceof SQLiteException sqlite)) {
            return words;
        }
        String code = sqlite.getResultCode().name();
        return words + ": " + (code.startsWith("SQLITE_CONSTRAINT") ? "SQLITE_CONSTRAINT" : code);
    }
}
