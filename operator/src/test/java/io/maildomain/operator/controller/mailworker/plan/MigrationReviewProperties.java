package io.maildomain.operator.controller.mailworker.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** The review against SQLite itself: scripts of pieces that are meant to mislead it are run for real. */
class MigrationReviewProperties {

    private static final String TABLE = "d1_migrations";

    /** The column "none" holds nothing in any row: a condition on it picks no row, however it is cut off. */
    private static final String[] PIECES =
            ("DELETE FROM mails WHERE none = DROP TABLE UPDATE SET sender 'x' \"none\" [none] `none` ;"
                            + " ( ) SELECT WITH AS c /* */ -- ' \" \uFEFF BEGIN END CREATE TRIGGER t AFTER INSERT ON INTO VALUES REPLACE"
                            + " ALTER RENAME TO ADD COLUMN x NULL EXPLAIN RETURNING * , . main")
                    .split(" ");

    private static final String[] STATEMENTS = {
        "DELETE FROM mails",
        "DELETE FROM mails WHERE none = 99",
        "DROP TABLE mails",
        "UPDATE mails SET sender = 'x'",
        "UPDATE mails SET sender = 'x' WHERE none = 99",
        "INSERT INTO mails VALUES (NULL, 'new', NULL)",
        "SELECT 'a;--b'",
        "REPLACE INTO mails VALUES (1, 'x', NULL)",
        "ALTER TABLE mails RENAME TO letters",
        "ALTER TABLE mails ADD x",
        "CREATE TRIGGER t AFTER INSERT ON mails BEGIN DELETE FROM mails; END",
        "CREATE TRIGGER u AFTER INSERT ON mails BEGIN SELECT 1; END",
        "WITH c AS (SELECT 1 WHERE 1) DELETE FROM mails",
        "INSERT INTO mails SELECT NULL, 'y', NULL",
        "DELETE FROM mails AS a\uFEFFWHERE\uFEFFnone",
        "DELETE FROM mails AS a WHERE none = 99",
        "VALUES (1)",
        "DELETE FROM mails WHERE EXISTS (SELECT 1)",
        "DELETE FROM mails WHERE EXISTS (SELECT 1 FROM mails)",
        "INSERT INTO mails SELECT id, NULL, NULL FROM mails WHERE true ON CONFLICT DO UPDATE SET sender = NULL",
    };

    private static final String[] BETWEEN = {
        ";", "; ", ";\n", "\n;", "; -- a 'comment'\n", "; /* one; more */ ", " -- ;\n;", ";;", ";\uFEFF", "/**/;", ""
    };

    /** Statements whose words are parted by what is a space to SQLite, or only looks like one, with pieces thrown in. */
    @Provide
    Arbitrary<String> disguised() {
        Arbitrary<String> gap = Arbitraries.frequencyOf(
                Tuple.of(12, Arbitraries.just(" ")),
                Tuple.of(
                        3,
                        Arbitraries.of(
                                "/**/", "\n", "\uFEFF", " \uFEFF", "--'\n", "", "\u00A0", "\t", "/*;*/", " /* ", " -- ",
                                " ' ", " [ ", " ; ")),
                Tuple.of(1, Arbitraries.of(PIECES).map(piece -> " " + piece + " ")));
        return joined().flatMap(sql -> {
            String[] words = sql.split(" ", -1);
            return gap.list().ofSize(words.length).map(gaps -> {
                StringBuilder disguised = new StringBuilder();
                for (int i = 0; i < words.length; i++) {
                    disguised.append(words[i]).append(gaps.get(i));
                }
                return disguised.toString();
            });
        });
    }

    @Provide
    Arbitrary<String> joined() {
        return Arbitraries.of(STATEMENTS)
                .flatMap(first -> Arbitraries.of(BETWEEN).map(between -> first + between))
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(parts -> String.join("", parts));
    }

    @Property(tries = 500)
    void whatNothingSpeaksAgainstLeavesEveryRowAsItWas(@ForAll("joined") String sql) throws SQLException {
        leavesEveryRow(sql);
    }

    @Property(tries = 2500)
    void soDoesWhatIsDisguised(@ForAll("disguised") String sql) throws SQLException {
        leavesEveryRow(sql);
    }

    private static void leavesEveryRow(String sql) throws SQLException {
        if (MigrationReview.of(sql, TABLE).allows(false)) {
            try (Connection database = database()) {
                run(database, sql);

                assertThat(rows(database, "SELECT id || sender FROM mails WHERE id <= 2 ORDER BY id"))
                        .containsExactly("1a", "2b");
            }
        }
    }

    @Property(tries = 500)
    void aMigrationThatRunsIsAlwaysNoted(@ForAll("joined") String sql) throws SQLException {
        noted(sql);
    }

    @Property(tries = 2500)
    void soIsOneThatIsDisguised(@ForAll("disguised") String sql) throws SQLException {
        noted(sql);
    }

    private static void noted(String sql) throws SQLException {
        if (MigrationReview.of(sql, TABLE).allows(true)) {
            try (Connection database = database()) {
                boolean ran = run(database, new Migration("1_a.sql", sql).query(TABLE));

                assertThat(rows(database, "SELECT name FROM " + TABLE)).hasSize(ran ? 1 : 0);
            }
        }
    }

    private static Connection database() throws SQLException {
        Connection database = DriverManager.getConnection("jdbc:sqlite::memory:");
        try (Statement statement = database.createStatement()) {
            statement.executeUpdate("CREATE TABLE mails(id INTEGER PRIMARY KEY, sender TEXT, none TEXT)");
            statement.executeUpdate("CREATE TABLE " + TABLE + "(name TEXT)");
            statement.executeUpdate("INSERT INTO mails VALUES (1, 'a', NULL), (2, 'b', NULL)");
        }
        database.setAutoCommit(false);
        return database;
    }

    /** @return false where SQLite refused some of it; then nothing of it stays, as with D1 */
    private static boolean run(Connection database, String sql) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.executeUpdate(sql);
            return true;
        } catch (SQLException refused) {
            database.rollback();
            return false;
        }
    }

    private static List<String> rows(Connection database, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = database.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                rows.add(result.getString(1));
            }
        }
        return rows;
    }
}
