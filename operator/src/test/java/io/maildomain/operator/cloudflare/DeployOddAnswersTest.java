package io.maildomain.operator.cloudflare;

import static io.maildomain.operator.cloudflare.FakeCloudflare.ZONE;
import static io.maildomain.operator.cloudflare.FakeCloudflare.failing;
import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.operator.cloudflare.deploy.DeployApis;
import io.maildomain.operator.cloudflare.deploy.QueryAnswer;
import io.maildomain.operator.cloudflare.deploy.SiteDomain;
import io.maildomain.operator.cloudflare.deploy.SiteFile;
import io.maildomain.operator.cloudflare.deploy.SiteProject;
import io.maildomain.operator.cloudflare.deploy.SiteUpload;
import io.maildomain.operator.cloudflare.deploy.TrafficShare;
import io.maildomain.operator.cloudflare.deploy.UploadPass;
import io.maildomain.operator.cloudflare.deploy.WorkerDeployment;
import io.maildomain.operator.cloudflare.deploy.WorkerModule;
import io.maildomain.operator.cloudflare.deploy.WorkerRoute;
import io.maildomain.operator.cloudflare.deploy.WorkerUpload;
import io.maildomain.operator.cloudflare.deploy.WorkersDev;
import io.maildomain.operator.credentials.ApiToken;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of the deploy surface that are not what they must be. */
class DeployOddAnswersTest {
    private static final String ID = "1db6bcf0-c645-4f6f-96dd-7c405e54e496";
    private static final UploadPass PASS = new UploadPass("a.b.c", Instant.EPOCH, 1);
    private static final WorkerUpload UPLOAD = new WorkerUpload(
            "index.js",
            List.of(WorkerModule.of("index.js", new byte[0]).orElseThrow()),
            "2026-04-01",
            List.of(),
            List.of(),
            List.of(),
            null,
            "",
            "");

    private final FakeCloudflare cloudflare = new FakeCloudflare();

    @AfterEach
    void stop() {
        cloudflare.close();
    }

    /** Calls whose result is read, each with one that holds not what it must. */
    enum Reading {
        DEPLOYMENTS(apis -> apis.workers().deployments("w"), "{\"deployments\":[{\"id\":\"" + ID + "\"}]}"),
        VERSION(
                apis -> apis.workers().version("w", ID),
                "{\"id\":\"22222222-2222-4333-8444-555555555555\",\"metadata\":{\"created_on\":\"2026-11-28T07:56:09Z\"}}"),
        VERSIONS(apis -> apis.workers().versions("w"), "{\"items\":{}}"),
        SETTINGS(apis -> apis.workers().settings("w"), "{\"bindings\":[{\"type\":\"d1\"}]}"),
        SECRETS(apis -> apis.workers().secretNames("w"), "[{\"type\":\"secret_text\"}]"),
        PUT(apis -> apis.workers().putScript("w", UPLOAD), "{\"deployment_id\":\"../x\"}"),
        CREATE_VERSION(apis -> apis.workers().createVersion("w", UPLOAD), "{\"number\":1}"),
        DEPLOY(apis -> apis.workers().createDeployment("w", List.of(TrafficShare.all(ID)), ""), "{}"),
        WORKERS_DEV(apis -> apis.triggers().workersDev("w"), "{\"enabled\":\"no\"}"),
        SET_WORKERS_DEV(apis -> apis.triggers().setWorkersDev("w", new WorkersDev(false, false)), "{}"),
        SCHEDULES(apis -> apis.triggers().schedules("w"), "{\"schedules\":[{}]}"),
        PUT_SCHEDULES(apis -> apis.triggers().putSchedules("w", List.of()), "{\"schedules\":\"* * * * *\"}"),
        DOMAINS(apis -> apis.triggers().customDomains("w"), "[{\"id\":\"" + ZONE + "\"}]"),
        PUT_DOMAIN(apis -> apis.triggers().putCustomDomain("w", "a.example", ZONE), "{\"hostname\":\"a.example\"}"),
        ROUTES(apis -> apis.triggers().routes(ZONE), "[{\"pattern\":\"a.example/*\"}]"),
        CREATE_ROUTE(apis -> apis.triggers().createRoute(ZONE, "a.example/*", "w"), "{\"id\":\"x\"}"),
        ZONE_OF(apis -> apis.triggers().zoneOf("a.example"), "[{\"name\":\"a.example\"}]"),
        DATABASE(apis -> apis.databases().named("db"), "[{\"name\":\"db\",\"uuid\":\"/\"}]"),
        BOOKMARK(apis -> apis.databases().bookmark(ID), "{\"bookmark\":\"$(rm)\"}"),
        QUERY(apis -> apis.databases().query(ID, "SELECT 1"), "[{\"success\":false,\"results\":[]}]"),
        ROWS(apis -> apis.databases().query(ID, "SELECT 1"), "[{\"success\":true,\"results\":[[1]]}]"),
        BUCKET(apis -> apis.buckets().bucket("mail-bucket", ""), "{\"name\":\"another\"}"),
        PROJECT(apis -> apis.sites().project("x"), "{\"name\":\"y\",\"production_branch\":\"main\"}"),
        CREATE_PROJECT(apis -> apis.sites().createProject("x", "main"), "{\"name\":\"x\"}"),
        SET_VARIABLES(apis -> apis.sites().setVariables("x", true, Map.of(), Set.of()), "{\"name\":\"x\"}"),
        PASS_OF(apis -> apis.sites().uploadPass("x"), "{\"jwt\":\"a.b\"}"),
        MISSING(apis -> apis.sites().missing(PASS, List.of("1")), "[\"2\"]"),
        SITE_DEPLOY(apis -> apis.sites().createDeployment("x", new SiteUpload(Map.of(), "m", "", "", List.of())), "{}"),
        SITE_DEPLOYMENT(apis -> apis.sites().deployment("x", ID), "{\"id\":3}"),
        SITE_DEPLOYMENTS(apis -> apis.sites().deployments("x", true), "{}"),
        SITE_DOMAINS(apis -> apis.sites().domains("x"), "[{}]"),
        ADD_DOMAIN(apis -> apis.sites().addDomain("x", "a.example"), "{\"status\":\"active\"}");

