package io.maildomain.operator.controller.mailworker.plan;

import static io.maildomain.operator.controller.mailworker.plan.DeployArbitraries.FIRST;
import static io.maildomain.operator.controller.mailworker.plan.DeployArbitraries.HOST;
import static io.maildomain.operator.controller.mailworker.plan.DeployArbitraries.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.ConflictPolicy;
import io.maildomain.api.v1alpha1.DriftPolicy;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.controller.mailworker.plan.ModelDeployer.Outcome;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A spec comes while the rollout of the one before is under way, or has failed. Versions are named v1, v2, … as they were uploaded. */
class SupersededRolloutTest {

    private final ModelAccount account =
            new ModelAccount().database("mail-db").bucket("mail-bucket").database("foreign-db", "0001_theirs.sql");
    private final ModelDeployer operator = new ModelDeployer(account);

    @Test
    void aVersionWhoseProbeIsStillAskedIsJudgedBeforeAnotherTakesItsPlace() {
        operator.run(probed("sha256:one"));
        runsUntilPromoted(probed("sha256:late"));

        Outcome outcome = operator.run(probed("sha256:two"));

        assertThat(operator.stepNames()).startsWith("Probe", "Probe", "GoBack", "NoteIntent");
        assertThat(outcome.decision()).isEqualTo(new WorkerDecision.Done("v3"));
    }

    @Test
    void whatFailsAfterAVersionThatWasNeverFoundGoodGoesBackToTheOneBeforeBoth() {
        operator.run(probed("sha256:one"));
        runsUntilPromoted(probed("sha256:late"));

        operator.run(probed("sha256:late", "other"));

        assertThat(account.current()).isEqualTo(Map.of("v1", 100));
    }

    @Test
    void aFirstVersionThatFailsIsNoneToGoBackTo() {
        operator.run(probed("sha256:bad"));

        Outcome outcome = operator.run(probed("sha256:late"));

        assertThat(operator.stepNames()).doesNotContain("GoBack", "DeployAtZero");
        assertThat(stopped(outcome).sentence()).startsWith("version v2 serves and fails its probe");
        assertThat(account.current()).isEqualTo(Map.of("v2", 100));
    }

    @Test
    void aMigrationOfARefusedVersionForbidsTheWayBackToTheNextOneToo() {
        operator.run(probed("sha256:one", FIRST));
        operator.run(probed("sha256:refused", FIRST, SECOND));

        Outcome outcome = operator.run(probed("sha256:late", FIRST, SECOND));

        assertThat(operator.stepNames()).endsWith("Promote", "Probe", "Probe", "NoteStayed");
        assertThat(account.current()).isEqualTo(Map.of("v2", 100));
        assertThat(stopped(outcome).reason()).isEqualTo(Reason.ProbeFailedAfterMigration);
        assertThat(stopped(outcome).sentence())
                .as("where the database stood is told on")
                .contains("wrangler d1 time-travel restore mail-db --bookmark=bookmark-mail-db-1");
    }

    @Test
    void aMigrationThatWasAppliedForbidsToPutTheOldVersionBackOverAForeignOne() {
        operator.run(correcting("sha256:one", FIRST));
        operator.run(correcting("sha256:late", FIRST, SECOND));
        account.wranglerDeploys();

        Outcome outcome = operator.run(correcting("sha256:two", FIRST, SECOND));

        assertThat(outcome.decision()).isInstanceOf(WorkerDecision.Refused.class);
        assertThat(account.writes()).isEmpty();
    }

    @Test
    void goingBackByGitRevertAfterAMigrationIsFoundOutAnew() {
        operator.run(probed("sha256:one", FIRST));
        operator.run(probed("sha256:refused", FIRST, SECOND));

        Outcome outcome = operator.run(probed("sha256:one", FIRST));

        assertThat(operator.stepNames()).containsExactly("NoteIntent", "Probe", "NoteDeployed");
        assertThat(outcome.decision()).isEqualTo(new WorkerDecision.Done("v1"));
    }

    @Test
    void whereCloudflareRefusesTheWayBackTheBadVersionStaysAndTheNextOneIsLetThrough() {
        operator.run(probed("sha256:one"));
        account.cloudflareGivesUp("v1");

        assertThat(operator.run(probed("sha256:late")).refused()).isEqualTo(new DeployStep.GoBack("v1"));
        Outcome outcome = operator.run(probed("sha256:late"));
        assertThat(stopped(outcome).sentence())
                .startsWith("version v2 failed its probe, and Cloudflare refuses to deploy v1 again");
        assertThat(account.writes()).isEmpty();

        assertThat(operator.run(probed("sha256:two")).decision()).isEqualTo(new WorkerDecision.Done("v3"));
    }

    /** The next spec comes while its probe is asked once it serves. */
    private void runsUntilPromoted(WorkerIntent intent) {
        assertThat(operator.run(intent, 5)).isEmpty();
        assertThat(operator.stepNames()).endsWith("Promote");
        assertThat(account.current()).isEqualTo(Map.of("v2", 100));
    }

    private static WorkerIntent probed(String digest, Migration... migrations) {
        return intent(digest, DriftPolicy.Report, migrations);
    }

    /** Another version of the same source. */
    private static WorkerIntent probed(String digest, String more) {
        return intent(digest + more, DriftPolicy.Report);
    }

    private static WorkerIntent correcting(String digest, Migration... migrations) {
        return intent(digest, DriftPolicy.Correct, migrations);
    }

    private static WorkerIntent intent(String digest, DriftPolicy drift, Migration... migrations) {
        return DeployArbitraries.intent(
                digest,
                List.of(new WorkerIntent.Database("DB", "mail-db", "d1_migrations", false, Arrays.asList(migrations))),
                new WorkerIntent.Triggers(null, null, List.of(HOST), List.of()),
                new WorkerIntent.Probe(HOST, 2),
                ConflictPolicy.Refuse,
                drift);
    }

    private static Obstacle stopped(Outcome outcome) {
        return ((WorkerDecision.Stopped) outcome.decision()).why();
    }
}
