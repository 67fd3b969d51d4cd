package io.maildomain.operator.cloudflare;

import static io.maildomain.operator.cloudflare.FakeCloudflare.failing;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.api.v1alpha1.RightState;
import io.maildomain.operator.cloudflare.deploy.Binding;
import io.maildomain.operator.cloudflare.deploy.CustomDomainAnswer;
import io.maildomain.operator.cloudflare.deploy.CustomDomainAnswer.Obstacle;
import io.maildomain.operator.cloudflare.deploy.Database;
import io.maildomain.operator.cloudflare.deploy.DeployApis;
import io.maildomain.operator.cloudflare.deploy.HostZone;
import io.maildomain.operator.cloudflare.deploy.QueryAnswer;
import io.maildomain.operator.cloudflare.deploy.SiteDomain;
import io.maildomain.operator.cloudflare.deploy.SiteFile;
import io.maildomain.operator.cloudflare.deploy.SiteProject;
import io.maildomain.operator.cloudflare.deploy.SiteUpload;
import io.maildomain.operator.cloudflare.deploy.TrafficShare;
import io.maildomain.operator.cloudflare.deploy.UploadPass;
import io.maildomain.operator.cloudflare.deploy.WorkerModule;
import io.maildomain.operator.cloudflare.deploy.WorkerRoute;
import io.maildomain.operator.cloudflare.deploy.WorkerUpload;
import io.maildomain.operator.cloudflare.deploy.WorkerVersion;
import io.maildomain.operator.cloudflare.deploy.WorkersDev;
import io.maildomain.operator.cloudflare.errors.Catalogue;
import io.maildomain.operator.cloudflare.errors.Diagnosis;
import io.maildomain.operator.cloudflare.errors.DiagnosisContext;
import io.maildomain.operator.credentials.ApiToken;
import io.maildomain.operator.credentials.Surface;
import io.maildomain.simulator.Simulator;
import io.maildomain.simulator.SimulatorOptions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The client of the deploy surface against the simulator. */
class DeployAgainstSimulatorTest {
    private static final String UUID = "11111111-2222-4333-8444-555555555555";
    private static final String ID = "ffffffffffffffffffffffffffffffff";
    private static final String WORKER = "mailbox-worker";
    private static final DiagnosisContext CONTEXT =
            new DiagnosisContext("example.com", "CLOUDFLARE_DEPLOY_API_TOKEN", "Secret a/b", "", "");

    private final Simulator simulator = Simulator.start(SimulatorOptions.defaults());
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final CloudflareClients clients = new CloudflareClients(
            FakeCloudflare.settings(simulator.apiUri().toString()), Clock.systemUTC(), metrics, () -> true);
    private final DeployApis apis = apis(simulator.startToken());

    @AfterEach
    void stop() {
        clients.close();
        simulator.close();
    }

    private DeployApis apis(String token) {
        return FakeCloudflare.deploy(clients, ApiToken.of(token), simulator.accountId());
    }

    private static WorkerUpload upload(String message, Binding... bindings) {
        return new WorkerUpload(
                "index.js",
                List.of(
                        WorkerModule.of("index.js", "export default {}".getBytes(UTF_8))
                                .orElseThrow(),
                        WorkerModule.of("lib/page.html", "<p>".getBytes(UTF_8)).orElseThrow()),
                "2026-04-01",
                List.of("nodejs_compat"),
                List.of(bindings),
                List.of(),
                true,
                "mdo",
                message);
    }

