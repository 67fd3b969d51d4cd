package io.maildomain.operator.controller.mailworker.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.status.ConditionType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What people read where a deployment does not go on. */
class ObstacleTest {

    private static final Path FAILURES = Path.of("..", "docs", "contributing", "deploy-failures.md");

    private static final Set<Reason> OF_OBSTACLES = EnumSet.of(
            Reason.MainModuleMissing,
            Reason.DeployNotGranted,
            Reason.DatabaseNotFound,
            Reason.BucketNotFound,
            Reason.ProjectNotFound,
            Reason.ZoneNotFound,
            Reason.HostnameTaken,
            Reason.RouteTaken,
            Reason.DestructiveMigration,
            Reason.UnreadableMigration,
            Reason.MigrationFailed,
            Reason.WorkerForeign,
            Reason.DeploymentSplit,
            Reason.UploadRefused,
            Reason.ProbeFailed,
            Reason.ProbeFailedAfterMigration,
            Reason.Drifted,
            Reason.WorkerInUse,
            Reason.DeployedByAnother,
            Reason.DeployAccountChanged,
            Reason.RollingOut,
            Reason.Deployed);

    @Test
    void eachReasonIsInTheTableOfFailures() throws IOException {
        String page = Files.readString(FAILURES);

        assertThat(OF_OBSTACLES.stream().map(reason -> "`" + reason.name() + "`"))
                .allMatch(page::contains);
    }

    @Test
    void aMigrationThatFailedSaysWhatStandsAndHowToTakeTheDataBack() {
        Obstacle failed = new RolloutObstacle.SqlFailed("mail-db", "0003_x.sql", "no such table: y", "0000007b-01");

        assertThat(failed.sentence())
                .isEqualTo("0003_x.sql of mail-db failed and left nothing behind: no such table: y. Files before it are"
                        + " applied, no version was deployed. To take the data back as well: wrangler d1 time-travel"
                        + " restore mail-db --bookmark=0000007b-01");
        assertThat(failed.at()).isEqualTo(ConditionType.MIGRATED);
    }

    @Test
    void aRefusedUploadSaysWhatIsInTheDatabaseAlready() {
        assertThat(new RolloutObstacle.VersionRefused("no event handlers", List.of("mail-db 0001_init.sql")).sentence())
                .isEqualTo(
                        "Cloudflare refuses the version: no event handlers. What served before goes on serving; applied"
                                + " before it: mail-db 0001_init.sql. Correct the source");
    }

    @Test
    void aWorkerThatOthersDeletedIsNotSaidToServeNothing() {
        assertThat(new RolloutObstacle.OthersDeployed("mailbox", "v1", Map.of()).sentence())
                .startsWith("others deleted mailbox, and it stays so");
    }

    @Test
    void aSplitIsSaidInTheOrderOfItsVersions() {
        assertThat(new RolloutObstacle.Split("mailbox", Map.of("v2", 10, "v1", 90)).sentence())
                .contains("(v1 90 %, v2 10 %)")
                .endsWith("wrangler versions deploy, one version at 100 %");
    }
}
