package io.maildomain.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the records of MailWorker and MailSite do besides holding values. */
class DeployValuesTest {
    private static final Instant THEN = Instant.parse("2026-11-29T10:00:00Z");
    private static final TargetOwnership SCRIPT = new TargetOwnership(DeployOrigin.Created, "tag", THEN);
    private static final RestorePoint POINT = RestorePoint.of("mail-db", "0-1", THEN);
    private static final DeployedVersion DEPLOYED = new DeployedVersion("v1", "f1", List.of());
    private static final RolloutOwnership ROLLOUT = new RolloutOwnership(
            "f2",
            null,
            RolloutStage.UnderWay,
            "v1",
            "v2",
            ProbeMoment.AtZero,
            null,
            List.of(new RolloutMigration("mail-db", "0001_init.sql")));

    @Test
    void aRestorePointNamesTheCommandThatBringsTheDatabaseBack() {
        assertThat(RestorePoint.of("mail-db", "00000085-ffffffff-00004c6d-2510c8b03a2eb2c4", THEN)
                        .command())
                .isEqualTo(
                        "wrangler d1 time-travel restore mail-db --bookmark=00000085-ffffffff-00004c6d-2510c8b03a2eb2c4");
    }

    @Test
    void anOwnershipRecordChangesOneNoteAndKeepsTheOthers() {
        WorkerOwnership full = WorkerOwnership.nothing()
                .withScript("a", SCRIPT)
                .withDeployed(DEPLOYED)
                .withRollout(ROLLOUT)
                .withCustomDomains(List.of("api.example.com"))
                .withRoutes(List.of("example.com/*"))
                .withSchedules(List.of("0 3 * * *"))
                .withTriggers("t");

        assertThat(full)
                .isEqualTo(new WorkerOwnership(
                        "a",
                        SCRIPT,
                        DEPLOYED,
                        ROLLOUT,
                        List.of("api.example.com"),
                        List.of("example.com/*"),
                        List.of("0 3 * * *"),
                        "t"));
        assertThat(full.withRollout(null).notedRollout()).isEmpty();
        assertThat(full.withRollout(null).notedScript()).contains(SCRIPT);
        assertThat(WorkerOwnership.nothing().schedules()).isEmpty();
    }

    @Test
    void theRecordOfASiteTellsWhatIsNoted() {
        SiteOwnership full =
                new SiteOwnership("a", SCRIPT, DEPLOYED, "f1", "r1", List.of("mail.example.com"), List.of("API"));

        assertThat(full.notedProject()).contains(SCRIPT);
        assertThat(full.notedDeployed()).contains(DEPLOYED);
        assertThat(full.notedDeploying()).contains("f1");
        assertThat(full.notedRetry()).contains("r1");
        assertThat(SiteOwnership.nothing().notedAccountId()).isEmpty();
        assertThat(SiteOwnership.nothing().variables()).isEmpty();
    }

    @Test
    void aRolloutKeepsItsNotesOnItsWay() {
        assertThat(ROLLOUT.withRestorePoints(List.of(POINT)).at(RolloutStage.GoingBack))
                .isEqualTo(new RolloutOwnership(
                        "f2",
                        null,
                        RolloutStage.GoingBack,
                        "v1",
                        "v2",
                        ProbeMoment.AtZero,
                        List.of(POINT),
                        ROLLOUT.migrations()));
        assertThat(ROLLOUT.notedPrevious()).contains("v1");
        assertThat(ROLLOUT.notedRetry()).isEmpty();
    }

    @Test
    void aStatusSaysWhoseItIsAndKeepsItsRecord() {
        MailWorkerStatus status = MailWorkerStatus.ofOwnership(
                        WorkerOwnership.nothing().withScript("a", SCRIPT))
                .withConditions(3L, List.of())
                .withObservedUid("uid")
                .withLastHandledReconcileAt("now");

        assertThat(status.isOf("uid", 3L)).isTrue();
        assertThat(status.isOf("uid", 4L)).isFalse();
        assertThat(status.isOf("other", 3L)).isFalse();
        assertThat(status.ownershipRecord().orElseThrow().notedScript()).contains(SCRIPT);
        assertThat(status.lastHandledReconcileAt()).isEqualTo("now");
        assertThat(status.withOwnership(null).ownershipRecord()).isEmpty();
    }

    @Test
    void kubectlShowsTheBeginningsOfIdAndDigest() {
        DeploySummary summary = DeploySummary.of(
                "1db6bcf0-c645-4f6f-96dd-7c405e54e496", "sha256:" + "0123456789abcdef".repeat(4), "default");

        assertThat(summary).isEqualTo(new DeploySummary("1db6bcf0", "sha256:0123456789ab", "default"));
        assertThat(DeploySummary.of(null, null, null)).isEqualTo(new DeploySummary(null, null, null));
    }

    @Test
    void theHostOfARouteIsWhatStandsBeforeItsPath() {
        assertThat(new WorkerRoute("*.example.com/api/*").host()).isEqualTo("*.example.com");
        assertThat(new WorkerRoute("example.com").host()).isEqualTo("example.com");
    }
}