    @Test
    void aWorkerIsDeployedPromotedRolledBackAndDeleted() {
        simulator.controls().platform().putBucket("mail-bucket", "eu");
        assertThat(apis.workers().deployments(WORKER)).isEmpty();
        String first = apis.workers()
                .putScript(WORKER, upload("first", Binding.secret("KEY", "top-secret"), Binding.plainText("ENV", "x")));
        assertThat(apis.workers().deployments(WORKER)).hasValueSatisfying(deployments -> assertThat(deployments)
                .singleElement()
                .satisfies(it -> assertThat(it.shares()).containsExactly(TrafficShare.all(first))));

        String second = apis.workers()
                .createVersion(
                        WORKER,
                        upload(
                                "second",
                                Binding.bucket("BUCKET", "mail-bucket", "eu"),
                                new Binding("ENV", "inherit", Map.of())));
        assertThat(apis.workers().version(WORKER, second)).hasValueSatisfying(version -> {
            assertThat(version.number()).isEqualTo(2);
            assertThat(version.message()).isEqualTo("second");
            assertThat(version.tag()).isEqualTo("mdo");
            assertThat(version.createdOn())
                    .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
        });
        assertThat(apis.workers().versions(WORKER))
                .hasValueSatisfying(versions ->
                        assertThat(versions).extracting(WorkerVersion::id).containsExactly(second, first));
        apis.workers()
                .createDeployment(WORKER, List.of(TrafficShare.all(first), new TrafficShare(second, 0)), "shadow");
        String promoted = apis.workers().createDeployment(WORKER, List.of(TrafficShare.all(second)), "promote");
        assertThat(apis.workers().deployments(WORKER).orElseThrow())
                .hasSize(3)
                .first()
                .satisfies(it -> assertThat(it.id()).isEqualTo(promoted))
                .satisfies(it -> assertThat(it.message()).isEqualTo("promote"));

        assertThat(apis.workers().settings(WORKER)).hasValueSatisfying(settings -> {
            assertThat(settings.bindings()).extracting(Binding::name).containsExactlyInAnyOrder("BUCKET", "ENV", "KEY");
            assertThat(settings.bindings()).contains(Binding.bucket("BUCKET", "mail-bucket", "eu"));
            assertThat(settings.compatibilityDate()).isEqualTo("2026-04-01");
            assertThat(settings.compatibilityFlags()).containsExactly("nodejs_compat");
        });
        assertThat(apis.workers().secretNames(WORKER)).contains(List.of("KEY"));
        assertThat(apis.workers().deleteScript(WORKER)).isTrue();
        assertThat(apis.workers().deleteScript(WORKER)).isFalse();
    }

    @Test
    void whatIsNotThereIsAnEmptyAnswer() {
        assertThat(apis.workers().deployments(WORKER)).isEmpty();
        assertThat(apis.workers().version(WORKER, UUID)).isEmpty();
        assertThat(apis.workers().versions(WORKER)).isEmpty();
        assertThat(apis.workers().settings(WORKER)).isEmpty();
        assertThat(apis.workers().secretNames(WORKER)).isEmpty();
        assertThat(apis.triggers().workersDev(WORKER)).isEmpty();
        assertThat(apis.triggers().schedules(WORKER)).isEmpty();
        assertThat(apis.triggers().customDomains(WORKER)).isEmpty();
        assertThat(apis.triggers().deleteCustomDomain(ID)).isFalse();
        assertThat(apis.triggers().zoneOf("api.nowhere.example")).isEmpty();
        assertThat(apis.databases().named("mail-db")).isEmpty();
        assertThat(apis.databases().bookmark(UUID)).isEmpty();
        assertThat(apis.buckets().bucket("mail-bucket", "")).isEmpty();
        assertThat(apis.sites().project("mail-web")).isEmpty();
        assertThat(apis.sites().deployment("mail-web", UUID)).isEmpty();
        assertThat(apis.sites().deployments("mail-web", true)).isEmpty();
        assertThat(apis.sites().domains("mail-web")).isEmpty();
        assertThat(apis.sites().removeDomain("mail-web", "www.example.com")).isFalse();
        apis.workers().putScript(WORKER, upload(""));
        assertThat(apis.workers().version(WORKER, UUID)).isEmpty();
        apis.sites().createProject("mail-web", "main");
        assertThat(apis.sites().deployment("mail-web", UUID)).isEmpty();
        assertThat(apis.sites().removeDomain("mail-web", "www.example.com")).isFalse();
    }

