package io.maildomain.operator.controller.mailworker;

import static io.maildomain.operator.controller.mailworker.WorkerScenario.HOST;
import static io.maildomain.operator.controller.mailworker.WorkerScenario.SCRIPT;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.maildomain.api.v1alpha1.DeployOrigin;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainSpec;
import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.api.v1alpha1.MailWorkerSpec;
import io.maildomain.api.v1alpha1.MailWorkerStatus;
import io.maildomain.api.v1alpha1.RestorePoint;
import io.maildomain.operator.cloudflare.deploy.VersionProbe;
import io.maildomain.operator.controller.deploy.DeployTurns;
import io.maildomain.operator.kubernetes.secrets.SecretState;
import io.maildomain.operator.status.ConditionType;
import io.maildomain.simulator.calls.SeenCall;
import io.maildomain.simulator.control.DeploySpec;
import io.maildomain.simulator.state.HostAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The controller with the real client against the simulator; statuses are kept in memory. */
class MailWorkerReconcilerTest {

    private static final String DATABASE = "'databases':[{'binding':'DB','name':'mail-db','migrations':{'path':'.'}}]";
    private static final String PROBED = "'customDomains':['" + HOST
            + "'],'rollout':{'strategy':'Probed','probe':{'url':'https://" + HOST + "/health','attempts':2}}";

    private final WorkerScenario scenario = new WorkerScenario();

    @AfterEach
    void stop() {
        scenario.close();
    }

    private MailWorker deployed(String more) {
        scenario.files("index.js", "export default {}");
        MailWorker worker = scenario.worker("mailbox", more);
        scenario.settle(worker);
        assertThat(scenario.ready(worker)).isEqualTo("Ready");
        scenario.forgetCalls();
        scenario.events.clear();
        return worker;
    }

    private void answers(int status, Map<String, HostAnswer> versions) {
        scenario.platform().putAnswer(HOST, new HostAnswer(status, null, "", new TreeMap<>(versions)));
    }

    private static HostAnswer status(int status) {
        return new HostAnswer(status, null, "", null);
    }

    @Test
    void aFirstDeploymentBringsDatabaseWorkerAndTriggersInThatOrder() {
        scenario.platform().putDatabase("mail-db", "");
        scenario.platform().putBucket("mail-bucket", "default");
        scenario.files("index.js", "export default {}", "0001_init.sql", "CREATE TABLE mails(sender TEXT);");
        MailWorker worker = scenario.worker(
                "mailbox",
                DATABASE + ",'buckets':[{'binding':'B','name':'mail-bucket'}],'schedules':['*/15 * * * *'],"
                        + "'customDomains':['" + HOST + "'],'routes':[{'pattern':'example.com/api/*'}]");

        MailWorkerStatus status = scenario.settle(worker);

        assertThat(scenario.ready(worker)).isEqualTo("Ready");
        assertThat(scenario.writes())
                .filteredOn(write -> !write.contains("/d1/"))
                .containsExactly(
                        "PUT /workers/scripts/{script_name}",
                        "PUT /workers/scripts/{script_name}/schedules",
                        "PUT /workers/domains",
                        "POST /zones/{zone_id}/workers/routes");
        assertThat(scenario.platform().database("mail-db").at("/tables/d1_migrations/rows"))
                .hasSize(1);
        assertThat(status.seenServing())
                .hasValueSatisfying(serving -> assertThat(serving.ours()).isTrue());
        assertThat(scenario.ownership(worker).script().origin()).isEqualTo(DeployOrigin.Created);
        assertThat(scenario.ownership(worker).notedRollout()).isEmpty();
        assertThat(scenario.ownership(worker).deployed().restorePoints())
                .extracting(RestorePoint::database)
                .containsExactly("mail-db");
        assertThat(scenario.events)
                .anyMatch(event -> event.startsWith("Migrated: applied 0001_init.sql"))
                .anyMatch(event -> event.startsWith("Deployed: deployed version"));
    }

