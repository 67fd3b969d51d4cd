package io.maildomain.operator.cloudflare;

import static io.maildomain.operator.cloudflare.FakeCloudflare.ACCOUNT;
import static io.maildomain.operator.cloudflare.FakeCloudflare.ZONE;
import static io.maildomain.operator.cloudflare.FakeCloudflare.failing;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maildomain.operator.cloudflare.deploy.Binding;
import io.maildomain.operator.cloudflare.deploy.CustomDomain;
import io.maildomain.operator.cloudflare.deploy.CustomDomainAnswer;
import io.maildomain.operator.cloudflare.deploy.DeployApis;
import io.maildomain.operator.cloudflare.deploy.HostZone;
import io.maildomain.operator.cloudflare.deploy.QueryAnswer;
import io.maildomain.operator.cloudflare.deploy.SiteFile;
import io.maildomain.operator.cloudflare.deploy.SiteUpload;
import io.maildomain.operator.cloudflare.deploy.TrafficShare;
import io.maildomain.operator.cloudflare.deploy.UploadPass;
import io.maildomain.operator.cloudflare.deploy.WorkerModule;
import io.maildomain.operator.cloudflare.deploy.WorkerUpload;
import io.maildomain.operator.cloudflare.deploy.WorkersDev;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mockwebserver3.RecordedRequest;
import okhttp3.MultipartReader;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The requests that wrangler 4.125.0 was recorded to make for the same work. */
class DeployCallsTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String VERSION = "1db6bcf0-c645-4f6f-96dd-7c405e54e496";
    private static final String OTHER = "11c2cf4b-d619-4708-b881-75e8a2cf54c5";
    private static final String DATABASE = "11111111-2222-4333-8444-555555555555";
    private static final String WORKER = "/accounts/" + ACCOUNT + "/workers/scripts/mailbox-worker";
    private static final UploadPass PASS = new UploadPass("eyJh.eyJl.sig", Instant.EPOCH, 20_000);
    private static final byte[] HTML = "<h1>mail</h1>\n".getBytes(UTF_8);
    private static final byte[] CSS = "body{}\n".getBytes(UTF_8);

    private final FakeCloudflare cloudflare = new FakeCloudflare();

    @AfterEach
    void stop() {
        cloudflare.close();
    }

    private DeployApis deploy() {
        return cloudflare.deploy();
    }

    private static WorkerUpload upload(List<String> kept, Boolean observability, String tag, String message) {
        return new WorkerUpload(
                "index.js",
                List.of(WorkerModule.of("index.js", "export default {}".getBytes(UTF_8))
                        .orElseThrow()),
                "2026-04-01",
                List.of(),
                List.of(
                        Binding.plainText("APP_ENV", "production"),
                        Binding.bucket("MAIL_BUCKET", "mail-bucket", ""),
                        Binding.database("DB", DATABASE)),
                kept,
                observability,
                tag,
                message);
    }

    /** The parts of a form, each as {@code name[ filename type]: content}. */
    private static List<String> parts(RecordedRequest request) {
        String type = request.getHeaders().get("Content-Type");
        assertThat(type).startsWith("multipart/form-data; boundary=");
        List<String> parts = new ArrayList<>();
        Buffer body = new Buffer().write(request.getBody());
        try (MultipartReader reader = new MultipartReader(body, type.substring(type.indexOf('=') + 1))) {
            for (MultipartReader.Part part = reader.nextPart(); part != null; part = reader.nextPart()) {
                String file = part.headers().get("Content-Type") == null
                        ? ""
                        : " " + part.headers().get("Content-Type");
                String disposition = part.headers().get("Content-Disposition");
                parts.add(disposition.replace("form-data; ", "") + file + ": "
                        + part.body().readUtf8());
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return parts;
    }

    private static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String line(RecordedRequest request) {
        return request.getMethod() + " " + request.getTarget().replaceFirst("^/client/v4", "");
    }

    @Test
    void aFirstUploadIsWranglersDeploy() {
        String version = cloudflare
                .result("{\"deployment_id\":\"" + VERSION + "\"}")
                .deploy()
                .workers()
                .putScript("mailbox-worker", upload(List.of(), true, "", ""));

        assertThat(version).isEqualTo(VERSION);
        RecordedRequest request = cloudflare.request();
        assertThat(line(request)).isEqualTo("PUT " + WORKER + "?excludeScript=true&bindings_inherit=strict");
        List<String> parts = parts(request);
        assertThat(parts).hasSize(2);
        assertThat(parts.get(0)).startsWith("name=\"metadata\": ");
        assertThat(parts.get(0).replaceFirst("^[^{]*", "")).isEqualTo("""
                        {"main_module":"index.js","bindings":[{"name":"APP_ENV","type":"plain_text","text":"production"},\
                        {"name":"MAIL_BUCKET","type":"r2_bucket","bucket_name":"mail-bucket"},\
                        {"name":"DB","type":"d1","id":"11111111-2222-4333-8444-555555555555"}],\
                        "compatibility_date":"2026-04-01","compatibility_flags":[],"observability":{"enabled":true}}""");
        assertThat(parts.get(1))
                .isEqualTo("name=\"index.js\"; filename=\"index.js\" application/javascript+module: export default {}");
    }

    @Test
    void aVersionIsWranglersVersionsUpload() {
        String version = cloudflare
                .result("{\"id\":\"" + VERSION + "\",\"metadata\":{\"has_preview\":false}}")
                .deploy()
                .workers()
                .createVersion("mailbox-worker", upload(List.of("secret_text", "secret_key"), null, "v2", "m2"));

        assertThat(version).isEqualTo(VERSION);
        RecordedRequest request = cloudflare.request();
        assertThat(line(request)).isEqualTo("POST " + WORKER + "/versions?bindings_inherit=strict");
        assertThat(parts(request).get(0).replaceFirst("^[^{]*", "")).isEqualTo("""
                        {"main_module":"index.js","bindings":[{"name":"APP_ENV","type":"plain_text","text":"production"},\
                        {"name":"MAIL_BUCKET","type":"r2_bucket","bucket_name":"mail-bucket"},\
                        {"name":"DB","type":"d1","id":"11111111-2222-4333-8444-555555555555"}],\
                        "compatibility_date":"2026-04-01","compatibility_flags":[],\
                        "keep_bindings":["secret_text","secret_key"],\
                        "annotations":{"workers/message":"m2","workers/tag":"v2"}}""");
    }

    @Test
    void aDeploymentIsWranglersVersionsDeploy() {
        cloudflare.result("{\"id\":\"" + OTHER + "\"}").result("{\"id\":\"" + OTHER + "\"}");
        deploy().workers()
                .createDeployment(
                        "mailbox-worker", List.of(TrafficShare.all(VERSION), new TrafficShare(OTHER, 0)), "shadow");
        deploy().workers()
                .createDeployment(
                        "mailbox-worker", List.of(new TrafficShare(VERSION, 87.5), new TrafficShare(OTHER, 12.5)), "");

        assertThat(cloudflare.said())
                .isEqualTo("POST " + WORKER + "/deployments {\"strategy\":\"percentage\",\"versions\":["
                        + "{\"version_id\":\"" + VERSION + "\",\"percentage\":100},"
                        + "{\"version_id\":\"" + OTHER + "\",\"percentage\":0}],"
                        + "\"annotations\":{\"workers/message\":\"shadow\"}}");
        assertThat(cloudflare.said()).contains("\"percentage\":87.5", "\"annotations\":{}");
    }

    @Test
    void aDeploymentThatDoesNotSumUpIsNeverSent() {
        List<List<TrafficShare>> wrong = List.of(
                List.of(),
                List.of(new TrafficShare(VERSION, 99)),
                List.of(TrafficShare.all(VERSION), TrafficShare.all(OTHER)),
                List.of(TrafficShare.all(VERSION), new TrafficShare(OTHER, 0), new TrafficShare(DATABASE, 0)));
        for (List<TrafficShare> shares : wrong) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> deploy().workers().createDeployment("mailbox-worker", shares, ""));
        }
        assertThat(cloudflare.server.getRequestCount()).isZero();
    }

    @Test
    void aMigrationIsOneQueryAsWranglersIs() {
        String sql =
                "CREATE TABLE mails(id INTEGER PRIMARY KEY, sender TEXT);\n\nINSERT INTO \"d1_migrations\" (name)\n"
                        + "values ('0001_init.sql');";
        QueryAnswer answer = cloudflare
                .result("[{\"success\": true, \"results\": []},{\"success\": true, \"results\": [{\"n\":1,\"t\":\"x\","
                        + "\"r\":0.5,\"b\":[1,255],\"z\":null,\"f\":true}]}]")
                .deploy()
                .databases()
                .query(DATABASE, sql);

        RecordedRequest request = cloudflare.request();
        assertThat(line(request)).isEqualTo("POST /accounts/" + ACCOUNT + "/d1/database/" + DATABASE + "/query");
        assertThat(json(request.getBody().utf8()))
                .isEqualTo(MAPPER.createObjectNode().put("sql", sql));
        List<Map<String, Object>> rows = ((QueryAnswer.Rows) answer).all();
        assertThat(((QueryAnswer.Rows) answer).statements()).hasSize(2);
        assertThat(rows).singleElement().satisfies(row -> assertThat(row)
                .containsEntry("n", 1L)
                .containsEntry("t", "x")
                .containsEntry("r", 0.5)
                .containsEntry("b", List.of(1L, 255L))
                .containsEntry("z", null)
                .containsEntry("f", true)
                .hasSize(6));
    }

    @Test
    void theBookmarkAndTheBucketAreReadAsWranglerDoes() {
        cloudflare.result("{\"bookmark\":\"0000007b-00000002\"}").result("{\"name\":\"mail-bucket\"}");
        cloudflare.result("{\"name\":\"mail-bucket\",\"location\":\"WEUR\"}");

        assertThat(deploy().databases().bookmark(DATABASE)).contains("0000007b-00000002");
        assertThat(deploy().buckets().bucket("mail-bucket", "default")).isPresent();
        assertThat(deploy().buckets().bucket("mail-bucket", "eu"))
                .hasValueSatisfying(bucket -> assertThat(bucket.jurisdiction()).isEqualTo("eu"));
        assertThat(cloudflare.said())
                .isEqualTo("GET /accounts/" + ACCOUNT + "/d1/database/" + DATABASE + "/time_travel/bookmark");
        RecordedRequest usual = cloudflare.request();
        assertThat(line(usual)).isEqualTo("GET /accounts/" + ACCOUNT + "/r2/buckets/mail-bucket");
        assertThat(usual.getHeaders().get("cf-r2-jurisdiction")).isNull();
        assertThat(cloudflare.request().getHeaders().get("cf-r2-jurisdiction")).isEqualTo("eu");
        assertThatIllegalArgumentException().isThrownBy(() -> deploy().buckets().bucket("mail-bucket", "eu\r\nX: y"));
    }

    @Test
    void theDatabaseIsTheOneOfExactlyThatName() {
        cloudflare.result("[{\"uuid\":\"" + VERSION + "\",\"name\":\"mail-db-old\"},{\"name\":\"mail-db-odd\"},"
                + "{\"uuid\":\"" + DATABASE + "\",\"name\":\"mail-db\"}]");

        assertThat(deploy().databases().named("mail-db"))
                .hasValueSatisfying(it -> assertThat(it.id()).isEqualTo(DATABASE));
        assertThat(cloudflare.said())
                .isEqualTo("GET /accounts/" + ACCOUNT + "/d1/database?name=mail-db&page=1&per_page=50");
        cloudflare.result("[{\"uuid\":\"" + VERSION + "\",\"name\":\"mail-db-old\"}]");
        assertThat(deploy().databases().named("mail-db")).isEmpty();
    }

    @Test
    void triggersAreWrittenAsWranglerDoesButNoHostNameIsEverTaken() {
        cloudflare
                .result("{\"enabled\":false,\"previews_enabled\":false}")
                .result("{\"schedules\":[{\"cron\":\"*/15 * * * *\"}]}")
                .result("{\"id\":\"" + ZONE + "\",\"hostname\":\"api.example.com\",\"service\":\"mailbox-worker\","
                        + "\"zone_id\":\"" + ZONE + "\"}")
                .result("{\"id\":\"" + ZONE + "\"}");

        assertThat(deploy().triggers().setWorkersDev("mailbox-worker", new WorkersDev(false, false)))
                .isEqualTo(new WorkersDev(false, false));
        assertThat(deploy().triggers().putSchedules("mailbox-worker", List.of("*/15 * * * *")))
                .containsExactly("*/15 * * * *");
        assertThat(deploy().triggers().putCustomDomain("mailbox-worker", "api.example.com", ZONE))
                .isEqualTo(new CustomDomainAnswer.Attached(
                        new CustomDomain(ZONE, "api.example.com", "mailbox-worker", ZONE)));
        assertThat(deploy().triggers().createRoute(ZONE, "example.com/app/*", "mailbox-worker"))
                .isPresent();

        RecordedRequest subdomain = cloudflare.request();
        assertThat(line(subdomain)).isEqualTo("POST " + WORKER + "/subdomain");
        assertThat(subdomain.getHeaders().get("Cloudflare-Workers-Script-Api-Date"))
                .isEqualTo("2025-08-01");
        assertThat(subdomain.getBody().utf8()).isEqualTo("{\"enabled\":false,\"previews_enabled\":false}");
        assertThat(cloudflare.said()).isEqualTo("PUT " + WORKER + "/schedules [{\"cron\":\"*/15 * * * *\"}]");
        assertThat(cloudflare.said())
                .isEqualTo("PUT /accounts/" + ACCOUNT + "/workers/domains {\"hostname\":\"api.example.com\","
                        + "\"service\":\"mailbox-worker\",\"zone_id\":\"" + ZONE + "\"}");
        assertThat(cloudflare.said())
                .isEqualTo("POST /zones/" + ZONE
                        + "/workers/routes {\"pattern\":\"example.com/app/*\",\"script\":\"mailbox-worker\"}");
    }

    @Test
    void theZoneOfAHostNameIsLookedForLabelByLabel() {
        cloudflare.result("[]").result("[{\"id\":\"" + ZONE + "\",\"name\":\"example.com\"}]");

        assertThat(deploy().triggers().zoneOf("api.example.com")).contains(new HostZone(ZONE, "example.com"));
        assertThat(cloudflare.said()).isEqualTo("GET /zones?name=api.example.com&account.id=" + ACCOUNT);
        assertThat(cloudflare.said()).isEqualTo("GET /zones?name=example.com&account.id=" + ACCOUNT);
        cloudflare
                .result("[]")
                .result("[{\"id\":\"" + ZONE + "\",\"name\":\"other.com\"}]")
                .result("[]");
        assertThat(deploy().triggers().zoneOf("api.example.com"))
                .as("a server that overlooks the name")
                .isEmpty();
    }

    @Test
    void aHostNameOfAHundredLabelsCostsNoHundredCalls() {
        for (int i = 0; i < 9; i++) {
            cloudflare.result("[]");
        }

        assertThat(deploy().triggers().zoneOf("a.".repeat(110) + "example.co.uk"))
                .isEmpty();

        assertThat(cloudflare.said()).isEqualTo("GET /zones?name=a.a.a.a.a.a.a.example.co.uk&account.id=" + ACCOUNT);
        for (int i = 0; i < 6; i++) {
            cloudflare.said();
        }
        assertThat(cloudflare.said()).isEqualTo("GET /zones?name=example.co.uk&account.id=" + ACCOUNT);
        assertThat(cloudflare.said())
                .as("no zone is called co.uk")
                .isEqualTo("GET /accounts/" + ACCOUNT + "/workers/domains");
        assertThat(cloudflare.server.getRequestCount()).isEqualTo(9);
    }

    @Test
    void aCustomDomainIsPutWithoutItsZoneWhereThatIsNotKnown() {
        cloudflare.result("{\"id\":\"" + ZONE + "\",\"hostname\":\"api.example.com\",\"service\":\"mailbox-worker\"}");

        deploy().triggers().putCustomDomain("mailbox-worker", "api.example.com", "");

        assertThat(cloudflare.said())
                .isEqualTo("PUT /accounts/" + ACCOUNT + "/workers/domains {\"hostname\":\"api.example.com\","
                        + "\"service\":\"mailbox-worker\"}");
    }

    @Test
    void aSiteIsDeployedWithTheCallsOfWranglersPagesDeploy() {
        SiteFile html = SiteFile.of("/index.html", "text/html", HTML);
        SiteFile css = SiteFile.of("/a.css", "text/css", CSS);
        cloudflare
                .result("[\"" + html.key() + "\"]")
                .result("{}")
                .result("true")
                .result("{\"id\":\"133e3484-b715-45d5-811e-9d2a1519d28c\",\"url\":\"https://133e3484.x.pages.dev\"}");
        List<String> keys = List.of(css.key(), html.key());

        assertThat(deploy().sites().missing(PASS, keys)).containsExactly(html.key());
        deploy().sites().upload(PASS, List.of(html));
        deploy().sites().keep(PASS, keys);
        assertThat(deploy().sites()
                        .createDeployment(
                                "x",
                                new SiteUpload(
                                        Map.of("/index.html", html.key(), "/a.css", css.key()),
                                        "main",
                                        "m",
                                        "abc",
                                        List.of(new SiteUpload.Part("_routes.json", "{}".getBytes(UTF_8))))))
                .satisfies(it -> assertThat(it.url()).isEqualTo("https://133e3484.x.pages.dev"))
                .satisfies(it -> assertThat(it.isDone()).isFalse());

        String hashes = "{\"hashes\":[\"2b9c50f085c9a8627841ba96d53a694f\",\"aa42bba514e8ddfea838ec1a715ca332\"]}";
        assertThat(cloudflare.said()).isEqualTo("POST /pages/assets/check-missing " + hashes);
        assertThat(cloudflare.said())
                .isEqualTo(
                        "POST /pages/assets/upload [{\"key\":\"2b9c50f085c9a8627841ba96d53a694f\","
                                + "\"value\":\"PGgxPm1haWw8L2gxPgo=\",\"metadata\":{\"contentType\":\"text/html\"},\"base64\":true}]");
        assertThat(cloudflare.said()).isEqualTo("POST /pages/assets/upsert-hashes " + hashes);
        RecordedRequest deployment = cloudflare.request();
        assertThat(line(deployment)).isEqualTo("POST /accounts/" + ACCOUNT + "/pages/projects/x/deployments");
        assertThat(parts(deployment))
                .containsExactly(
                        "name=\"manifest\": {\"/a.css\":\"aa42bba514e8ddfea838ec1a715ca332\","
                                + "\"/index.html\":\"2b9c50f085c9a8627841ba96d53a694f\"}",
                        "name=\"branch\": main",
                        "name=\"commit_message\": m",
                        "name=\"commit_hash\": abc",
                        "name=\"_routes.json\"; filename=\"_routes.json\" application/octet-stream: {}");
    }

    @Test
    void manyOrLargeFilesGoInSeveralCalls() {
        byte[] large = new byte[TokenSites.BATCH_BYTES - 10];
        List<SiteFile> files = List.of(
                new SiteFile("1", "text/plain", large),
                new SiteFile("2", "text/plain", new byte[10]),
                new SiteFile("3", "text/plain", new byte[1]),
                new SiteFile("4", "text/plain", new byte[TokenSites.BATCH_BYTES + 1]),
                new SiteFile("5", "text/plain", new byte[1]));

        assertThat(TokenSites.batches(files))
                .extracting(batch -> batch.stream().map(SiteFile::key).toList())
                .containsExactly(List.of("1", "2"), List.of("3"), List.of("4"), List.of("5"));
        assertThat(TokenSites.batches(java.util.Collections.nCopies(1_201, files.get(2))))
                .extracting(List::size)
                .containsExactly(500, 500, 201);
        assertThat(TokenSites.batches(List.of())).isEmpty();
    }

    @Test
    void aWorkerIsDeletedWithoutForce() {
        assertThat(cloudflare.result("null").deploy().workers().deleteScript("mailbox-worker"))
                .isTrue();
        assertThat(cloudflare.said()).isEqualTo("DELETE " + WORKER);
    }

    @Test
    void aFenceStopsEveryWriteOfTheDeploySurfaceAsWell() {
        cloudflare.leader.set(false);

        assertThat(failing(() -> deploy().databases().query(DATABASE, "SELECT 1"))
                        .failure())
                .isInstanceOf(Failure.Fenced.class);
        assertThat(failing(() -> deploy().sites().keep(PASS, List.of())).failure())
                .isInstanceOf(Failure.Fenced.class);
        assertThat(cloudflare.server.getRequestCount()).isZero();
    }

    @Test
    void whatCannotBeReadInAnOlderDeploymentHidesNoOther() {
        cloudflare.result("{\"deployments\":[{\"id\":\"" + VERSION + "\",\"created_on\":\"2026-11-28T07:56:09Z\","
                + "\"annotations\":{\"workers/message\":\"m\"},\"versions\":[{\"version_id\":\"" + OTHER
                + "\",\"percentage\":100}]},{\"id\":7}]}");

        Optional<List<io.maildomain.operator.cloudflare.deploy.WorkerDeployment>> deployments =
                deploy().workers().deployments("mailbox-worker");

        assertThat(deployments)
                .hasValueSatisfying(list -> assertThat(list).singleElement().satisfies(it -> {
                    assertThat(it.message()).isEqualTo("m");
                    assertThat(it.shares()).containsExactly(TrafficShare.all(OTHER));
                }));
    }
}