    @Test
    void aWriteToWhatIsNotThereIsRefusedForCertain() {
        for (ThrowingCallable write : List.<ThrowingCallable>of(
                () -> apis.workers().createVersion(WORKER, upload("")),
                () -> apis.workers().createDeployment(WORKER, List.of(TrafficShare.all(UUID)), ""),
                () -> apis.triggers().setWorkersDev(WORKER, new WorkersDev(true, true)),
                () -> apis.triggers().putSchedules(WORKER, List.of()),
                () -> apis.databases().query(UUID, "SELECT 1"),
                () -> apis.sites().createDeployment("mail-web", new SiteUpload(Map.of(), "main", "", "", List.of())),
                () -> apis.sites().addDomain("mail-web", "www.example.com"))) {
            CloudflareException refused = failing(write);

            assertThat(refused.deployTargetMissing()).isTrue();
            assertThat(refused.mayHaveTakenEffect()).isFalse();
        }
        assertThat(failing(() -> apis.workers().putScript(WORKER, upload("", Binding.bucket("B", "not-there", ""))))
                        .mayHaveTakenEffect())
                .isFalse();
        assertThat(failing(() -> apis.workers().putScript(WORKER, upload("", new Binding("OLD", "inherit", Map.of()))))
                        .mayHaveTakenEffect())
                .as("strictly inherited")
                .isFalse();
    }

    @Test
    void triggersAreSetReadAndTakenAwayAndNothingIsTakenFromOthers() {
        Zone zone =
                clients.forToken(ApiToken.of(simulator.startToken())).createZone("example.com", simulator.accountId());
        simulator.controls().putZone("example.com", """
                {"dns_records": [{"type": "A", "name": "www", "content": "192.0.2.1"}]}""");
        apis.workers().putScript(WORKER, upload(""));
        apis.workers().putScript("other", upload(""));

        assertThat(apis.triggers().setWorkersDev(WORKER, new WorkersDev(true, false)))
                .isEqualTo(new WorkersDev(true, false));
        assertThat(apis.triggers().workersDev(WORKER)).contains(new WorkersDev(true, false));
        assertThat(apis.triggers().putSchedules(WORKER, List.of("*/15 * * * *", "0 3 * * *")))
                .hasSize(2);
        assertThat(apis.triggers().schedules(WORKER)).contains(List.of("*/15 * * * *", "0 3 * * *"));
        assertThat(failing(() -> apis.triggers().putSchedules(WORKER, List.of("nonsense")))
                        .mayHaveTakenEffect())
                .isFalse();

        assertThat(apis.triggers().zoneOf("Api.Example.com")).contains(new HostZone(zone.id(), "example.com"));
        CustomDomainAnswer attached = apis.triggers().putCustomDomain(WORKER, "api.example.com", zone.id());
        assertThat(apis.triggers().putCustomDomain(WORKER, "api.example.com", zone.id()))
                .as("twice is once")
                .isEqualTo(attached);
        assertThat(apis.triggers().putCustomDomain("other", "api.example.com", zone.id()))
                .isEqualTo(new CustomDomainAnswer.Kept(Obstacle.OF_ANOTHER_WORKER));
        assertThat(apis.triggers().putCustomDomain(WORKER, "www.example.com", zone.id()))
                .isEqualTo(new CustomDomainAnswer.Kept(Obstacle.HAS_RECORDS));
        assertThat(apis.triggers().putCustomDomain(WORKER, "api.elsewhere.com", zone.id()))
                .isEqualTo(new CustomDomainAnswer.Kept(Obstacle.NO_ZONE));
        String domain = ((CustomDomainAnswer.Attached) attached).domain().id();
        assertThat(apis.triggers().customDomains(WORKER)).singleElement().satisfies(it -> assertThat(it.id())
                .isEqualTo(domain));
        assertThat(apis.triggers().customDomains("other")).isEmpty();
        assertThat(apis.triggers().deleteCustomDomain(domain)).isTrue();
        assertThat(apis.triggers().deleteCustomDomain(domain)).isFalse();

        WorkerRoute route = apis.triggers()
                .createRoute(zone.id(), "example.com/app/*", WORKER)
                .orElseThrow();
        assertThat(apis.triggers().createRoute(zone.id(), "example.com/app/*", "other"))
                .isEmpty();
        assertThat(apis.triggers().routes(zone.id())).containsExactly(route);
        assertThat(apis.triggers().deleteRoute(zone.id(), route.id())).isTrue();
        assertThat(apis.triggers().deleteRoute(zone.id(), route.id())).isFalse();
    }