    @Test
    void aWorkerThatIsAsItShouldBeIsOnlyLookedAt() {
        MailWorker worker = deployed("'schedules':['*/15 * * * *']");
        int statuses = scenario.store.statuses().size();
        int records = scenario.store.ownershipRecords().size();

        Duration next = scenario.reconcile(worker);

        assertThat(next).isEqualTo(Duration.ofMinutes(10));
        assertThat(scenario.writes()).isEmpty();
        assertThat(scenario.calls()).isLessThanOrEqualTo(4);
        assertThat(scenario.store.statuses()).hasSize(statuses);
        assertThat(scenario.store.ownershipRecords()).hasSize(records);
    }

    /** As many deploy as there are places, so that they hold neither all threads nor all memory. */
    @Test
    void oneThatHasToWaitForItsTurnAsksNothingAndSaysNothing() {
        MailWorker worker = deployed("");
        int statuses = scenario.store.statuses().size();

        Duration next = scenario.whileOthersDeploy(() -> scenario.reconcile(worker));

        assertThat(next).isEqualTo(DeployTurns.PAUSE);
        assertThat(scenario.calls()).isZero();
        assertThat(scenario.store.statuses()).hasSize(statuses);
        assertThat(scenario.woken).contains(scenario.live(worker));
        assertThat(scenario.reconcile(worker)).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void aRestartDeploysNothingAnew() {
        MailWorker worker = deployed("'secrets':[]");

        scenario.starts();
        scenario.settle(worker);

        assertThat(scenario.writes()).isEmpty();
    }

    /** The threads that reconcile are all kinds' and all tenants'. */
    @Test
    void aProbeIsAskedBesideTheReconcileAndItsAnswerWakesTheResource() {
        answers(200, Map.of());
        MailWorker worker = deployed(PROBED);
        List<Runnable> asked = new ArrayList<>();
        scenario.probes = asked::add;
        scenario.files("index.js", "export default {version: 2}");
        scenario.clock.passes(Duration.ofMinutes(2));

        Duration next = scenario.reconcile(worker);
        assertThat(next).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(31));
        assertThat(scenario.ready(worker)).isEqualTo("RollingOut");
        scenario.reconcile(worker);
        assertThat(asked).as("one at a time").hasSize(1);
        String before = scenario.live(worker).getStatus().serving().id();
        scenario.woken.clear();

        asked.remove(0).run();

        assertThat(scenario.woken).hasSize(1);
        scenario.probes = Runnable::run;
        scenario.settle(worker);
        assertThat(scenario.ready(worker)).isEqualTo("Ready");
        assertThat(scenario.live(worker).getStatus().serving().id()).isNotEqualTo(before);
    }

    @Test
    void aNewVersionIsAskedBeforeItServes() {
        answers(200, Map.of());
        MailWorker worker = deployed(PROBED);

        scenario.files("index.js", "export default {two: 2}");
        scenario.settle(worker);

        assertThat(scenario.ready(worker)).isEqualTo("Ready");
        assertThat(scenario.writes())
                .containsExactly(
                        "POST /workers/scripts/{script_name}/versions",
                        "POST /workers/scripts/{script_name}/deployments",
                        "POST /workers/scripts/{script_name}/deployments");
    }

    @Test
    void aVersionThatFailsItsProbeNeverServes() {
        answers(200, Map.of("2", status(500)));
        MailWorker worker = deployed(PROBED);
        String first = scenario.live(worker).getStatus().serving().id();

        scenario.files("index.js", "export default {two: 2}");
        scenario.settle(worker);

        assertThat(scenario.ready(worker)).isEqualTo("ProbeFailed");
        assertThat(scenario.condition(worker, ConditionType.DEPLOYED).message())
                .contains(first + " serves as before")
                .contains("HTTP 500 instead of 200");
        assertThat(scenario.live(worker).getStatus().serving().id()).isEqualTo(first);
        assertThat(scenario.platform()
                        .worker(SCRIPT)
                        .servingVersion()
                        .orElseThrow()
                        .id())
                .isEqualTo(first);
    }

