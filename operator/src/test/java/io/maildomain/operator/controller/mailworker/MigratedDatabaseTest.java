package io.maildomain.operator.controller.mailworker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.api.v1alpha1.MailWorkerSpec;
import io.maildomain.operator.status.ConditionType;
import io.maildomain.simulator.faults.Fault;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the operator takes a database to have applied, and what it does where that is not known. */
class MigratedDatabaseTest {

    private static final String DATABASE = "'databases':[{'binding':'DB','name':'mail-db','migrations':{'path':'.'}}]";
    private static final String TABLE =
            "CREATE TABLE d1_migrations(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE,"
                    + " applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL);";

    private final WorkerScenario scenario = new WorkerScenario();

    @AfterEach
    void stop() {
        scenario.close();
    }

    /** Run a second time, it does not fail: it takes rows away. */
    private MailWorker withMigration() {
        scenario.files("index.js", "export default {}", "0001_init.sql", "INSERT INTO runs VALUES (1);");
        return scenario.worker("mailbox", DATABASE);
    }

    private JsonNode rows(String table) {
        return scenario.platform().database("mail-db").at("/tables/" + table + "/rows");
    }

    private void refusesTheNextRead() throws Exception {
        scenario.simulator
                .controls()
                .failNext(
                        "POST",
                        "/d1/database/.*/query",
                        Fault.status(
                                400,
                                new ObjectMapper()
                                        .readTree(
                                                "{\"success\":false,\"result\":null,\"errors\":[{\"code\":7500,\"message\":\"D1 DB is overloaded\"}]}"),
                                Map.of()));
    }

    @Test
    void aReadThatTheDatabaseRefusesIsNotTakenForNothingApplied() throws Exception {
        scenario.platform()
                .putDatabase(
                        "mail-db",
                        "CREATE TABLE runs(n INTEGER); " + TABLE
                                + " INSERT INTO d1_migrations(name) VALUES ('0001_init.sql');");
        MailWorker worker = withMigration();
        refusesTheNextRead();

        scenario.reconcile(worker);

        assertThat(scenario.writes())
                .allMatch(write -> write.endsWith("/query"))
                .hasSize(1);
        scenario.settle(worker);
        assertThat(scenario.ready(worker)).isEqualTo("Ready");
        assertThat(rows("runs")).as("it is not run a second time").isEmpty();
    }

    @Test
    void aReadThatTheDatabaseRefusesIsSaidAndTriedAgain() throws Exception {
        scenario.platform().putDatabase("mail-db", "CREATE TABLE runs(n INTEGER)");
        MailWorker worker = withMigration();
        refusesTheNextRead();

        scenario.reconcile(worker);

        assertThat(scenario.condition(worker, ConditionType.MIGRATED).status()).isEqualTo("Unknown");
        assertThat(scenario.condition(worker, ConditionType.MIGRATED).message()).contains("D1 DB is overloaded");
        scenario.settle(worker);
        assertThat(scenario.ready(worker)).isEqualTo("Ready");
        assertThat(rows("runs")).hasSize(1);
    }

    @Test
    void theTablesNameIsFoundInWhicheverCase() {
        scenario.platform()
                .putDatabase(
                        "mail-db",
                        "CREATE TABLE runs(n INTEGER); " + TABLE.replace("d1_migrations", "D1_Migrations")
                                + " INSERT INTO d1_migrations(name) VALUES ('0001_init.sql');");
        MailWorker worker = withMigration();

        scenario.settle(worker);

        assertThat(scenario.ready(worker)).isEqualTo("Ready");
        assertThat(rows("runs")).isEmpty();
    }