    @Test
    void aWorkerThatIsInUseStays() {
        apis.workers().putScript(WORKER, upload(""));
        apis.workers().putScript("other", upload("", new Binding("W", "service", Map.of("service", WORKER))));

        CloudflareException refused = failing(() -> apis.workers().deleteScript(WORKER));

        assertThat(refused.workerInUse()).isTrue();
        assertThat(refused.mayHaveTakenEffect()).isFalse();
        assertThat(apis.workers().deployments(WORKER)).isPresent();
    }

    @Test
    void aMigrationAndItsNoteAreOneAndSqliteSaysWhatIsWrong() {
        simulator.controls().platform().putDatabase("mail-db-2", "");
        String id = simulator.controls().platform().putDatabase("mail-db", "").uuid();
        assertThat(apis.databases().named("mail-db")).contains(new Database(id, "mail-db"));
        String before = apis.databases().bookmark(id).orElseThrow();
        String note = "INSERT INTO d1_migrations (name) VALUES ('0001_init.sql');";

        assertThat(apis.databases()
                        .query(
                                id,
                                "CREATE TABLE d1_migrations(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE);"))
                .isInstanceOf(QueryAnswer.Rows.class);
        assertThat(apis.databases().query(id, "CREATE TABLE mails(sender TEXT);\n" + note))
                .isInstanceOf(QueryAnswer.Rows.class);
        assertThat(apis.databases().query(id, "CREATE TABLE more(x TEXT); CREATE TABLE mails(sender TEXT);"))
                .isInstanceOfSatisfying(QueryAnswer.Refused.class, refused -> assertThat(refused.words())
                        .contains("mails", "already exists"));

        assertThat(apis.databases()
                        .query(
                                id,
                                "SELECT id, name FROM d1_migrations; SELECT name FROM sqlite_schema"
                                        + " WHERE name IN ('mails', 'more')"))
                .isInstanceOfSatisfying(QueryAnswer.Rows.class, rows -> assertThat(rows.statements())
                        .containsExactly(
                                List.of(Map.of("id", 1L, "name", "0001_init.sql")), List.of(Map.of("name", "mails"))));
        assertThat(apis.databases().bookmark(id).orElseThrow()).isNotEqualTo(before);
    }

    @Test
    void eachJurisdictionHasBucketsOfItsOwn() {
        simulator.controls().platform().putBucket("mail-bucket", "eu");

        assertThat(apis.buckets().bucket("mail-bucket", "default")).isEmpty();
        assertThat(apis.buckets().bucket("mail-bucket", "eu")).isPresent();
    }

