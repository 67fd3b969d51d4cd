package io.maildomain.operator.controller.mailworker;

import static io.maildomain.operator.controller.mailworker.WorkerScenario.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.api.v1alpha1.WorkerOwnership;
import io.maildomain.operator.status.ConditionType;
import io.maildomain.simulator.control.DeploySpec;
import io.maildomain.simulator.state.HostAnswer;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a MailWorker in mode Observe shows is what mode Manage then does: that, no more, and nothing is lost on the way. */
class ObservedWorkerTest {

    private static final String OBSERVE = "'mode':'Observe'";
    private static final String DATABASE = "'databases':[{'binding':'DB','name':'mail-db','migrations':{'path':'.'}}]";
    private static final String PROBED = "'customDomains':['" + HOST
            + "'],'rollout':{'strategy':'Probed','probe':{'url':'https://" + HOST + "/health','attempts':2}}";

    private final WorkerScenario scenario = new WorkerScenario();

    @AfterEach
    void stop() {
        scenario.close();
    }

    @Test
    void aFirstDeploymentIsShownAndThenDone() {
        scenario.platform().putDatabase("mail-db", "CREATE TABLE theirs(a TEXT)");
        scenario.platform().putBucket("mail-bucket", "default");
        scenario.files("index.js", "export default {}", "0001_init.sql", "CREATE TABLE mails(sender TEXT);");
        String spec = DATABASE + ",'buckets':[{'binding':'B','name':'mail-bucket'}],'schedules':['*/15 * * * *'],"
                + "'customDomains':['" + HOST + "'],'routes':[{'pattern':'example.com/api/*'}]";
        MailWorker worker = scenario.worker("mailbox", spec + "," + OBSERVE);

        assertThat(observed(worker))
                .containsExactly(
                        "apply 0001_init.sql to mail-db",
                        "create the Worker, which then serves",
                        "start it at */15 * * * *",
                        "lead " + HOST + " to it",
                        "lead the route example.com/api/* to it");
        assertThat(scenario.live(worker).getStatus().ownershipRecord()).isEmpty();
        assertThat(scenario.events).isEmpty();
        scenario.starts();
        assertThat(observed(worker)).hasSize(5);

        managed("mailbox", spec);
        assertThat(written())
                .containsExactly(
                        "PUT /workers/scripts/{script_name}",
                        "PUT /workers/scripts/{script_name}/schedules",
                        "PUT /workers/domains",
                        "POST /zones/{zone_id}/workers/routes");
        assertThat(scenario.platform().database("mail-db").at("/tables/d1_migrations/rows"))
                .hasSize(1);
        scenario.worker("mailbox", spec + "," + OBSERVE);
        assertThat(observed(worker)).isEmpty();
        assertThat(scenario.condition(worker, ConditionType.IN_SYNC).status()).isEqualTo("True");
    }

    @Test
    void aNewVersionWaitsForTheSwitchAndItsProbeIsAskedThen() {
        scenario.platform().putAnswer(HOST, new HostAnswer(200, null, "", new TreeMap<>()));
        scenario.files("index.js", "one");
        MailWorker worker = managed("mailbox", PROBED);
        String before = serving(worker);
        WorkerOwnership noted = scenario.ownership(worker);
        scenario.files("index.js", "two");
        scenario.worker("mailbox", PROBED + "," + OBSERVE);

        assertThat(observed(worker))
                .containsExactly(
                        "upload a version",
                        "deploy the version at 0 %, where its probe reaches it",
                        "let the version serve");
        assertThat(serving(worker)).isEqualTo(before);
        assertThat(scenario.ownership(worker)).isEqualTo(noted);

        managed("mailbox", PROBED);
        assertThat(written())
                .containsExactly(
                        "POST /workers/scripts/{script_name}/versions",
                        "POST /workers/scripts/{script_name}/deployments",
                        "POST /workers/scripts/{script_name}/deployments");
        assertThat(serving(worker)).isNotEqualTo(before);
    }

    /** What mode Manage would refuse or leave is said as it would say it. */
    @Test
    void whatOthersDeployedIsSaidAndStands() {
        scenario.files("index.js", "one");
        MailWorker worker = managed("mailbox", "");
        scenario.platform()
                .deployWorker(WorkerScenario.SCRIPT, new DeploySpec("dash", "hotfix", null, null, null, null));
        scenario.worker("mailbox", OBSERVE);

        assertThat(observed(worker)).isEmpty();
        assertThat(scenario.condition(worker, ConditionType.IN_SYNC).reason()).isEqualTo("Drifted");
        assertThat(scenario.events).noneMatch(event -> event.startsWith("Drifted"));

        scenario.worker("mailbox", "'drift':'Correct'," + OBSERVE);
        assertThat(observed(worker)).singleElement().asString().endsWith(" serve again");
        managed("mailbox", "'drift':'Correct'");
        assertThat(written()).containsExactly("POST /workers/scripts/{script_name}/deployments");
    }

    @Test
    void oneThatOnlyObservesIsDeletedWithoutACallAndIsInNoOthersWay() {
        scenario.files("index.js", "one");
        MailWorker observing = managed("mailbox", "'deletionPolicy':'Delete'");
        scenario.worker("mailbox", "'deletionPolicy':'Delete'," + OBSERVE);
        observed(observing);
        MailWorker younger = scenario.worker("younger", "");
        scenario.settle(younger);
        assertThat(scenario.ready(younger)).isEqualTo("Ready");
        scenario.forgetCalls();

        scenario.delete(observing);
        scenario.reconcile(observing);

        assertThat(scenario.isGone(observing)).isTrue();
        assertThat(scenario.calls()).isZero();
        assertThat(serving(younger)).isNotEmpty();
    }

    private List<String> observed(MailWorker worker) {
        JsonNode before = scenario.simulator.controls().comparableState();
        scenario.forgetCalls();
        scenario.events.clear();
        scenario.settle(worker);
        assertThat(scenario.ready(worker)).isEqualTo("Observing");
        assertThat(written()).isEmpty();
        assertThat(scenario.simulator.controls().comparableState()).isEqualTo(before);
        return scenario.live(worker).getStatus().pendingChanges();
    }

    private MailWorker managed(String name, String spec) {
        scenario.forgetCalls();
        MailWorker worker = scenario.worker(name, spec);
        scenario.settle(worker);
        assertThat(scenario.ready(worker)).isEqualTo("Ready");
        return worker;
    }

    /** A database is read by a POST, too. */
    private List<String> written() {
        return scenario.writes().stream()
                .filter(write -> !write.contains("/d1/"))
                .toList();
    }

    private String serving(MailWorker worker) {
        return scenario.live(worker).getStatus().seenServing().orElseThrow().id();
    }
}
