package io.maildomain.operator.controller.mailworker;

import static io.maildomain.operator.controller.mailworker.WorkerScenario.HOST;
import static io.maildomain.operator.controller.mailworker.WorkerScenario.SCRIPT;
import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.harness.Checkout;
import io.maildomain.simulator.state.HostAnswer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What each kind of rollout calls, in order, from the simulator's recording, up to the last call that changes something or asks a probe. The files in
 * {@code rollouts} say what is expected; with {@code MAILDOMAIN_FIXTURES=write} in the environment they are written anew.
 */
class RolloutCallsTest {

    private static final Path FOLDER = Checkout.find()
            .root()
            .resolve("operator/src/test/resources/io/maildomain/operator/controller/mailworker/rollouts");
    private static final boolean WRITES = "write".equals(System.getenv("MAILDOMAIN_FIXTURES"));

    private static final String DATABASE = "'databases':[{'binding':'DB','name':'mail-db','migrations':{'path':'.'}}]";
    private static final String TRIGGERS = "'schedules':['*/15 * * * *'],'customDomains':['" + HOST + "']";
    private static final String WHOLE = DATABASE + ",'buckets':[{'binding':'B','name':'mail-bucket'}],"
            + "'secrets':[{'name':'SESSION','valueFrom':{'name':'mailbox','key':'session'}}]," + TRIGGERS;
    private static final String PROBED =
            ",'rollout':{'strategy':'Probed','probe':{'url':'https://" + HOST + "/health','attempts':2}}";

    private static final String[] FIRST = {
        "index.js", "export default {}", "0001_init.sql", "CREATE TABLE mails(sender TEXT);"
    };
    private static final String[] SECOND = {
        "index.js", "export default {two: 2}", "0001_init.sql", "CREATE TABLE mails(sender TEXT);"
    };
    private static final String[] SECOND_WITH_MIGRATION = {
        "index.js",
        "export default {two: 2}",
        "0001_init.sql",
        "CREATE TABLE mails(sender TEXT);",
        "0002_subject.sql",
        "ALTER TABLE mails ADD COLUMN subject TEXT;"
    };

    private Path recording;
    private WorkerScenario scenario;

    @BeforeEach
    void aDatabaseAndABucket(@TempDir Path folder) {
        recording = folder.resolve("calls.jsonl");
        scenario = WorkerScenario.recordedTo(recording);
        scenario.platform().putDatabase("mail-db", "");
        scenario.platform().putBucket("mail-bucket", "default");
        scenario.secrets.holding("mail-system", "mailbox", "session", "a-very-secret-word");
        bad();
        scenario.aroundProbe = probe -> question -> RecordedCalls.recorded(probe, question, recording);
    }

    @AfterEach
    void stop() {
        scenario.close();
    }

    /** All answer well, but these. */
    private void bad(String... versions) {
        Map<String, HostAnswer> answers = new TreeMap<>();
        Stream.of(versions).forEach(version -> answers.put(version, new HostAnswer(500, null, "", null)));
        scenario.platform().putAnswer(HOST, new HostAnswer(200, null, "", new TreeMap<>(answers)));
    }

    private MailWorker deployed(String more) {
        scenario.files(FIRST);
        MailWorker worker = scenario.worker("mailbox", more);
        scenario.settle(worker);
        assertThat(scenario.ready(worker)).isEqualTo("Ready");
        return worker;
    }

    /** The second version is good as long as it has no requests. */
    private void goesBadOncePromoted() {
        scenario.aroundProbe = probe -> question -> {
            bad(question.override() == null ? "2" : "none");
            return RecordedCalls.recorded(probe, question, recording);
        };
    }

    private void rollsOut(MailWorker worker, String reason, String file, String... files) throws IOException {
        int before = RecordedCalls.count(recording);
        scenario.files(files);
        scenario.settle(worker);
        assertThat(scenario.ready(worker)).isEqualTo(reason);
        holds(file, before);
    }

