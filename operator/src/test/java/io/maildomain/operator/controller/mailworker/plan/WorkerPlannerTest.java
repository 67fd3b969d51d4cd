package io.maildomain.operator.controller.mailworker.plan;

import static io.maildomain.operator.controller.mailworker.plan.DeployArbitraries.BRANCH;
import static io.maildomain.operator.controller.mailworker.plan.DeployArbitraries.BROKEN;
import static io.maildomain.operator.controller.mailworker.plan.DeployArbitraries.DROPS;
import static io.maildomain.operator.controller.mailworker.plan.DeployArbitraries.FIRST;
import static io.maildomain.operator.controller.mailworker.plan.DeployArbitraries.HOST;
import static io.maildomain.operator.controller.mailworker.plan.DeployArbitraries.ROUTE;
import static io.maildomain.operator.controller.mailworker.plan.DeployArbitraries.SECOND;
import static io.maildomain.operator.controller.mailworker.plan.DeployArbitraries.STRANGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.ConflictPolicy;
import io.maildomain.api.v1alpha1.DriftPolicy;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.access.DeployGrants;
import io.maildomain.operator.controller.mailworker.plan.ModelDeployer.Outcome;
import io.maildomain.operator.status.ConditionType;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One decision, one sentence. Versions are named v1, v2, … in the order in which they were uploaded. */
class WorkerPlannerTest {

    private final ModelAccount account =
            new ModelAccount().database("mail-db").bucket("mail-bucket").database("foreign-db", "0001_theirs.sql");
    private final ModelDeployer operator = new ModelDeployer(account);

    @Test
    void aFirstDeploymentServesAtOnceAndIsProbedLastOfAll() {
        assertThat(decision(probed("sha256:one", FIRST))).isEqualTo(new WorkerDecision.Done("v1"));

        assertThat(operator.stepNames())
                .containsExactly(
                        "NoteIntent",
                        "NoteBookmark",
                        "ApplyMigration",
                        "UploadFirst",
                        "SetSchedules",
                        "SetSubdomain",
                        "PutDomain",
                        "AddRoute",
                        "NoteTriggers",
                        "Probe",
                        "NoteDeployed");
        assertThat(operator.ledger().origin()).isEqualTo(DeployLedger.Origin.CREATED);
        assertThat(operator.ledger().lastDeployed().orElseThrow().bookmarks()).containsKey("mail-db");
    }

    @Test
    void aFirstVersionThatFailsItsProbeServesAndIsSaidToFail() {
        Outcome outcome = operator.run(probed("sha256:bad"));

        assertThat(stopped(outcome).reason()).isEqualTo(Reason.ProbeFailed);
        assertThat(stopped(outcome).sentence()).contains("version v1 serves and fails its probe");
        assertThat(account.current()).isEqualTo(Map.of("v1", 100));
        assertThat(operator.stepNames()).doesNotContain("GoBack");
    }

    @Test
    void aLaterVersionIsProbedBesideTheOldOnePromotedAndProbedAgain() {
        operator.run(probed("sha256:one", FIRST));

        assertThat(decision(probed("sha256:two", FIRST, SECOND))).isEqualTo(new WorkerDecision.Done("v2"));

        assertThat(operator.stepNames())
                .containsExactly(
                        "NoteIntent",
                        "NoteBookmark",
                        "ApplyMigration",
                        "UploadVersion",
                        "DeployAtZero",
                        "Probe",
                        "Promote",
                        "Probe",
                        "Probe",
                        "NoteDeployed");
        assertThat(operator.steps())
                .contains(new DeployStep.DeployAtZero("v1", "v2"), new DeployStep.Probe("v2", true))
                .contains(new DeployStep.Promote("v2"), new DeployStep.Probe("v2", false));
        assertThat(account.applied("mail-db")).containsExactly(FIRST.name(), SECOND.name());
    }

    @Test
    void withoutAProbeALaterVersionServesAtOnce() {
        operator.run(immediate("sha256:one"));
        operator.run(immediate("sha256:two"));

        assertThat(operator.stepNames()).containsExactly("NoteIntent", "UploadVersion", "Promote", "NoteDeployed");
    }