        private final Consumer<DeployApis> call;
        private final String wrong;

        Reading(Consumer<DeployApis> call, String wrong) {
            this.call = call;
            this.wrong = wrong;
        }
    }

    private CloudflareException on(Reading reading) {
        DeployApis apis = cloudflare.deploy();
        return failing(() -> reading.call.accept(apis));
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerThatIsNotWhatItMustBeIsMalformed(Reading reading) {
        for (String result : List.of(reading.wrong, "7", "\"text\"", "null", "[[[]]]", "[null]")) {
            if (reading == Reading.DATABASE && result.equals("[null]")) {
                // Lists that are read page by page pass over what is nothing.
                continue;
            }
            cloudflare.result(result);
            CloudflareException failed = on(reading);

            assertThat(failed.failure()).as("%s: %s", reading, result).isInstanceOf(Failure.Malformed.class);
            assertThat(failed.mayHaveTakenEffect()).isEqualTo(failed.call().writes());
            assertThat(failed.describe()).doesNotContain("$(rm)", "../x");
            cloudflare.request();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerThatIsHugeOrDeepOrNoJsonIsMalformed(Reading reading) {
        cloudflare
                .answers(200, "x".repeat((int) Transport.MAX_BODY_BYTES + 1))
                .answers(200, "{\"success\":true,\"result\":" + "[".repeat(100) + "]".repeat(100) + "}")
                .answers(200, "<html>");

        for (int i = 0; i < 3; i++) {
            assertThat(on(reading).failure()).isInstanceOf(Failure.Malformed.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a404WithoutAWordOfCloudflaresNeverMeansThatSomethingIsNotThere(Reading reading) {
        cloudflare.answers(404, "<html>not here</html>");

        assertThat(on(reading).refused())
                .hasValueSatisfying(refused -> assertThat(refused.status()).isEqualTo(404));
    }

    @ParameterizedTest
    @EnumSource
    void aLostTokenAndAMissingRightAreFailuresAndNoEmptyAnswers(Reading reading) {
        // The zone of a host is looked for in two places.
        cloudflare.refuses(403, 10000, "Authentication error").refuses(403, 10000, "Authentication error");

        assertThat(on(reading).refused()).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"500", "503", "401", "403", "429"})
    void whatIsNotThereIsNotToldByAServerThatFailsOrTurnsUsAway(int status) {
        DeployApis apis = cloudflare.deploy();

        for (Consumer<DeployApis> call : List.<Consumer<DeployApis>>of(
                it -> it.workers().deployments("w"),
                it -> it.sites().project("x"),
                it -> it.databases().bookmark(ID),
                it -> it.buckets().bucket("mail-bucket", ""),
                it -> it.triggers().deleteRoute(ZONE, ZONE))) {
            cloudflare.answers(
                    status,
                    "{\"success\":false,\"errors\":[%s]}"
                            .formatted(IntStream.of(10007, 8000007, 7404, 10006, 10009)
                                    .mapToObj(code -> "{\"code\":%d,\"message\":\"\"}".formatted(code))
                                    .collect(Collectors.joining(","))));
            cloudflare.clients().reopen(ApiToken.of(FakeCloudflare.TOKEN));
            cloudflare.ticker.pass(Duration.ofMinutes(20));

            assertThat(failing(() -> call.accept(apis)).refused())
                    .hasValueSatisfying(it -> assertThat(it.status()).isEqualTo(status));
        }
        for (Consumer<DeployApis> call : List.<Consumer<DeployApis>>of(
                it -> it.triggers().createRoute(ZONE, "a.example/*", "w"),
                it -> it.triggers().putCustomDomain("w", "a.example", ZONE))) {
            cloudflare.answers(
                    status,
                    "{\"success\":false,\"errors\":[{\"code\":10020,\"message\":\"\"},{\"code\":100116,\"message\":\"\"}]}");
            cloudflare.clients().reopen(ApiToken.of(FakeCloudflare.TOKEN));
            cloudflare.ticker.pass(Duration.ofMinutes(20));
            assertThat(failing(() -> call.accept(apis)).refused()).isPresent();
        }
    }

    @ParameterizedTest
    @CsvSource({"400, false", "500, true"})
    void sqlThatIsRefusedIsAValueAndADatabaseThatFailsIsNone(int status, boolean failure) {
        String words = "near \\\"SELEC\\\": syntax error at offset 0:\\n SQLITE_ERROR\\u0007 " + "x".repeat(1_000);
        cloudflare.answers(status, FakeCloudflare.refusal(7500, words));
        DeployApis apis = cloudflare.deploy();

        if (failure) {
            assertThat(failing(() -> apis.databases().query(ID, "SELEC 1")).mayHaveTakenEffect())
                    .isTrue();
        } else {
            assertThat(apis.databases().query(ID, "SELEC 1"))
                    .isInstanceOfSatisfying(QueryAnswer.Refused.class, refused -> assertThat(refused.words())
                            .startsWith("near \"SELEC\": syntax error at offset 0: SQLITE_ERROR x")
                            .hasSize(300));
        }
    }

    @Test
    void aReadThatIsRefusedIsNoEmptyAnswer() {
        cloudflare.answers(400, FakeCloudflare.refusal(7500, "D1 DB is overloaded"));
        DeployApis apis = cloudflare.deploy();

        assertThat(failing(() -> apis.databases().read(ID, "SELECT 1")).refused())
                .hasValueSatisfying(refused -> assertThat(refused.code()).isEqualTo(7500));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a.b",
                "a.b.c.d",
                "a.!!.c",
                "a.bm8ganNvbg.c",
                "a.e30.c",
                "a.eyJleHAiOiJ4In0.c",
                "a.eyJleHAiOjFlOTl9.c\\nX: y"
            })
    void aPassThatIsNoneIsMalformedAndNotShown(String jwt) {
        cloudflare.result("{\"jwt\":\"" + jwt + "\"}");
        DeployApis apis = cloudflare.deploy();

        CloudflareException failed = failing(() -> apis.sites().uploadPass("x"));

        assertThat(failed.failure()).isInstanceOf(Failure.Malformed.class);
        assertThat(failed.getMessage()).doesNotContain("bm8ganNvbg");
    }

    @Test
    void aPassSaysUntilWhenItIsValidAndHowManyFilesItAllows() {
        String claims = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        "{\"exp\":1795852896,\"max_file_count_allowed\":20000}".getBytes(StandardCharsets.UTF_8));
        cloudflare.result("{\"jwt\":\"h." + claims + ".s\"}");

        assertThat(cloudflare.deploy().sites().uploadPass("x")).satisfies(pass -> {
            assertThat(pass.expiresAt()).isEqualTo("2026-11-28T08:01:36Z");
            assertThat(pass.mostFiles()).isEqualTo(20_000);
            assertThat(pass.authorizationHeader()).isEqualTo("Bearer h." + claims + ".s");
        });
    }

    @ParameterizedTest
    @CsvSource({"b.example, w", "a.example, other"})
    void aCustomDomainThatIsNotTheOneThatWasPutIsNotTakenForIt(String hostname, String service) {
        cloudflare.result("{\"id\":\"%s\",\"hostname\":\"%s\",\"service\":\"%s\"}".formatted(ZONE, hostname, service));
        DeployApis apis = cloudflare.deploy();

        assertThat(failing(() -> apis.triggers().putCustomDomain("w", "a.example", ZONE))
                        .failure())
                .isInstanceOf(Failure.Malformed.class);
    }

    @Test
    void whatOtherUsersWroteIsOneLineOfBoundedLength() {
        String hostile = "x\\u001b[2J\\nNormal  line\\u202e" + "y".repeat(100_000);
        DeployApis apis = cloudflare
                .result(
                        ("{\"deployments\":[{\"id\":\"%1$s\",\"created_on\":\"2026-11-28T07:56:09Z\",\"source\":\"%2$s\","
                                        + "\"author_email\":\"%2$s\",\"annotations\":{\"workers/message\":\"%2$s\"},"
                                        + "\"versions\":[{\"version_id\":\"%1$s\",\"percentage\":100}]}]}")
                                .formatted(ID, hostile))
                .result("[{\"id\":\"%s\",\"pattern\":\"%2$s\",\"script\":\"%2$s\"}]".formatted(ZONE, hostile))
                .result("[{\"name\":\"a.example\",\"status\":\"%s\"}]".formatted(hostile))
                .deploy();

        WorkerDeployment deployment =
                apis.workers().deployments("w").orElseThrow().get(0);
        WorkerRoute route = apis.triggers().routes(ZONE).get(0);
        SiteDomain domain = apis.sites().domains("x").orElseThrow().get(0);

        assertThat(List.of(
                        deployment.source(),
                        deployment.author(),
                        deployment.message(),
                        route.pattern(),
                        route.script(),
                        domain.status()))
                .allSatisfy(text ->
                        assertThat(text).startsWith("x [2J Normal line y").hasSize(500));
    }

    /** Cloudflare answers with U-labels, and a spec has none: the name would be added again and again. */
    @Test
    void theHostNamesOfASiteAreReadInTheOneFormThatIsCompared() {
        DeployApis apis = cloudflare
                .result("{\"name\":\"x\",\"production_branch\":\"main\",\"subdomain\":\"X.pages.dev\","
                        + "\"domains\":[\"X.pages.dev\",\"b\\u00fccher.example\"]}")
                .deploy();

        SiteProject project = apis.sites().project("x").orElseThrow();

        assertThat(project.domains()).containsExactly("x.pages.dev", "xn--bcher-kva.example");
        assertThat(project.subdomain()).isEqualTo("x.pages.dev");
    }

    @Test
    void onlyTheRemovalOfACustomDomainIsAnsweredWithoutABody() {
        DeployApis apis = cloudflare.answers(200, "").deploy();
        assertThat(apis.triggers().deleteCustomDomain(ZONE)).isTrue();

        cloudflare.answers(200, "").answers(500, "");
        assertThat(failing(() -> apis.workers().deleteScript("w")).failure()).isInstanceOf(Failure.Malformed.class);
        assertThat(failing(() -> apis.triggers().deleteCustomDomain(ZONE)).mayHaveTakenEffect())
                .isTrue();
    }

    @Test
    void anUploadThatAnswersWithNothingIsAsGoodAsOneThatSaysSomething() {
        cloudflare.result("null").result("true");

        cloudflare.deploy().sites().upload(PASS, List.of(SiteFile.of("/a", "text/plain", new byte[1])));
        cloudflare.deploy().sites().keep(PASS, List.of());

        assertThat(cloudflare.server.getRequestCount()).isEqualTo(2);
    }
}
