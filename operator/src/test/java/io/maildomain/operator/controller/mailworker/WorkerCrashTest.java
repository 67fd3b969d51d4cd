package io.maildomain.operator.controller.mailworker;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.simulator.faults.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wherever the operator dies, and whichever answer is lost, the same end is reached and nothing is done twice. */
class WorkerCrashTest {

    private static final String WHOLE = "'databases':[{'binding':'DB','name':'mail-db','migrations':{'path':'.'}}],"
            + "'schedules':['*/15 * * * *'],'customDomains':['" + WorkerScenario.HOST
            + "'],'routes':[{'pattern':'example.com/api/*'}]";

    private final WorkerScenario scenario = new WorkerScenario();

    @AfterEach
    void stop() {
        scenario.close();
    }

    private MailWorker worker() {
        scenario.platform().putDatabase("mail-db", "");
        scenario.files(
                "index.js",
                "export default {}",
                "0001_init.sql",
                "CREATE TABLE mails(sender TEXT);",
                "0002_more.sql",
                "ALTER TABLE mails ADD COLUMN subject TEXT;");
        return scenario.worker("mailbox", WHOLE);
    }

    private static final class Death extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void itDiesJustAfterANote(int record) {
        MailWorker worker = worker();
        scenario.store.afterOwnership(() -> {
            if (scenario.store.ownershipRecords().size() == record) {
                throw new Death();
            }
        });

        try {
            scenario.reconcile(worker);
        } catch (Death dead) {
            scenario.starts();
        }
        scenario.store.afterOwnership(() -> {});
        scenario.settle(worker);

        assertThat(scenario.ready(worker)).isEqualTo("Ready");
        assertAllOnce();
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, .*/workers/scripts/mailbox-worker.*",
        "POST, .*/d1/database/.*/query",
        "PUT, .*/schedules",
        "PUT, .*/workers/domains",
        "POST, .*/workers/routes"
    })
    void anAnswerIsLost(String method, String path) {
        MailWorker worker = worker();
        scenario.simulator.controls().failNext(method, path, Fault.resetAfter());

        scenario.settle(worker);

        assertThat(scenario.ready(worker)).isEqualTo("Ready");
        assertAllOnce();
    }

    private void assertAllOnce() {
        assertThat(scenario.platform().database("mail-db").at("/tables/d1_migrations/rows"))
                .hasSize(2);
        assertThat(scenario.writes().stream()
                        .filter(write -> write.equals("PUT /workers/scripts/{script_name}"))
                        .count())
                .isEqualTo(1);
        assertThat(scenario.platform().worker(WorkerScenario.SCRIPT).versions()).hasSize(1);
    }
}