    @Test
    void aVersionThatFailsAtZeroNeverServes() {
        operator.run(probed("sha256:one"));

        Outcome outcome = operator.run(probed("sha256:bad"));

        assertThat(operator.stepNames())
                .containsExactly("NoteIntent", "UploadVersion", "DeployAtZero", "Probe", "Probe", "GoBack");
        assertThat(account.current()).isEqualTo(Map.of("v1", 100));
        assertThat(stopped(outcome).reason()).isEqualTo(Reason.ProbeFailed);
        assertThat(stopped(outcome).sentence()).contains("v2 failed its probe; v1 serves as before");
    }

    @Test
    void aVersionThatFailsAtZeroAfterAMigrationIsLeftThere() {
        operator.run(probed("sha256:one", FIRST));

        Outcome outcome = operator.run(probed("sha256:bad", FIRST, SECOND));

        assertThat(operator.stepNames()).endsWith("DeployAtZero", "Probe", "Probe", "NoteStayed");
        assertThat(account.current()).isEqualTo(Map.of("v1", 100, "v2", 0));
        assertThat(stopped(outcome).reason()).isEqualTo(Reason.ProbeFailedAfterMigration);
        assertThat(stopped(outcome).sentence())
                .contains("v1 serves as before")
                .contains("wrangler d1 time-travel restore mail-db --bookmark=bookmark-mail-db-1");
    }

    @Test
    void aVersionThatFailsOnceItServesGivesWayToTheOldOne() {
        operator.run(probed("sha256:one"));

        Outcome outcome = operator.run(probed("sha256:late"));

        assertThat(operator.stepNames()).endsWith("Promote", "Probe", "Probe", "GoBack");
        assertThat(account.current()).isEqualTo(Map.of("v1", 100));
        assertThat(stopped(outcome).reason()).isEqualTo(Reason.ProbeFailed);
    }

    @Test
    void anOldVersionThatStillAnswersSomewhereDoesNotSpeakForTheNewOne() {
        operator.run(probed("sha256:one"));

        operator.run(probed("sha256:slow"));

        assertThat(operator.stepNames()).endsWith("Promote", "Probe", "Probe", "Probe", "GoBack");
        assertThat(account.current()).isEqualTo(Map.of("v1", 100));
    }

    @Test
    void aVersionThatFailsOnceItServesStaysWhereAMigrationWasApplied() {
        operator.run(probed("sha256:one", FIRST));

        Outcome outcome = operator.run(probed("sha256:late", FIRST, SECOND));

        assertThat(operator.stepNames()).endsWith("Promote", "Probe", "Probe", "NoteStayed");
        assertThat(account.current()).isEqualTo(Map.of("v2", 100));
        assertThat(stopped(outcome).reason()).isEqualTo(Reason.ProbeFailedAfterMigration);
        assertThat(stopped(outcome).sentence()).contains("version v2 serves and fails its probe");
    }

    @Test
    void whatFailedIsTriedAgainOnceTheSpecChangesOrAUserAsks() {
        WorkerIntent bad = probed("sha256:bad");
        operator.run(probed("sha256:one"));
        operator.run(bad);

        operator.run(bad);
        assertThat(account.writes()).isEmpty();

        operator.run(bad.retried("2026-11-29T12:00:00Z"));
        assertThat(operator.stepNames()).containsExactly("NoteIntent", "DeployAtZero", "Probe", "Probe", "GoBack");

        assertThat(decision(probed("sha256:one"))).isEqualTo(new WorkerDecision.Done("v1"));
        assertThat(decision(probed("sha256:two"))).isEqualTo(new WorkerDecision.Done("v3"));
    }