    @Test
    void aMigrationThatFailsLeavesTheOldVersionAndSaysHowToGoBack() {
        scenario.platform().putDatabase("mail-db", "");
        MailWorker worker = deployed(DATABASE);
        String first = scenario.live(worker).getStatus().serving().id();

        scenario.files(
                "index.js",
                "export default {two: 2}",
                "0001_good.sql",
                "CREATE TABLE good(x TEXT);",
                "0002_bad.sql",
                "CREATE TABLE good(x TEXT);");
        scenario.settle(worker);

        assertThat(scenario.condition(worker, ConditionType.MIGRATED).reason()).isEqualTo("MigrationFailed");
        assertThat(scenario.condition(worker, ConditionType.MIGRATED).message())
                .contains("0002_bad.sql of mail-db", "already exists", "wrangler d1 time-travel restore mail-db");
        assertThat(scenario.platform().database("mail-db").at("/tables/d1_migrations/rows"))
                .hasSize(1);
        assertThat(scenario.platform()
                        .worker(SCRIPT)
                        .servingVersion()
                        .orElseThrow()
                        .id())
                .isEqualTo(first);
    }

    @Test
    void ofWhatIsNotGrantedNothingIsLookedAt() {
        scenario.files("index.js", "export default {}");
        MailWorker worker = scenario.worker("tenant", "mailbox", DATABASE);

        scenario.settle(worker);
        assertThat(scenario.ready(worker)).isEqualTo("DeployNotGranted");
        scenario.grants("{'workers':['mailbox-*']}");
        scenario.settle(worker);

        assertThat(scenario.condition(worker, ConditionType.TARGETS_READY).message())
                .contains("\"mail-db\"", "access[].deploy.databases");
        assertThat(scenario.calls()).isZero();
    }

    @Test
    void allThatIsMissingIsSaidAtOnceBeforeAnythingIsWritten() {
        scenario.files("index.js", "export default {}");
        MailWorker worker = scenario.worker(
                "mailbox",
                DATABASE.replace(",'migrations':{'path':'.'}", "")
                        + ",'buckets':[{'binding':'B','name':'mail-bucket'}],"
                        + "'routes':[{'pattern':'api.elsewhere.example/*'}]");

        scenario.settle(worker);

        assertThat(scenario.ready(worker)).isEqualTo("DatabaseNotFound");
        assertThat(scenario.condition(worker, ConditionType.TARGETS_READY).message())
                .contains("mail-db", "mail-bucket", "api.elsewhere.example");
        assertThat(scenario.writes()).isEmpty();
    }

    @Test
    void aWorkerThatOthersDeployedIsLeftAlone() {
        scenario.simulator.controls().putWorker(SCRIPT);
        scenario.platform().deployWorker(SCRIPT, new DeploySpec("wrangler", null, null, null, null, null));
        scenario.files("index.js", "export default {}");
        MailWorker worker = scenario.worker("mailbox", "");

        scenario.settle(worker);
        assertThat(scenario.ready(worker)).isEqualTo("WorkerForeign");
        assertThat(scenario.writes()).isEmpty();

        scenario.worker("mailbox", "'conflictPolicy':'Adopt'");
        scenario.settle(worker);
        assertThat(scenario.ready(worker)).isEqualTo("Ready");
        assertThat(scenario.ownership(worker).script().origin()).isEqualTo(DeployOrigin.Adopted);
    }

    @Test
    void aCustomDomainNeedsNoRightToListZones() {
        scenario.simulator.controls().quirks(Map.of("zones-list-needs", "zone-read"));
        scenario.rights("Account: Workers Scripts: Edit");
        scenario.files("index.js", "export default {}");
        MailWorker worker = scenario.worker("mailbox", "'customDomains':['" + HOST + "']");

        scenario.settle(worker);

        assertThat(scenario.ready(worker)).isEqualTo("Ready");
        assertThat(scenario.simulator.controls().calls())
                .extracting(SeenCall::key)
                .doesNotContain("GET /zones");
    }

    @Test
    void aCustomDomainWithoutZoneIsSaidOnceCloudflareKnowsNoneAndHealsWithTheZone() {
        scenario.files("index.js", "export default {}");
        MailWorker worker = scenario.worker("mailbox", "'customDomains':['api.elsewhere.example']");

        scenario.settle(worker);

        assertThat(scenario.condition(worker, ConditionType.TRIGGERS_APPLIED).reason())
                .isEqualTo("ZoneNotFound");
        assertThat(scenario.condition(worker, ConditionType.TRIGGERS_APPLIED).message())
                .contains("no zone of \"api.elsewhere.example\"");
        assertThat(scenario.condition(worker, ConditionType.DEPLOYED).holds()).isTrue();
        scenario.simulator.controls().putZone("elsewhere.example", "{}");
        scenario.settle(worker);
        assertThat(scenario.ready(worker)).isEqualTo("Ready");
    }

