package io.maildomain.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class D1Test extends SimulatorTestCase {

    /** As wrangler and the operator write it. */
    private static final String MIGRATIONS = """
            CREATE TABLE IF NOT EXISTS "d1_migrations"(
            \t\tid         INTEGER PRIMARY KEY AUTOINCREMENT,
            \t\tname       TEXT UNIQUE,
            \t\tapplied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL
            );""";

    private final String databases = "/accounts/" + simulator.accountId() + "/d1/database";
    private final String database = databases + "/"
            + owner.post(databases, "{\"name\": \"mail-db\"}")
                    .result()
                    .path("uuid")
                    .asText();

    @Test
    void aDatabaseIsFoundByIdAndByNameAndIsOneOfItsName() {
        assertThat(owner.get(database).result().path("version").asText()).isEqualTo("production");
        assertThat(owner.get(databases + "/mail-db?fields=uuid,name").result().toString())
                .matches("\\{\"uuid\":\"[0-9a-f-]{36}\",\"name\":\"mail-db\"}");
        assertThat(owner.get(databases + "?name=mail-db").result()).hasSize(1);
        assertThat(owner.get(databases + "?name=other").result()).isEmpty();
        assertThat(owner.post(databases, "{\"name\": \"mail-db\"}").refusal()).isEqualTo("400/7502");
        assertThat(owner.post(databases, "{\"name\": \"no name\"}").status()).isEqualTo(400);
        assertThat(owner.get(databases + "/11111111-2222-4333-8444-555555555555")
                        .refusal())
                .isEqualTo("404/7404");
        assertThat(owner.delete(database).status()).isEqualTo(200);
        assertThat(query("SELECT 1").refusal()).isEqualTo("404/7404");
    }

    @Test
    void aMigrationAndItsNoteAreOneQuery() {
        assertThat(query(MIGRATIONS).result().at("/0/success").asBoolean()).isTrue();
        assertThat(query("SELECT *\n\t\tFROM \"d1_migrations\"\n\t\tORDER BY id")
                        .result()
                        .at("/0/results"))
                .isEmpty();
        Reply applied = query("""
                CREATE TABLE mails(id INTEGER PRIMARY KEY, sender TEXT); -- a comment; with a semicolon
                CREATE TRIGGER t AFTER INSERT ON mails BEGIN UPDATE mails SET sender = 'x;y' WHERE id = 0; DELETE FROM mails WHERE id < 0; END;
                /* another; */
                INSERT INTO "d1_migrations" (name)
                values ('0001_init.sql');""");
        assertThat(applied.status()).as(applied.text()).isEqualTo(200);
        assertThat(applied.result()).as("one result a statement").hasSize(3);
        assertThat(applied.result().at("/2/meta/changes").asInt()).isEqualTo(1);
        JsonNode noted =
                query("SELECT name, applied_at FROM d1_migrations").result().at("/0/results/0");
        assertThat(noted.path("name").asText()).isEqualTo("0001_init.sql");
        assertThat(noted.path("applied_at").asText()).matches("\\d{4}-\\d\\d-\\d\\d .*");
        assertThat(owner.get(database).result().path("num_tables").asInt()).isEqualTo(2);

        Reply broken = query("ALTER TABLE mails ADD COLUMN subject TEXT; ALTER TABLE nowhere ADD COLUMN x;"
                + " INSERT INTO d1_migrations (name) VALUES ('0002.sql');");
        assertThat(broken.refusal()).isEqualTo("400/7500");
        assertThat(broken.message()).isEqualTo("no such table: nowhere: SQLITE_ERROR");
        assertThat(query("SELECT subject FROM mails").message())
                .as("nothing of it stays")
                .contains("no such column: subject");
        assertThat(query("SELECT count(*) AS n FROM d1_migrations")
                        .result()
                        .at("/0/results/0/n")
                        .asInt())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SELEC 1                                                               | near "SELEC": syntax error: SQLITE_ERROR
            SELECT 'open                                                          | unrecognized token
            INSERT INTO t(n) VALUES ('a'); INSERT INTO t(n) VALUES ('a')          | UNIQUE constraint failed: t.n: SQLITE_CONSTRAINT
            INSERT INTO t(n, p) VALUES ('a', 77)                                  | FOREIGN KEY constraint failed: SQLITE_CONSTRAINT
            SELECT ?                                                              | Wrong number of parameter bindings
            -- nothing                                                            | No SQL statements detected.
            WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x FROM c | more than 100000 rows
            """)
    void errorsAreSqlitesOwn(String sql, String words) {
        query("CREATE TABLE t(id INTEGER PRIMARY KEY, n TEXT UNIQUE, p REFERENCES t(id))");
        Reply reply = query(sql);
        assertThat(reply.refusal()).isEqualTo("400/7500");
        assertThat(reply.message()).contains(words);
    }

    @Test
    void parametersAndEachKindOfValue() {
        JsonNode result = owner.post(
                        database + "/query",
                        "{\"sql\": \"SELECT ? AS a, ? AS b, ? AS c, x'00ff' AS d, 1.5 AS e, 9007199254740993 AS f\","
                                + " \"params\": [\"text\", 7, null]}")
                .result();
        assertThat(result.at("/0/results/0").toString())
                .isEqualTo("{\"a\":\"text\",\"b\":7,\"c\":null,\"d\":[0,255],\"e\":1.5,\"f\":9007199254740993}");
        JsonNode raw = owner.post(database + "/raw", "{\"sql\": \"SELECT 1 AS a, 2 AS a\"}")
                .result();
        assertThat(raw.at("/0/results").toString()).isEqualTo("{\"columns\":[\"a\",\"a\"],\"rows\":[[1,2]]}");
        assertThat(owner.post(database + "/query", "{\"batch\": [{\"sql\": \"SELECT 1\"}, {\"sql\": \"SELECT 2\"}]}")
                        .result())
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ATTACH DATABASE 'FOLDER/x' AS x",
                "/* first */ aTTach 'FOLDER/x' AS x; CREATE TABLE x.t(a)",
                "EXPLAIN ATTACH 'FOLDER/x' AS x",
                "VACUUM INTO 'FOLDER/x'",
                "VACUUM",
                "SELECT load_extension('FOLDER/x')",
                "backup to 'FOLDER/x'",
                "backup to FOLDER/x",
                "restore from 'FOLDER/x'",
                "SELECT writefile('FOLDER/x', 'a')",
                "SELECT readfile('/etc/passwd')",
                "PRAGMA temp_store_directory = 'FOLDER'",
                "PRAGMA main.temp_store_directory = 'FOLDER'",
                "PRAGMA \"temp_store_directory\" = 'FOLDER'",
                "PRAGMA max_page_count = 1000000",
                "PRAGMA writable_schema = ON",
                "CREATE VIRTUAL TABLE c USING csv(filename = '/etc/passwd')",
                "BEGIN TRANSACTION",
                "SELECT 1; COMMIT",
                "SAVEPOINT a",
                "DETACH DATABASE main",
            })
    void sqlDoesNotReachTheMachine(String sql, @TempDir Path folder) throws IOException {
        query("CREATE TABLE t(a)");
        Reply reply = query(sql.replace("FOLDER", folder.toString()));
        assertThat(reply.refusal()).as(reply.text()).isEqualTo("400/7500");
        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
        assertThat(query("SELECT * FROM t").status()).isEqualTo(200);
    }

    @Test
    void whatD1AllowsOfPragmasIsAllowed() {
        query("CREATE TABLE t(a)");
        assertThat(query("PRAGMA table_info(t)")
                        .result()
                        .at("/0/results/0/name")
                        .asText())
                .isEqualTo("a");
        assertThat(query("PRAGMA defer_foreign_keys = on; SELECT 1").status()).isEqualTo(200);
        assertThat(query("EXPLAIN QUERY PLAN SELECT * FROM t").status()).isEqualTo(200);
        assertThat(query("CREATE VIRTUAL TABLE f USING fts5(body)").status()).isEqualTo(200);
    }

    @Test
    void aDatabaseHasAnEnd() {
        Reply reply =
                query("CREATE TABLE t(a); WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c LIMIT 1000)"
                        + " INSERT INTO t SELECT randomblob(100000) FROM c");
        assertThat(reply.refusal()).isEqualTo("400/7500");
        assertThat(reply.message()).contains("database or disk is full");
    }

    @Test
    void timeTravelBringsBackWhatWasThere() {
        String empty = bookmark("");
        query("CREATE TABLE t(a)");
        clock.advance(Duration.ofMinutes(5));
        String before = bookmark("");
        assertThat(before).isNotEqualTo(empty).isGreaterThan(empty);
        query("SELECT 1; INSERT INTO t SELECT 1 WHERE 0");
        assertThat(bookmark("")).as("nothing was written").isEqualTo(before);
        query("DROP TABLE t");
        clock.advance(Duration.ofMinutes(5));
        assertThat(bookmark("?timestamp=2026-11-24T10:04:00Z")).isEqualTo(before);
        assertThat(owner.get(database + "/time_travel/bookmark?timestamp=2020-01-01T00:00:00Z")
                        .status())
                .isEqualTo(400);
        JsonNode restored = owner.post(database + "/time_travel/restore?bookmark=" + before, null)
                .result();
        assertThat(query("SELECT * FROM t").status()).isEqualTo(200);
        assertThat(restored.path("bookmark").asText()).isEqualTo(bookmark(""));
        owner.post(
                database + "/time_travel/restore?bookmark="
                        + restored.path("previous_bookmark").asText(),
                null);
        assertThat(query("SELECT * FROM t").message()).as("undone").contains("no such table");
        assertThat(owner.post(database + "/time_travel/restore?bookmark=nonsense", null)
                        .status())
                .isEqualTo(400);
        assertThat(owner.post(database + "/time_travel/restore", null).status()).isEqualTo(400);
    }

    @Test
    void whatIsHeldForTimeTravelIsBounded() {
        query("CREATE TABLE t(a)");
        for (int i = 0; i < 60; i++) {
            query("INSERT INTO t VALUES (" + i + ")");
        }
        assertThat(controls.state().at("/accounts/0/platform/databases/0/time_travel"))
                .hasSize(50);
        assertThat(query("SELECT count(*) AS n FROM t")
                        .result()
                        .at("/0/results/0/n")
                        .asInt())
                .isEqualTo(60);
    }

    @Test
    void aFileOfSqlIsUploadedAndRun() {
        JsonNode place = owner.post(database + "/import", "{\"action\": \"init\", \"etag\": \"x\"}")
                .result();
        String url = place.path("upload_url").asText();
        assertThat(url).startsWith(simulator.apiUri().toString());
        String path = url.substring(simulator.apiUri().toString().length());
        Reply put = Client.exchange(owner.request("PUT", path, "CREATE TABLE t(a); INSERT INTO t VALUES (1);"));
        assertThat(put.header("ETag")).hasSize(34);
        assertThat(Client.exchange(owner.request("PUT", path.replaceFirst("signature=.", "signature=x"), ""))
                        .refusal())
                .isEqualTo("403/10000");
        ObjectNode ingest = JsonNodeFactory.instance.objectNode().put("action", "ingest");
        ingest.set("filename", place.get("filename"));
        JsonNode done = owner.post(database + "/import", ingest.toString()).result();
        assertThat(done.path("status").asText()).isEqualTo("complete");
        assertThat(done.at("/result/num_queries").asInt()).isEqualTo(2);
        assertThat(done.at("/result/final_bookmark").asText()).isEqualTo(bookmark(""));
        assertThat(owner.post(database + "/import", ingest.toString()).refusal())
                .as("a file is run once")
                .isEqualTo("400/7500");
    }

    @Test
    void queriesNeedEditAndReadingIsNotWriting() {
        Client reader = clientWith("Account: D1: Read");
        assertThat(reader.get(database).status()).isEqualTo(200);
        assertThat(reader.get(database + "/time_travel/bookmark").status()).isEqualTo(200);
        assertThat(reader.post(database + "/query", "{\"sql\": \"SELECT 1\"}").refusal())
                .isEqualTo("403/10000");
        assertThat(reader.post(database + "/time_travel/restore?bookmark=x", null)
                        .refusal())
                .isEqualTo("403/10000");
    }

    @Test
    void databasesLiveInTheState() {
        query("CREATE TABLE t(a); INSERT INTO t VALUES ('kept')");
        JsonNode before = controls.state();
        query("DELETE FROM t");
        controls.load(before);
        assertThat(controls.state()).isEqualTo(before);
        assertThat(query("SELECT a FROM t").result().at("/0/results/0/a").asText())
                .isEqualTo("kept");
    }

    private Reply query(String sql) {
        return owner.post(
                database + "/query",
                JsonNodeFactory.instance.objectNode().put("sql", sql).toString());
    }

    private String bookmark(String query) {
        return owner.get(database + "/time_travel/bookmark" + query)
                .result()
                .path("bookmark")
                .asText();
    }
}