    @Test
    void whatFailedAfterAMigrationDoesNotGoBackAtTheNextTryEither() {
        WorkerIntent late = probed("sha256:late", FIRST, SECOND);
        WorkerIntent bad = probed("sha256:bad", FIRST, SECOND);
        operator.run(probed("sha256:one", FIRST));
        operator.run(bad);

        operator.run(bad.retried("2026-11-29T12:00:00Z"));
        assertThat(operator.stepNames()).containsExactly("NoteIntent", "Probe", "Probe", "NoteStayed");
        assertThat(account.current()).isEqualTo(Map.of("v1", 100, "v2", 0));

        // A new version has no migration left to apply, but the old one was found good with the old schema.
        operator.run(late);
        assertThat(operator.stepNames()).endsWith("Promote", "Probe", "Probe", "NoteStayed");
        assertThat(account.current()).isEqualTo(Map.of("v3", 100));
    }

    @Test
    void aVersionThatTheOperatorGaveUpAndAUserPromotedIsTakenForGoodOnceItsProbeIs() {
        operator.run(probed("sha256:one"));
        operator.run(probed("sha256:bad"));

        account.dashboardDeploys(0);

        assertThat(stopped(operator.run(probed("sha256:bad"))).reason()).isEqualTo(Reason.ProbeFailed);
        assertThat(account.current()).isEqualTo(Map.of("v2", 100));
    }

    @Test
    void goingBackByGitRevertUploadsNothing() {
        operator.run(probed("sha256:one"));
        operator.run(probed("sha256:two"));

        assertThat(decision(probed("sha256:one"))).isEqualTo(new WorkerDecision.Done("v1"));

        assertThat(operator.stepNames())
                .containsExactly("NoteIntent", "DeployAtZero", "Probe", "Promote", "Probe", "Probe", "NoteDeployed");
    }

    @Test
    void whatWranglerDeployedSinceStandsAndIsSaid() {
        operator.run(probed("sha256:one"));
        account.wranglerDeploys();

        Outcome outcome = operator.run(probed("sha256:one"));

        assertThat(account.writes()).isEmpty();
        assertThat(outcome.decision()).isInstanceOfSatisfying(WorkerDecision.Drifted.class, drifted -> {
            assertThat(drifted.what().reason()).isEqualTo(Reason.Drifted);
            assertThat(drifted.what().sentence())
                    .contains("v2 100 %")
                    .contains("instead of v1")
                    .contains("drift: Correct");
        });
    }

    @Test
    void whatWranglerDeployedSinceIsPutBackWhereTheSpecSaysSo() {
        operator.run(correcting("sha256:one"));
        account.wranglerDeploys();

        assertThat(decision(correcting("sha256:one"))).isEqualTo(new WorkerDecision.Done("v1"));

        assertThat(operator.steps()).containsExactly(new DeployStep.PutBack("v1"));
    }

    @Test
    void anEmergencyRollbackInTheDashboardStandsUntilTheSpecChanges() {
        operator.run(probed("sha256:one"));
        operator.run(probed("sha256:two"));
        account.dashboardDeploys(1);

        assertThat(decision(probed("sha256:two"))).isInstanceOf(WorkerDecision.Drifted.class);
        assertThat(account.current()).isEqualTo(Map.of("v1", 100));

        assertThat(decision(probed("sha256:three"))).isEqualTo(new WorkerDecision.Done("v3"));
    }

    @Test
    void whatWranglerDeployedSinceIsNotOverwrittenByANewSpecEither() {
        operator.run(probed("sha256:one"));
        account.wranglerDeploys();

        assertThat(refusals(probed("sha256:two"))).containsExactly(Reason.WorkerForeign);
        assertThat(account.writes()).isEmpty();
    }

    @Test
    void aVersionThatCloudflareDoesNotListYetIsWaitedFor() {
        WorkerIntent intent = immediate("sha256:two");
        operator.run(immediate("sha256:one"));
        WorkerState before = account.observe(intent);
        DeployLedger noted = plan(intent, before, operator.ledger()).ledger();
        noted = LedgerChanges.done(
                noted, new DeployStep.UploadVersion(intent.fingerprint(before)), DeployStep.Answer.ofVersion("v2"));

        assertThat(plan(intent, before, noted).decision())
                .isInstanceOfSatisfying(
                        WorkerDecision.Wait.class, wait -> assertThat(wait.why().sentence())
                                .isEqualTo("version v2: Cloudflare does not list it yet"));
    }