    @Test
    void aSiteIsCreatedFilledAndDeployedUnderTheKeysThatWranglerMakes() {
        SiteFile html = SiteFile.of("/index.html", "text/html", "<h1>mail</h1>\n".getBytes(UTF_8));
        SiteFile css = SiteFile.of("/a.css", "text/css", "body{}\n".getBytes(UTF_8));
        List<String> keys = List.of(html.key(), css.key());
        assertThat(apis.sites().createProject("mail-web", "main")).isPresent();
        assertThat(apis.sites().createProject("mail-web", "main")).as("twice").isEmpty();
        UploadPass pass = apis.sites().uploadPass("mail-web");
        assertThat(pass.expiresAt()).isAfter(Instant.now());

        assertThat(apis.sites().missing(pass, keys)).containsExactlyInAnyOrderElementsOf(keys);
        apis.sites().upload(pass, List.of(html, css));
        assertThat(apis.sites().missing(pass, keys)).isEmpty();
        apis.sites().keep(pass, keys);
        SiteUpload upload = new SiteUpload(
                Map.of("/index.html", html.key(), "/a.css", css.key()), "main", "by mdo", "abc", List.of());
        String id = apis.sites().createDeployment("mail-web", upload).id();

        assertThat(apis.sites().deployment("mail-web", id)).hasValueSatisfying(it -> {
            assertThat(it.isDone()).isTrue();
            assertThat(it.environment()).isEqualTo("production");
            assertThat(it.branch()).isEqualTo("main");
            assertThat(it.message()).isEqualTo("by mdo");
            assertThat(it.commitHash()).isEqualTo("abc");
        });
        assertThat(apis.sites().project("mail-web").orElseThrow().serving()).isEqualTo(id);
        assertThat(apis.sites().deployments("mail-web", false))
                .hasValueSatisfying(list -> assertThat(list).isEmpty());
        assertThat(apis.sites().deployments("mail-web", true))
                .hasValueSatisfying(list -> assertThat(list).hasSize(1));
        assertThat(simulator.controls().state().at("/accounts/0/platform/pages/0/deployments/0/misfits"))
                .as("files under keys that are not made of what they hold")
                .isEmpty();
        assertThat(apis.sites().addDomain("mail-web", "www.example.com"))
                .contains(new SiteDomain("www.example.com", "active"));
        assertThat(apis.sites().addDomain("mail-web", "www.example.com")).isEmpty();
        assertThat(apis.sites().domains("mail-web"))
                .hasValueSatisfying(domains -> assertThat(domains).hasSize(1));
        assertThat(apis.sites().project("mail-web").orElseThrow().domains())
                .containsExactly("mail-web.pages.dev", "www.example.com");
        assertThat(apis.sites().removeDomain("mail-web", "www.example.com")).isTrue();
    }

    @Test
    void variablesOfASiteAreSetAndTakenAwayOneByOne() {
        apis.sites().createProject("mail-web", "main");
        apis.sites().setVariables("mail-web", true, Map.of("API", "/api", "THEIRS", "1"), Set.of());
        apis.sites().setVariables("mail-web", false, Map.of("API", "/preview"), Set.of());

        SiteProject project = apis.sites().setVariables("mail-web", true, Map.of("API", ""), Set.of("NONE"));
        assertThat(project.variables("main").texts()).isEqualTo(Map.of("API", "", "THEIRS", "1"));
        assertThat(project.variables("other").texts()).isEqualTo(Map.of("API", "/preview"));

        apis.sites().setVariables("mail-web", true, Map.of(), Set.of("API"));
        assertThat(apis.sites().project("mail-web").orElseThrow().live().texts())
                .isEqualTo(Map.of("THEIRS", "1"));
    }

    @Test
    void aSiteIsDeletedOnce() {
        apis.sites().createProject("mail-web", "main");

        assertThat(apis.sites().deleteProject("mail-web")).isTrue();
        assertThat(apis.sites().deleteProject("mail-web")).isFalse();
        assertThat(apis.sites().project("mail-web")).isEmpty();
    }

    /** One call for each right. */
    enum Needing {
        D1(Permission.D1, apis -> apis.databases().named("mail-db")),
        SQL(Permission.D1, apis -> apis.databases().query(UUID, "SELECT 1")),
        SCRIPTS(Permission.WORKERS_SCRIPTS, apis -> apis.workers().deployments(WORKER)),
        UPLOAD(Permission.WORKERS_SCRIPTS, apis -> apis.workers().putScript(WORKER, upload(""))),
        DOMAINS(Permission.WORKERS_SCRIPTS, apis -> apis.triggers().customDomains(WORKER)),
        BUCKETS(Permission.WORKERS_R2_STORAGE, apis -> apis.buckets().bucket("mail-bucket", "")),
        PAGES(Permission.CLOUDFLARE_PAGES, apis -> apis.sites().project("mail-web")),
        PASS(Permission.CLOUDFLARE_PAGES, apis -> apis.sites().uploadPass("mail-web")),
        ROUTES(Permission.WORKERS_ROUTES, apis -> apis.triggers().routes(ID));