    @Test
    void aNewProbeHostWithoutZoneIsSaidBeforeTheNewVersionServes() {
        answers(200, Map.of());
        MailWorker worker = deployed(PROBED);
        scenario.aroundProbe = probe -> question -> VersionProbe.Finding.GOOD;
        scenario.files("index.js", "export default {two: 2}");
        scenario.worker("mailbox", PROBED.replace(HOST, "api.elsewhere.example"));

        scenario.settle(worker);

        assertThat(scenario.ready(worker)).isEqualTo("ZoneNotFound");
        assertThat(scenario.condition(worker, ConditionType.DEPLOYED).holds()).isFalse();
        assertThat(scenario.platform()
                        .worker(SCRIPT)
                        .servingVersion()
                        .orElseThrow()
                        .number())
                .isEqualTo(1);

        scenario.simulator.controls().putZone("elsewhere.example", "{}");
        scenario.settle(worker);
        assertThat(scenario.ready(worker)).isEqualTo("Ready");
        assertThat(scenario.platform()
                        .worker(SCRIPT)
                        .servingVersion()
                        .orElseThrow()
                        .number())
                .isEqualTo(2);
    }

    @Test
    void aHostNameOfAnotherWorkerIsNotTaken() {
        scenario.simulator.controls().putWorker("other");
        scenario.platform().putCustomDomain(HOST, "other");
        scenario.files("index.js", "export default {}");
        MailWorker worker = scenario.worker("mailbox", "'customDomains':['" + HOST + "']");

        scenario.settle(worker);

        assertThat(scenario.ready(worker)).isEqualTo("HostnameTaken");
        assertThat(scenario.writes()).isEmpty();
    }

    @Test
    void whatOthersDeployAfterwardsIsReportedOrPutBack() {
        MailWorker worker = deployed("");
        String ours = scenario.live(worker).getStatus().serving().id();
        scenario.platform().deployWorker(SCRIPT, new DeploySpec("dash", null, null, null, null, null));

        scenario.settle(worker);
        assertThat(scenario.ready(worker)).isEqualTo("Drifted");
        assertThat(scenario.writes()).isEmpty();

        scenario.worker("mailbox", "'drift':'Correct'");
        scenario.settle(worker);
        assertThat(scenario.ready(worker)).isEqualTo("Ready");
        assertThat(scenario.platform()
                        .worker(SCRIPT)
                        .servingVersion()
                        .orElseThrow()
                        .id())
                .isEqualTo(ours);
    }

    @Test
    void aDeploymentWakesTheRulesThatWaitForTheWorker() {
        scenario.domains.add(naming(SCRIPT, "waits"));
        scenario.domains.add(naming("other-worker", "does-not"));

        deployed("");

        assertThat(scenario.woken)
                .extracting(woken -> woken.getMetadata().getName())
                .containsOnly("waits");
    }

    private static MailDomain naming(String script, String name) {
        MailDomain domain = new MailDomain();
        domain.setMetadata(new ObjectMetaBuilder()
                .withNamespace("mail-system")
                .withName(name)
                .withUid(name)
                .withGeneration(1L)
                .build());
        domain.setSpec(WorkerScenario.read(
                "{'domain':'example.com','rules':[{'address':'bot@example.com','action':{'worker':'" + script + "'}}]}",
                MailDomainSpec.class));
        return domain;
    }

    @Test
    void deletionWaitsWhileARuleNamesTheWorkerAndThenTakesWhatWasCreated() {
        MailWorker worker = deployed("'deletionPolicy':'Delete','customDomains':['" + HOST + "']");
        scenario.domains.add(naming(SCRIPT, "example"));

        scenario.delete(worker);
        scenario.reconcile(worker);
        assertThat(scenario.isGone(worker)).isFalse();
        assertThat(scenario.ready(worker)).isEqualTo("WorkerInUse");
        assertThat(scenario.condition(worker, ConditionType.DEPLOYED).message()).contains("MailDomain example");
        assertThat(scenario.writes()).isEmpty();

        scenario.domains.clear();
        scenario.reconcile(worker);
        assertThat(scenario.isGone(worker)).isTrue();
        assertThat(scenario.writes())
                .containsExactly("DELETE /workers/domains/{domain_id}", "DELETE /workers/scripts/{script_name}");
    }