    @Test
    void aWorkerThatOthersDeletedInTheMiddleStaysDeleted() {
        Outcome outcome = new ModelDeployer(account)
                .disturbed(Map.of(4, ModelAccount::othersDelete))
                .run(probed("sha256:one"));

        assertThat(outcome.decision()).isInstanceOfSatisfying(WorkerDecision.Drifted.class, drifted -> assertThat(
                        drifted.what().sentence())
                .startsWith("others deleted mailbox-worker"));
        assertThat(account.isThere()).isFalse();
    }

    @Test
    void aWorkerOfOthersIsNotDeployedOver() {
        account.wranglerDeploys();

        assertThat(refusals(probed("sha256:one", FIRST))).containsExactly(Reason.WorkerForeign);
        assertThat(account.applied("mail-db")).isEmpty();
    }

    @Test
    void aWorkerOfOthersThatServesNothingIsNotTakenEither() {
        account.wranglerUploads();

        Outcome outcome = operator.run(probed("sha256:one", FIRST));

        assertThat(reasons(outcome)).containsExactly(Reason.WorkerForeign);
        assertThat(((WorkerDecision.Refused) outcome.decision())
                        .obstacles()
                        .get(0)
                        .sentence())
                .startsWith("mailbox-worker is there and serves nothing");
        assertThat(account.writes()).isEmpty();
        assertThat(decision(adopting("sha256:one"))).isEqualTo(new WorkerDecision.Done("v2"));
        assertThat(operator.ledger().origin()).isEqualTo(DeployLedger.Origin.ADOPTED);
    }

    @Test
    void aWorkerThatWasOnlyJustCreatedAndShowsNothingYetIsOurs() {
        WorkerIntent intent = immediate("sha256:one");
        WorkerState absent = account.observe(intent);
        DeployLedger noted = plan(intent, absent, DeployLedger.NOTHING).ledger();
        noted = plan(intent, absent, noted).ledger();
        WorkerState empty = new WorkerState(
                new WorkerState.Script(List.of(), List.of(), List.of(), false),
                absent.databases(),
                absent.buckets(),
                absent.domains(),
                absent.routes(),
                absent.hostsWithoutZone());

        assertThat(noted.origin()).isEqualTo(DeployLedger.Origin.CREATING);
        WorkerPlan next = plan(intent, empty, noted);
        assertThat(next.decision()).isNotInstanceOf(WorkerDecision.Refused.class);
        assertThat(next.ledger().origin()).isEqualTo(DeployLedger.Origin.CREATING);
    }

    @Test
    void aWorkerOfOthersThatIsAdoptedIsWhatAFailedProbeGoesBackTo() {
        account.wranglerDeploys();
        account.domain(HOST, ModelAccount.SCRIPT);

        assertThat(decision(adopting("sha256:bad"))).isInstanceOf(WorkerDecision.Stopped.class);
        assertThat(account.current()).isEqualTo(Map.of("v1", 100));

        assertThat(decision(adopting("sha256:one"))).isEqualTo(new WorkerDecision.Done("v3"));
        assertThat(operator.ledger().origin()).isEqualTo(DeployLedger.Origin.ADOPTED);
        assertThat(operator.ledger().domains()).isEmpty();
    }

    @Test
    void aSplitDeploymentOfOthersIsTheirsToFinish() {
        account.wranglerSplits();

        Outcome outcome = operator.run(adopting("sha256:one"));

        assertThat(account.writes()).isEmpty();
        assertThat(outcome.decision()).isInstanceOfSatisfying(WorkerDecision.Refused.class, refused -> {
            assertThat(refused.obstacles()).hasSize(1);
            assertThat(refused.obstacles().get(0).reason()).isEqualTo(Reason.DeploymentSplit);
            assertThat(refused.obstacles().get(0).sentence()).contains("v1 90 %, v2 10 %");
        });
    }