        private final Permission right;
        private final Consumer<DeployApis> call;

        Needing(Permission right, Consumer<DeployApis> call) {
            this.right = right;
            this.call = call;
        }
    }

    @ParameterizedTest
    @EnumSource
    void theRightThatIsMissingIsNamedAndNoOther(Needing needing) {
        String zone = simulator
                .controls()
                .putZone("example.com", "{\"id\": \"" + ID + "\"}")
                .id();
        assertThat(zone).isEqualTo(ID);
        String[] others = Permission.of(Surface.DEPLOY).stream()
                .filter(right -> right != needing.right)
                .map(Permission::describe)
                .toArray(String[]::new);
        String token = simulator.controls().putToken("limited", others).value();

        CloudflareException refused = failing(() -> needing.call.accept(apis(token)));

        Diagnosis diagnosis = Catalogue.diagnose(refused, CONTEXT);
        assertThat(diagnosis.reason()).isEqualTo(Reason.PermissionMissing);
        assertThat(diagnosis.message())
                .contains("add " + needing.right.describe(), "the deploy token (key CLOUDFLARE_DEPLOY_API_TOKEN");
        assertThat(Permission.of(Surface.DEPLOY).stream()
                        .filter(right -> right != needing.right)
                        .map(Permission::describe))
                .noneMatch(diagnosis.message()::contains);
        assertThat(clients.standing(ApiToken.of(token)).of(needing.right)).isEqualTo(RightState.Missing);
    }

    @Test
    void zonesThatCannotBeListedShowNothingOfARight() {
        String token = simulator
                .controls()
                .putToken(
                        "deploy",
                        Permission.of(Surface.DEPLOY).stream()
                                .map(Permission::describe)
                                .toArray(String[]::new))
                .value();
        String zone = simulator.controls().putZone("example.com", "{}").id();
        simulator.controls().quirks(Map.of("zones-list-needs", "zone-read"));
        CloudflareException refused = failing(() -> apis(token).triggers().zoneOf("api.example.com"));
        assertThat(refused.call()).isEqualTo(CloudflareCall.FIND_ZONE_OF_HOST);
        assertThat(Catalogue.diagnose(refused, CONTEXT)).satisfies(it -> {
            assertThat(it.reason()).isEqualTo(Reason.PermissionMissing);
            assertThat(it.message()).contains("add Zone: Zone: Read").doesNotContain("Workers Routes");
        });
        assertThat(clients.standing(ApiToken.of(token)).of(Permission.WORKERS_ROUTES))
                .isEqualTo(RightState.Unknown);

        apis.workers().putScript(WORKER, upload(""));
        assertThat(apis(token).triggers().putCustomDomain(WORKER, "api.example.com", ""))
                .as("Cloudflare knows the zone")
                .isInstanceOfSatisfying(
                        CustomDomainAnswer.Attached.class,
                        it -> assertThat(it.domain().zoneId()).isEqualTo(zone));
        assertThat(apis(token).triggers().zoneOf("www.example.com"))
                .as("the zone of a custom domain is known without the right")
                .contains(new HostZone(zone, "example.com"));
        assertThat(failing(() -> apis(token).triggers().zoneOf("notexample.com"))
                        .call())
                .isEqualTo(CloudflareCall.FIND_ZONE_OF_HOST);

        simulator.controls().quirks(Map.of("zones-list-needs", "any-zone-right"));
        assertThat(apis(token).triggers().zoneOf("api.example.com")).isPresent();
        assertThat(clients.standing(ApiToken.of(token)).of(Permission.WORKERS_ROUTES))
                .isEqualTo(RightState.Unknown);
    }

    @Test
    void everyCallIsCountedUnderItsName() {
        apis.workers().deployments(WORKER);
        apis.databases().named("mail-db");

        assertThat(metrics.getMetersAsString())
                .contains("list_deployments", "list_d1_databases")
                .contains("10007");
    }
}
