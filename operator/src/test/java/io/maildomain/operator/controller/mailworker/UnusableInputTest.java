package io.maildomain.operator.controller.mailworker;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.operator.status.ConditionType;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What cannot be sent is said before anything is written, whatever the API server has let pass. */
class UnusableInputTest {

    private static final String DATABASE = "'databases':[{'binding':'DB','name':'mail-db','migrations':{'path':'.'}}]";

    private final WorkerScenario scenario = new WorkerScenario();

    @AfterEach
    void stop() {
        scenario.close();
    }

    private String message(MailWorker worker, ConditionType type) {
        scenario.settle(worker);
        assertThat(scenario.ready(worker)).isNotEqualTo("Ready");
        assertThat(scenario.calls()).isZero();
        return scenario.condition(worker, type).message();
    }

    @Test
    void aFileThatCannotBeAModuleIsNamedBeforeMigrationsAreRun() {
        scenario.platform().putDatabase("mail-db", "");
        scenario.files("index.js", "export default {}", "a\".js", "", "0001_init.sql", "CREATE TABLE t(n);");
        MailWorker worker = scenario.worker("mailbox", DATABASE);

        assertThat(message(worker, ConditionType.SOURCE_READY)).contains("a\".js", "rename it");

        scenario.files("index.js", "export default {}", "a\".md", "", "0001_init.sql", "CREATE TABLE t(n);");
        scenario.settle(worker);
        assertThat(scenario.ready(worker))
                .as("what is no module is not uploaded")
                .isEqualTo("Ready");
    }

    @Test
    void aWorkerThatCloudflareFindsTooLargeIsSaidBeforeMigrationsAreRun() {
        scenario.platform().putDatabase("mail-db", "");
        byte[] random = new byte[11 << 20];
        new Random(1).nextBytes(random);
        String incompressible = Base64.getEncoder().encodeToString(random);
        scenario.files("index.js", "export default {}//" + incompressible, "0001_init.sql", "CREATE TABLE t(n);");
        MailWorker worker = scenario.worker("mailbox", DATABASE);

        assertThat(message(worker, ConditionType.SOURCE_READY)).contains("10 MiB", "leave files out");

        scenario.files("index.js", "export default {}//" + "x".repeat(12 << 20), "0001_init.sql", "CREATE TABLE t(n);");
        scenario.settle(worker);
        // The simulator takes no more of either kind; that it was asked at all is what is looked for.
        assertThat(scenario.condition(worker, ConditionType.SOURCE_READY).status())
                .as("it is small once it is compressed")
                .isEqualTo("True");
    }

    @Test
    void aProbeThatIsNoUrlIsSaid() {
        scenario.files("index.js", "export default {}");
        MailWorker worker = scenario.worker(
                "mailbox",
                "'customDomains':['api.example.com'],"
                        + "'rollout':{'strategy':'Probed','probe':{'url':'https://api.example.com/{id}'}}");

        assertThat(message(worker, ConditionType.TARGETS_READY)).contains("rollout.probe.url");
    }

    @Test
    void aPropertyThatIsCalledAsTheBindingsNameOrTypeIsIsSaid() {
        scenario.files("index.js", "export default {}");
        MailWorker worker = scenario.worker(
                "mailbox",
                "'bindings':[{'name':'QUEUE','type':'queue','properties':{'queue_name':'in','type':'service'}}]");

        assertThat(message(worker, ConditionType.TARGETS_READY)).contains("type of binding QUEUE");
    }

    @Test
    void aMigrationWhoseNameIsTooLongIsSaid() {
        scenario.platform().putDatabase("mail-db", "");
        scenario.files("index.js", "export default {}", "1_" + "x".repeat(260) + ".sql", "SELECT 1;");
        MailWorker worker = scenario.worker("mailbox", DATABASE);

        assertThat(message(worker, ConditionType.SOURCE_READY)).contains("more than 255 characters");
    }
}