    @Test
    void allThatIsMissingOrTakenIsSaidAtOnceAndNothingIsWritten() {
        ModelAccount bare = new ModelAccount().domain(HOST, ModelAccount.OTHERS).route(ROUTE, "");
        ModelDeployer first = new ModelDeployer(bare);

        Outcome outcome = first.run(probed("sha256:one", FIRST));

        assertThat(reasons(outcome))
                .containsExactly(
                        Reason.DatabaseNotFound, Reason.BucketNotFound, Reason.HostnameTaken, Reason.RouteTaken);
        assertThat(bare.writes()).isEmpty();
    }

    @Test
    void eachThingIsGrantedByItself() {
        operator.granted(new DeployGrants(
                List.of("mail*"), List.of("else"), List.of("mail-*"), List.of(), List.of("*.example.com"), List.of()));

        Outcome outcome = operator.run(probed("sha256:one", FIRST));

        assertThat(((WorkerDecision.Refused) outcome.decision()).obstacles())
                .extracting(Obstacle::sentence)
                .anyMatch(
                        sentence -> sentence.contains("\"mail-db\"") && sentence.contains("access[].deploy.databases"))
                // The route is of the apex, which *.example.com leaves out.
                .anyMatch(sentence -> sentence.contains("\"example.com\"") && sentence.contains("deploy.hostnames"))
                .hasSize(2);
        assertThat(account.writes()).isEmpty();
    }

    @Test
    void destructiveSqlIsReadBeforeTheFirstFileIsRun() {
        assertThat(refusals(probed("sha256:one", FIRST, DROPS))).containsExactly(Reason.DestructiveMigration);
        assertThat(refusals(probed("sha256:one", FIRST, STRANGE))).containsExactly(Reason.UnreadableMigration);
        assertThat(account.applied("mail-db")).isEmpty();
    }

    @Test
    void aFileThatFailsLeavesThoseBeforeItAppliedAndNothingDeployed() {
        Outcome outcome = operator.run(probed("sha256:one", FIRST, SECOND, BROKEN));

        assertThat(outcome.refused())
                .isInstanceOfSatisfying(DeployStep.ApplyMigration.class, apply -> assertThat(apply.migration())
                        .isEqualTo(BROKEN));
        assertThat(account.applied("mail-db")).containsExactly(FIRST.name(), SECOND.name());
        assertThat(account.isThere()).isFalse();
        assertThat(operator.ledger().rollout().bookmarks()).containsEntry("mail-db", "bookmark-mail-db-0");
    }

    @Test
    void aMigrationThatSortsBeforeTheLastAppliedOneIsRunAsWranglerDoes() {
        account.database("mail-db", "0000_gone.sql", FIRST.name(), SECOND.name());

        operator.run(immediate("sha256:one", FIRST, BRANCH, SECOND));

        assertThat(account.applied("mail-db"))
                .containsExactly("0000_gone.sql", FIRST.name(), SECOND.name(), BRANCH.name());
    }

    @Test
    void aDatabaseThatPeopleBroughtBackIsNotMigratedAgainByItself() {
        operator.run(immediate("sha256:one", FIRST));
        account.othersRestore("mail-db");

        assertThat(decision(immediate("sha256:one", FIRST)))
                .isInstanceOfSatisfying(WorkerDecision.Drifted.class, drifted -> {
                    assertThat(drifted.what().at()).isEqualTo(ConditionType.MIGRATED);
                });
        assertThat(account.writes()).isEmpty();
    }

    @Test
    void triggersThatOthersChangedStandAndThoseOfTheSpecAreAppliedWhenItChanges() {
        operator.run(probed("sha256:one"));
        account.othersSchedule(List.of());

        assertThat(decision(probed("sha256:one"))).isInstanceOfSatisfying(WorkerDecision.Drifted.class, drifted -> {
            assertThat(drifted.what().at()).isEqualTo(ConditionType.TRIGGERS_APPLIED);
            assertThat(drifted.what().sentence()).contains("*/15 * * * *");
        });
        assertThat(decision(correcting("sha256:one"))).isEqualTo(new WorkerDecision.Done("v1"));
        assertThat(account.schedules()).containsExactly("*/15 * * * *");
    }