    private void holds(String name, int from) throws IOException {
        List<String> all = RecordedCalls.of(recording, from);
        int last = IntStream.range(0, all.size())
                .filter(line -> RecordedCalls.counts(all.get(line)))
                .max()
                .orElseThrow();
        String calls = String.join("\n", all.subList(0, last + 1)) + "\n";
        System.err.printf("--- %s%n%s", name, calls);
        Path file = FOLDER.resolve(name + ".txt");
        if (WRITES) {
            Files.createDirectories(FOLDER);
            Files.writeString(file, calls);
        }
        assertThat(calls)
                .as(
                        "write them anew with MAILDOMAIN_FIXTURES=write tools/t RolloutCallsTest, and look at what is different")
                .isEqualTo(Files.readString(file));
    }

    private String serving() {
        return "v"
                + scenario.platform()
                        .worker(SCRIPT)
                        .servingVersion()
                        .orElseThrow()
                        .number();
    }

    private int migrations() {
        return scenario.platform()
                .database("mail-db")
                .at("/tables/d1_migrations/rows")
                .size();
    }

    @Test
    void aFirstDeploymentMigratesUploadsAndTriggersInThisOrder() throws IOException {
        deployed(WHOLE);

        assertThat(serving()).isEqualTo("v1");
        holds("first", 0);
    }

    @Test
    void aFirstDeploymentThatIsProbedIsAskedOnceItsDomainLeadsToIt() throws IOException {
        deployed(WHOLE + PROBED);

        assertThat(serving()).isEqualTo("v1");
        holds("first-probed", 0);
    }

    @Test
    void aLaterDeploymentUploadsAVersionAndDeploysIt() throws IOException {
        rollsOut(deployed(WHOLE), "Ready", "later", SECOND);

        assertThat(serving()).isEqualTo("v2");
        assertThat(migrations()).isEqualTo(1);
    }

    @Test
    void aVersionThatIsGoodIsAskedAtZeroAndOnceMoreWhenItServes() throws IOException {
        rollsOut(deployed(WHOLE + PROBED), "Ready", "probed-good", SECOND_WITH_MIGRATION);

        assertThat(serving()).isEqualTo("v2");
        assertThat(migrations()).isEqualTo(2);
    }

    @Test
    void aVersionThatIsBadAtZeroIsTakenOutAgain() throws IOException {
        MailWorker worker = deployed(WHOLE + PROBED);
        bad("2");

        rollsOut(worker, "ProbeFailed", "bad-at-zero", SECOND);

        assertThat(serving()).isEqualTo("v1");
    }

    @Test
    void aVersionThatIsBadAtZeroAfterAMigrationStaysAtZero() throws IOException {
        MailWorker worker = deployed(WHOLE + PROBED);
        bad("2");

        rollsOut(worker, "ProbeFailedAfterMigration", "bad-at-zero-after-migration", SECOND_WITH_MIGRATION);

        assertThat(serving()).isEqualTo("v1");
        assertThat(migrations()).isEqualTo(2);
    }

    @Test
    void aVersionThatIsBadOncePromotedGivesWayToTheOldOne() throws IOException {
        MailWorker worker = deployed(WHOLE + PROBED);
        goesBadOncePromoted();

        rollsOut(worker, "ProbeFailed", "bad-after-promotion", SECOND);

        assertThat(serving()).isEqualTo("v1");
    }

    @Test
    void aVersionThatIsBadOncePromotedStaysWhereAMigrationWasApplied() throws IOException {
        MailWorker worker = deployed(WHOLE + PROBED);
        goesBadOncePromoted();

        rollsOut(worker, "ProbeFailedAfterMigration", "bad-after-promotion-after-migration", SECOND_WITH_MIGRATION);

        assertThat(serving()).isEqualTo("v2");
        assertThat(migrations()).isEqualTo(2);
    }
}