    @Test
    void aTableThatWouldNoteAMigrationTwiceIsNotUsed() {
        scenario.platform()
                .putDatabase(
                        "mail-db", "CREATE TABLE runs(n INTEGER); CREATE TABLE d1_migrations(id INTEGER, name TEXT);");
        MailWorker worker = withMigration();

        scenario.settle(worker);

        assertThat(scenario.condition(worker, ConditionType.MIGRATED).message())
                .contains("d1_migrations of mail-db", "UNIQUE");
        assertThat(rows("runs")).isEmpty();
        assertThat(scenario.writes()).noneMatch(write -> write.contains("/workers/"));
        scenario.platform().putDatabase("mail-db", "CREATE UNIQUE INDEX once ON d1_migrations(name)");
        scenario.settle(worker);
        assertThat(scenario.ready(worker)).isEqualTo("Ready");
        assertThat(rows("runs")).hasSize(1);
    }

    @Test
    void aDatabaseThatIsBoundTwiceIsMigratedOnceWhicheverBindingComesFirst() {
        scenario.platform().putDatabase("mail-db", "CREATE TABLE runs(n INTEGER)");
        scenario.files("index.js", "export default {}", "0001_init.sql", "INSERT INTO runs VALUES (1);");
        MailWorker worker = scenario.worker(
                "mailbox",
                "'databases':[{'binding':'DB_RO','name':'mail-db'},"
                        + "{'binding':'DB','name':'mail-db','migrations':{'path':'.'}}]");

        scenario.settle(worker);

        assertThat(scenario.ready(worker)).isEqualTo("Ready");
        assertThat(rows("runs")).hasSize(1);
        scenario.starts();
        scenario.settle(worker);
        assertThat(scenario.ready(worker)).isEqualTo("Ready");
    }

    @Test
    void migrationsOfTwoBindingsOfOneDatabaseAreRefused() {
        scenario.platform().putDatabase("mail-db", "CREATE TABLE runs(n INTEGER)");
        scenario.files("index.js", "export default {}", "0001_init.sql", "INSERT INTO runs VALUES (1);");
        MailWorker worker = scenario.worker(
                "mailbox",
                "'databases':[{'binding':'A','name':'mail-db','migrations':{'path':'.','table':'a'}},"
                        + "{'binding':'B','name':'mail-db','migrations':{'path':'.','table':'b'}}]");

        scenario.settle(worker);

        assertThat(scenario.condition(worker, ConditionType.TARGETS_READY).message())
                .contains("mail-db", "migrations");
        assertThat(scenario.calls()).isZero();
    }

    private MailWorker another(String databases) {
        MailWorker worker = scenario.worker("another", "");
        worker.setSpec(WorkerScenario.read(
                "{'script':'another-worker','compatibilityDate':'2026-04-01','source':{'configMap':{'name':'mailbox'}},"
                        + databases + "}",
                MailWorkerSpec.class));
        return scenario.store.put(worker);
    }

    /** Files of one name and other SQL would count as applied. */
    @Test
    void ofTwoWorkersWithMigrationsForOneDatabaseTheOlderOneAppliesIts() {
        scenario.platform().putDatabase("mail-db", "CREATE TABLE runs(n INTEGER)");
        MailWorker older = withMigration();
        MailWorker younger = another(DATABASE);

        scenario.settle(younger);

        assertThat(scenario.ready(younger)).isEqualTo("DeployedByAnother");
        assertThat(scenario.condition(younger, ConditionType.TARGETS_READY).message())
                .contains("applies migrations to mail-db: mailbox", "leave out the migrations");
        assertThat(scenario.calls()).isZero();
        scenario.settle(older);
        assertThat(scenario.ready(older)).isEqualTo("Ready");
        another("'databases':[{'binding':'DB','name':'mail-db'}]");
        scenario.settle(younger);
        assertThat(scenario.ready(younger)).isEqualTo("Ready");
        assertThat(rows("runs")).hasSize(1);
    }

    @Test
    void anotherTableOfTheDatabaseHasMigrationsOfItsOwn() {
        scenario.platform().putDatabase("mail-db", "CREATE TABLE runs(n INTEGER)");
        scenario.settle(withMigration());
        MailWorker younger = another(DATABASE.replace("'path':'.'", "'path':'.','table':'others'"));

        scenario.settle(younger);

        assertThat(scenario.ready(younger)).isEqualTo("Ready");
        assertThat(rows("runs")).hasSize(2);
    }
}