    @Test
    void byDefaultDeletionAsksNothingAndLeavesAll() {
        MailWorker worker = deployed("");
        scenario.secrets.remove("mail-system", "tokens");

        scenario.delete(worker);
        scenario.reconcile(worker);

        assertThat(scenario.isGone(worker)).isTrue();
        assertThat(scenario.calls()).isZero();
    }

    @Test
    void theOlderOfTwoDeploysTheScript() {
        scenario.files("index.js", "export default {}");
        MailWorker older = scenario.worker("older", "");
        MailWorker younger = scenario.worker("younger", "");

        scenario.settle(younger);
        scenario.settle(older);

        assertThat(scenario.ready(younger)).isEqualTo("DeployedByAnother");
        assertThat(scenario.ready(older)).isEqualTo("Ready");
    }

    /** After a restart the Secret of the older one's account may be read last. */
    @Test
    void theYoungerOfTwoWaitsUntilItIsKnownWhetherTheOlderMayDeploy() {
        scenario.files("index.js", "export default {}");
        scenario.account("other", "other-tokens", scenario.simulator.accountId());
        MailWorker older = scenario.worker("older", "'accountRef':{'name':'other'}");
        MailWorker younger = scenario.worker("younger", "'deletionPolicy':'Delete'");
        unreadable(SecretState.Cause.NOT_SYNCED);

        scenario.reconcile(younger);
        assertThat(scenario.live(younger).getStatus())
                .as("said only once it lasts")
                .isNull();
        unreadable(SecretState.Cause.FORBIDDEN);
        scenario.settle(younger);

        assertThat(scenario.ready(younger)).isEqualTo("DeployedByAnother");
        assertThat(scenario.condition(younger, ConditionType.TARGETS_READY).status())
                .isEqualTo("Unknown");
        assertThat(scenario.calls()).isZero();
        scenario.secrets.holding(
                "mail-system", "other-tokens", "CLOUDFLARE_API_TOKEN", scenario.simulator.startToken());
        scenario.settle(older);
        scenario.settle(younger);
        assertThat(scenario.ready(older)).isEqualTo("Ready");
        assertThat(scenario.condition(younger, ConditionType.TARGETS_READY).status())
                .isEqualTo("False");
    }

    @Test
    void aWorkerThatAnOlderOneMayDeployByNowIsNotDeletedBeforeThatIsKnown() {
        scenario.account("other", "other-tokens", scenario.simulator.accountId());
        MailWorker older = scenario.worker("older", "'accountRef':{'name':'other'}");
        MailWorker worker = deployed("'deletionPolicy':'Delete'");
        unreadable(SecretState.Cause.API_ERROR);

        scenario.delete(worker);
        scenario.reconcile(worker);
        assertThat(scenario.isGone(worker)).isFalse();
        assertThat(scenario.writes()).isEmpty();

        scenario.delete(older);
        scenario.reconcile(older);
        assertThat(scenario.isGone(older)).isTrue();
        scenario.reconcile(worker);
        assertThat(scenario.isGone(worker)).isTrue();
        assertThat(scenario.writes()).containsExactly("DELETE /workers/scripts/{script_name}");
    }

    private void unreadable(SecretState.Cause cause) {
        scenario.secrets.knowing("mail-system", "other-tokens", new SecretState.Unknown(cause, "it is not readable"));
    }