    @Test
    void domainsAndRoutesThatTheSpecLeavesOutGoIfTheyAreOurs() {
        account.wranglerDeploys();
        account.domain("web.example.com", ModelAccount.SCRIPT);
        operator.run(adopting("sha256:one"));
        assertThat(account.domains()).containsKeys(HOST, "web.example.com");

        operator.run(DeployArbitraries.intent(
                "sha256:one",
                List.of(mailDb()),
                new WorkerIntent.Triggers(null, null, List.of(), List.of()),
                new WorkerIntent.Probe(HOST, 2),
                ConflictPolicy.Adopt,
                DriftPolicy.Report));

        assertThat(account.domains()).containsOnlyKeys("web.example.com");
        assertThat(account.routes()).isEmpty();
        assertThat(account.schedules()).isEmpty();
    }

    @Test
    void aMainModuleThatIsNotInTheSourceIsNamed() {
        WorkerIntent intent = probed("sha256:one");
        WorkerIntent.Content content = intent.content();
        WorkerIntent.Content other = new WorkerIntent.Content(
                content.sourceDigest(),
                content.modules(),
                "worker.js",
                content.compatibilityDate(),
                content.compatibilityFlags(),
                content.databases(),
                content.buckets(),
                content.variables(),
                content.secretRevisions(),
                content.bindings());

        Outcome outcome = operator.run(new WorkerIntent(
                intent.script(),
                intent.resource(),
                intent.mark(),
                other,
                intent.triggers(),
                intent.probe(),
                intent.conflictPolicy(),
                intent.drift(),
                ""));

        assertThat(reasons(outcome)).containsExactly(Reason.MainModuleMissing);
    }

    @Test
    void peopleReadInAVersionWhichResourceDeployedWhat() {
        assertThat(probed("sha256:0123456789abcdef").message()).isEqualTo("mail/mailbox sha256:0123456789ab [mdo:us]");
    }

    private static WorkerPlan plan(WorkerIntent intent, WorkerState state, DeployLedger ledger) {
        return WorkerPlanner.next(intent, state, ledger, DeployGrants.everything(), ProbeEvidence.NONE, Instant.EPOCH);
    }

    // -- intents

    private static WorkerIntent probed(String digest, Migration... migrations) {
        return intent(digest, 2, ConflictPolicy.Refuse, DriftPolicy.Report, migrations);
    }

    private static WorkerIntent adopting(String digest) {
        return intent(digest, 2, ConflictPolicy.Adopt, DriftPolicy.Report);
    }

    private static WorkerIntent correcting(String digest) {
        return intent(digest, 2, ConflictPolicy.Refuse, DriftPolicy.Correct);
    }

    private static WorkerIntent immediate(String digest, Migration... migrations) {
        return intent(digest, 0, ConflictPolicy.Refuse, DriftPolicy.Report, migrations);
    }

    private static WorkerIntent intent(
            String digest, int attempts, ConflictPolicy conflict, DriftPolicy drift, Migration... migrations) {
        return DeployArbitraries.intent(
                digest,
                List.of(mailDb(migrations)),
                new WorkerIntent.Triggers(List.of("*/15 * * * *"), true, List.of(HOST), List.of(ROUTE)),
                attempts == 0 ? null : new WorkerIntent.Probe(HOST, attempts),
                conflict,
                drift);
    }

    private static WorkerIntent.Database mailDb(Migration... migrations) {
        return new WorkerIntent.Database("DB", "mail-db", "d1_migrations", false, Arrays.asList(migrations));
    }

    private WorkerDecision decision(WorkerIntent intent) {
        return operator.run(intent).decision();
    }

    private static Obstacle stopped(Outcome outcome) {
        return ((WorkerDecision.Stopped) outcome.decision()).why();
    }

    private List<Reason> refusals(WorkerIntent intent) {
        return reasons(operator.run(intent));
    }

    private static List<Reason> reasons(Outcome outcome) {
        return ((WorkerDecision.Refused) outcome.decision())
                .obstacles().stream().map(Obstacle::reason).toList();
    }
}
