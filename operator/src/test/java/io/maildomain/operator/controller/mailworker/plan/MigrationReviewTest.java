package io.maildomain.operator.controller.mailworker.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.operator.controller.mailworker.plan.MigrationReview.Finding;
import io.maildomain.operator.controller.mailworker.plan.MigrationReview.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MigrationReviewTest {

    private static final String TABLE = "d1_migrations";

    private static MigrationReview review(String sql) {
        return MigrationReview.of(sql, TABLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-- only a comment",
                "CREATE TABLE mails(id INTEGER PRIMARY KEY, sender TEXT);",
                "CREATE TABLE IF NOT EXISTS t(a) STRICT, WITHOUT ROWID",
                "create unique index i on mails(sender); create temp view v as select * from mails",
                "CREATE VIRTUAL TABLE search USING fts5(subject, content='')",
                "ALTER TABLE mails ADD COLUMN subject TEXT DEFAULT 'DROP TABLE mails'; ALTER TABLE main.mails ADD x",
                "INSERT INTO mails(sender) VALUES ('a;b'), ('it''s'); INSERT OR IGNORE INTO t SELECT * FROM mails",
                "INSERT INTO t VALUES (1) ON CONFLICT (a) DO UPDATE SET a = excluded.a",
                "INSERT INTO t SELECT * FROM u WHERE true ON CONFLICT (a) DO UPDATE SET a = excluded.a WHERE t.b IS NULL",
                "INSERT INTO t SELECT * FROM u WHERE true ON CONFLICT DO NOTHING",
                "UPDATE mails SET subject = '' WHERE subject IS NULL",
                "DELETE FROM mails WHERE json_extract(data, '$.a') = 1",
                "DELETE FROM mails WHERE CAST(id AS UNSIGNED BIG INT) > 1",
                "DELETE FROM mails WHERE NOT EXISTS (SELECT 1 FROM t WHERE t.mail = mails.id)",
                "DELETE FROM mails WHERE (SELECT count(*) FROM t JOIN u ON t.a = u.a) > 1",
                "DELETE FROM mails WHERE 'x' COLLATE NOCASE = sender",
                "DELETE FROM mails WHERE 1 IS DISTINCT FROM id",
                "DELETE FROM mails WHERE CASE WHEN \"id\" THEN 1 END",
                "UPDATE mails SET a = (SELECT 1) WHERE id IN (SELECT id FROM t) RETURNING id",
                "DELETE FROM mails WHERE sender = 'x' ORDER BY id LIMIT 1",
                "WITH old AS (SELECT id FROM mails) DELETE FROM mails WHERE id IN (SELECT id FROM old)",
                "PRAGMA defer_foreign_keys = on; SELECT 1; ANALYZE",
                "EXPLAIN QUERY PLAN SELECT * FROM mails",
                "CREATE TRIGGER t AFTER INSERT ON mails BEGIN DELETE FROM t WHERE id = OLD.id; SELECT CASE WHEN 1 THEN 2 END; END;",
                "CREATE TRIGGER begin AFTER INSERT ON mails BEGIN INSERT INTO t VALUES (1); END; SELECT 1;",
                "/* DROP TABLE mails; */ SELECT 1 -- ; DROP TABLE mails",
                "SELECT \"drop\", [table], `delete` FROM t",
            })
    void whatAddsOrPicksItsRowsIsAllowed(String sql) {
        assertThat(review(sql).findings()).isEmpty();
        assertThat(review(sql).allows(false)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DROP TABLE mails",
                "drop table if exists mails",
                "DROP INDEX i",
                "ALTER TABLE mails RENAME TO letters",
                "ALTER TABLE main.mails RENAME COLUMN a TO b",
                "ALTER TABLE mails DROP COLUMN a",
                "ALTER TABLE mails DROP a",
                "DELETE FROM mails",
                "DELETE FROM mails WHERE true",
                "DELETE FROM mails WHERE 1 = 1",
                "DELETE FROM mails WHERE EXISTS (SELECT 1)",
                "DELETE FROM mails WHERE EXISTS (SELECT 1 FROM mails)",
                "DELETE FROM mails WHERE EXISTS (SELECT count(*) FROM mails AS m JOIN \"t\", u)",
                "DELETE FROM mails WHERE EXISTS (SELECT 1 one, NULL [two], (2) three FROM mails)",
                "DELETE FROM mails WHERE 1 COLLATE NOCASE",
                "DELETE FROM mails WHERE CAST(1 AS INT)",
                "DELETE FROM mails WHERE CAST(1 AS UNSIGNED BIG INT)",
                "DELETE FROM mails WHERE abs(1)",
                "DELETE FROM mails WHERE CURRENT_TIMESTAMP",
                "DELETE FROM mails WHERE date('now') > '2020' AND 1 IN t",
                "UPDATE mails SET a = 1 WHERE CASE 1 WHEN 1 THEN 1 ELSE 0 END",
                "INSERT INTO t SELECT * FROM t WHERE true ON CONFLICT DO UPDATE SET a = NULL",
                "INSERT INTO t SELECT * FROM t WHERE b = 1 ON CONFLICT (a) DO UPDATE SET a = NULL WHERE true",
                "INSERT INTO t SELECT 1 WHERE true ON CONFLICT (a) DO UPDATE SET a = NULL ON CONFLICT (b) DO UPDATE SET a = 1 WHERE c = 1",
                "CREATE TRIGGER x AFTER INSERT ON u BEGIN INSERT INTO t SELECT * FROM t WHERE 1 ON CONFLICT DO UPDATE SET a = NULL; END",
                "DELETE FROM mails WHERE 'a' = 'a' ORDER BY id",
                "DELETE/**/FROM/**/mails--WHERE id = 1",
                "UPDATE mails SET a = 1",
                "UPDATE mails SET a = (SELECT b FROM t WHERE c = 1)",
                "UPDATE OR REPLACE mails SET a = 1 WHERE b = 2",
                "WITH x AS (SELECT 1 WHERE id = 1) DELETE FROM mails",
                "WITH replace AS (SELECT 1) SELECT 1",
                "INSERT OR REPLACE INTO mails VALUES (1)",
                "REPLACE INTO mails VALUES (1)",
                "EXPLAIN DROP TABLE mails",
                "CREATE TRIGGER t AFTER INSERT ON mails BEGIN SELECT 1; DELETE FROM mails; END",
                "DELETE FROM mails AS a\uFEFFWHERE\uFEFFid",
            })
    void whatTakesAwayMoreThanItPicksOutIsDestructive(String sql) {
        assertThat(review(sql).findings()).extracting(Finding::severity).containsExactly(Severity.DESTRUCTIVE);
        assertThat(review(sql).allows(false)).isFalse();
        assertThat(review(sql).allows(true)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BEGIN",
                "BEGIN TRANSACTION",
                "COMMIT",
                "SAVEPOINT a",
                "ATTACH 'x' AS y",
                "VACUUM",
                "VACUUM INTO 'copy'",
                "PRAGMA writable_schema = 1",
                "PRAGMA",
                "CREATE SOMETHING new",
                "CREATE",
                "ALTER TABLE mails ALTER a SET NOT NULL",
                "ALTER TABLE mails",
                "'DROP' TABLE mails",
                "(SELECT 1)",
                "DROP TABLE d1_migrations",
                "DELETE FROM \"D1_Migrations\" WHERE name = 'x'",
                "INSERT INTO 'd1_migrations' (name) VALUES ('0009_skipped.sql')",
                "SELECT 1 /* open",
                "SELECT 'open",
                "SELECT \"open",
                "SELECT [open",
                "SELECT ?1",
                "SELECT $a",
                "SELECT 1 \u0000; DROP TABLE mails",
                "CREATE TRIGGER t AFTER INSERT ON mails BEGIN SELECT 1;",
                "CREATE TRIGGER t AFTER INSERT ON mails",
                "CREATE TRIGGER t AFTER INSERT ON mails BEGIN VACUUM; SELECT 1; END",
            })
    void whatIsNotUnderstoodOrWouldLoseTheNoteIsRefusedWhateverIsAllowed(String sql) {
        assertThat(review(sql).findings()).extracting(Finding::severity).containsExactly(Severity.REFUSED);
        assertThat(review(sql).allows(true)).isFalse();
    }

    @Test
    void eachFindingNamesItsLineAndSaysNothingOfTheData() {
        String sql = "CREATE TABLE t(a);\n\n-- then\nDELETE FROM secret_name\nWHERE 1;\nDROP TABLE t; VACUUM 'secret'";

        assertThat(review(sql).findings())
                .containsExactly(
                        new Finding(
                                4,
                                Severity.DESTRUCTIVE,
                                "deletes all rows (DELETE without a WHERE that names a column)"),
                        new Finding(6, Severity.DESTRUCTIVE, "drops something (DROP)"),
                        new Finding(6, Severity.REFUSED, "is a statement that the operator does not know"));
    }

    @Test
    void anotherTableCanBeThatOfTheMigrations() {
        assertThat(MigrationReview.of("DELETE FROM applied WHERE a = 1", "applied")
                        .allows(true))
                .isFalse();
        assertThat(MigrationReview.of("CREATE TABLE d1_migrations(a)", "applied")
                        .allows(false))
                .isTrue();
    }
}