    @Test
    void aSecretGoesToCloudflareAndNowhereElse() {
        scenario.secrets.holding("mail-system", "mailbox", "session", "a-very-secret-word");
        MailWorker worker = deployed("'secrets':[{'name':'SESSION','valueFrom':{'name':'mailbox','key':'session'}}]");

        String written = scenario.store.statuses() + " " + scenario.store.ownershipRecords() + " " + scenario.events;
        assertThat(written).doesNotContain("a-very-secret-word");
        assertThat(scenario.told).as("the log takes it out").containsOnly("a-very-secret-word");
        scenario.told.clear();
        scenario.reconcile(worker);
        assertThat(scenario.told).as("others may have pushed it out of that").containsExactly("a-very-secret-word");
        assertThat(scenario.simulator.controls().state().toString()).contains("SESSION");

        scenario.secrets.holding("mail-system", "mailbox", "session", "another-secret-word");
        scenario.settle(worker);
        assertThat(scenario.writes()).contains("POST /workers/scripts/{script_name}/versions");
    }

    @Test
    void theLogIsToldOfWhatASourceIsPulledWith() {
        scenario.secrets.holding(
                "mail-system",
                "registry",
                ".dockerconfigjson",
                "{\"auths\":{\"ghcr.io\":{\"username\":\"me\",\"password\":\"a-registry-password\"}}}");
        MailWorker worker = scenario.worker("mailbox", "");
        worker.setSpec(WorkerScenario.read(
                "{'script':'mailbox-worker','compatibilityDate':'2026-04-01','source':{'oci':"
                        + "{'reference':'ghcr.io/acme/mailbox:v1','pullSecretRef':{'name':'registry'}}}}",
                MailWorkerSpec.class));
        scenario.store.put(worker);

        scenario.settle(worker);

        assertThat(scenario.told).contains("a-registry-password");
    }

    @Test
    void withoutAnAccountIdNothingIsAsked() {
        scenario.account(null);
        scenario.files("index.js", "export default {}");
        MailWorker worker = scenario.worker("mailbox", "");

        scenario.settle(worker);

        assertThat(scenario.condition(worker, ConditionType.CREDENTIALS_VALID).reason())
                .isEqualTo("AccountIdMissing");
        assertThat(scenario.calls()).isZero();
    }

    @Test
    void aRightThatIsMissingIsNamedAtTheConditionThatNeedsIt() {
        scenario.platform().putDatabase("mail-db", "");
        scenario.rights("Account: Workers Scripts: Edit");
        scenario.files("index.js", "export default {}");
        MailWorker worker = scenario.worker("mailbox", DATABASE);

        scenario.settle(worker);

        assertThat(scenario.condition(worker, ConditionType.TARGETS_READY).reason())
                .isEqualTo("PermissionMissing");
        assertThat(scenario.condition(worker, ConditionType.TARGETS_READY).message())
                .contains("Account: D1: Edit");
    }

    @Test
    void whatIsWrongWithTheTokenIsSaidOfTheCredentials() {
        scenario.secrets.holding(
                "mail-system", "tokens", "CLOUDFLARE_API_TOKEN", "no-such-token-no-such-token-no-such-1");
        scenario.files("index.js", "export default {}");
        MailWorker worker = scenario.worker("mailbox", "");

        scenario.settle(worker);

        assertThat(scenario.condition(worker, ConditionType.CREDENTIALS_VALID).holds())
                .isFalse();
        assertThat(scenario.condition(worker, ConditionType.DEPLOYED).reason()).isEqualTo("NotReached");
    }

    @Test
    void aSourceThatIsNotThereIsSaidAndHeals() {
        MailWorker worker = scenario.worker("mailbox", "");

        scenario.settle(worker);
        assertThat(scenario.condition(worker, ConditionType.SOURCE_READY).reason())
                .isEqualTo("SourceNotFound");

        scenario.files("main.js", "export default {}");
        scenario.settle(worker);
        assertThat(scenario.condition(worker, ConditionType.SOURCE_READY).reason())
                .isEqualTo("MainModuleMissing");

        scenario.files("index.js", "export default {}");
        scenario.settle(worker);
        assertThat(scenario.ready(worker)).isEqualTo("Ready");
    }

    @Test
    void nothingIsRememberedOfOneThatIsGone() {
        answers(200, Map.of());
        MailWorker worker = deployed(PROBED);
        String uid = worker.getMetadata().getUid();
        assertThat(scenario.controller().uids()).contains(uid);

        scenario.controller().forget(uid);

        assertThat(scenario.controller().uids()).doesNotContain(uid);
    }
}
