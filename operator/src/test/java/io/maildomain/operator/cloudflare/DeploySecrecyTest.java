package io.maildomain.operator.cloudflare;

import static io.maildomain.operator.cloudflare.FakeCloudflare.TOKEN;
import static io.maildomain.operator.cloudflare.FakeCloudflare.failing;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.cloudflare.deploy.Binding;
import io.maildomain.operator.cloudflare.deploy.DeployApis;
import io.maildomain.operator.cloudflare.deploy.SiteFile;
import io.maildomain.operator.cloudflare.deploy.UploadPass;
import io.maildomain.operator.cloudflare.deploy.WorkerModule;
import io.maildomain.operator.cloudflare.deploy.WorkerUpload;
import io.maildomain.operator.cloudflare.errors.Catalogue;
import io.maildomain.operator.cloudflare.errors.DiagnosisContext;
import io.maildomain.operator.cloudflare.errors.FailureKind;
import io.maildomain.operator.credentials.ApiToken;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** A Worker's secrets and the pass for Pages' files, against a server that echoes them wherever it can. */
class DeploySecrecyTest {
    private static final String JWT = "eyJhbGciOiJub25lIn0.eyJleHAiOjE3OTU4NTI4OTZ9.signature";
    private static final String SECRET = "s3cret \\ \"of\" a Worker";
    private static final String ESCAPED = "s3cret \\\\ \\\"of\\\" a Worker";
    private static final UploadPass PASS = new UploadPass(JWT, Instant.EPOCH, 1);
    private static final WorkerUpload UPLOAD = new WorkerUpload(
            "index.js",
            List.of(WorkerModule.of("index.js", new byte[0]).orElseThrow()),
            "2026-04-01",
            List.of(),
            List.of(Binding.secret("KEY", SECRET)),
            List.of(),
            null,
            "",
            "");

    private final FakeCloudflare cloudflare = new FakeCloudflare();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Logger ours = (Logger) LoggerFactory.getLogger("io.maildomain");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Level rootLevel = root.getLevel();
    private final Level ourLevel = ours.getLevel();

    @BeforeEach
    void listen() {
        root.setLevel(Level.TRACE);
        ours.setLevel(Level.TRACE);
        log.start();
        root.addAppender(log);
    }

    @AfterEach
    void stop() {
        root.detachAppender(log);
        root.setLevel(rootLevel);
        ours.setLevel(ourLevel);
        cloudflare.close();
    }

    private List<String> textsOf(ThrowingCallable... calls) {
        List<String> texts = new ArrayList<>();
        for (ThrowingCallable call : calls) {
            CloudflareException failed = failing(call);
            StringWriter trace = new StringWriter();
            failed.printStackTrace(new PrintWriter(trace));
            texts.add(trace.toString());
            texts.add(failed.failure().toString());
        }
        log.list.forEach(event -> texts.add(event.getFormattedMessage()));
        return texts;
    }

    @Test
    void noSecretOfAWorkerComesBackOutOfTheClient() {
        DeployApis apis = cloudflare.deploy();
        cloudflare
                .answers(400, FakeCloudflare.refusal(10021, "bad text " + ESCAPED + " in KEY"))
                .answers(new MockResponse.Builder()
                        .setHeader("Content-Type", "x")
                        .body(SECRET))
                .answers(200, FakeCloudflare.refusal(1, ESCAPED));

        List<String> texts = textsOf(
                () -> apis.workers().createVersion("w", UPLOAD),
                () -> apis.workers().putScript("w", UPLOAD),
                () -> apis.workers().putScript("w", UPLOAD));

        assertThat(cloudflare.request().getBody().utf8()).as("it is sent").contains(ESCAPED);
        assertThat(texts)
                .anyMatch(text -> text.contains("bad text [redacted] in KEY"))
                .noneMatch(text -> text.contains("s3cret"));
        assertThat(ApiRequest.to(CloudflareCall.VERIFY_TOKEN)
                        .sending(UPLOAD)
                        .hiding(UPLOAD.secrets())
                        .toString())
                .isEqualTo("ApiRequest[VERIFY_TOKEN]");
    }

    private static WorkerUpload with(String... secrets) {
        return new WorkerUpload(
                "index.js",
                UPLOAD.modules(),
                UPLOAD.compatibilityDate(),
                List.of(),
                Stream.of(secrets)
                        .map(secret -> Binding.secret("KEY" + secret.length(), secret))
                        .toList(),
                List.of(),
                null,
                "",
                "");
    }

    @Test
    void noSecretComesBackHoweverTheServerWritesItOrWhateverItOverlapsWith() {
        DeployApis apis = cloudflare.deploy();
        cloudflare
                .answers(
                        400, FakeCloudflare.refusal(10021, "got hunter2\\u002flong, hunter2\\/long and hunter2/longer"))
                .answers(400, FakeCloudflare.refusal(10021, "a tok\\u0065n: " + TOKEN.replace("-", "\\u002d")));

        List<String> texts = textsOf(
                () -> apis.workers().createVersion("w", with("hunter2", "hunter2/long", "hunter2/longer")),
                () -> apis.workers().createVersion("w", with("hunter2")));

        assertThat(texts)
                .anyMatch(text -> text.contains("got [redacted], [redacted] and [redacted]"))
                .noneMatch(text -> text.contains("hunter2") || text.contains("long"))
                .anyMatch(text -> text.contains("a token: [redacted]"));
    }

    @Test
    void anUploadWhoseSecretIsACommonWordIsUnderstood() {
        String id = "1db6bcf0-c645-4f6f-96dd-7c405e54e496";
        DeployApis apis = cloudflare.result("{\"id\":\"" + id + "\"}").deploy();

        assertThat(apis.workers().createVersion("w", with("success", "result", "c645-4f6f", "e")))
                .isEqualTo(id);
    }

    @Test
    void thePassGoesOutInPlaceOfTheTokenAndNeitherComesBack() {
        DeployApis apis = cloudflare.deploy();
        for (int i = 0; i < 3; i++) {
            cloudflare.answers(403, FakeCloudflare.refusal(10000, "Bearer " + JWT + " and " + TOKEN));
        }

        List<String> texts = textsOf(
                () -> apis.sites().missing(PASS, List.of()),
                () -> apis.sites().upload(PASS, List.of(SiteFile.of("/a", "text/plain", new byte[1]))),
                () -> apis.sites().keep(PASS, List.of()));

        assertThat(texts)
                .anyMatch(text -> text.contains("Bearer [redacted] and [redacted]"))
                .noneMatch(text -> text.contains(JWT))
                .noneMatch(text -> text.contains(TOKEN));
        for (int i = 0; i < 3; i++) {
            RecordedRequest request = cloudflare.request();
            assertThat(request.getHeaders().values("Authorization")).containsExactly("Bearer " + JWT);
            assertThat(request.getHeaders().toString() + request.getBody().utf8())
                    .doesNotContain(TOKEN);
        }
        cloudflare.result("{\"name\":\"x\",\"production_branch\":\"main\"}");
        apis.sites().project("x");
        assertThat(cloudflare.request().getHeaders().values("Authorization")).containsExactly("Bearer " + TOKEN);
    }

    @ParameterizedTest
    @CsvSource({
        "401, 9109, Invalid access token",
        "403, 10000, Authentication error",
        "401, 8000013, Unauthorized",
        "400, 8000013, Unauthorized",
        "403, 10502, Too many authentication failures",
        "429, 10502, Too many authentication failures",
        "401, 555, something new",
        "403, 555, something new",
        "401, ,",
        "403, ,"
    })
    void aPassThatIsRefusedSaysNothingOfTheToken(int status, Integer code, String message) {
        DeployApis apis = cloudflare.deploy();
        TokenStanding before = cloudflare.clients().standing(ApiToken.of(TOKEN));
        CloudflareException refused = null;
        for (int i = 0; i < 4; i++) {
            cloudflare.answers(status, code == null ? "<html>" : FakeCloudflare.refusal(code, message));
            refused = failing(() -> apis.sites().keep(PASS, List.of()));
        }

        assertThat(cloudflare.clients().standing(ApiToken.of(TOKEN))).isEqualTo(before);
        cloudflare.result("[]");
        assertThat(apis.triggers().customDomains("w")).isEmpty();
        assertThat(refused.mayHaveTakenEffect()).isEqualTo(status == 403 && (code == null || code == 555));
        assertThat(Catalogue.diagnose(refused, new DiagnosisContext("", "KEY", "Secret a/b", "", "")))
                .satisfies(it -> assertThat(it.reason()).isEqualTo(Reason.UploadPassRefused))
                .satisfies(it -> assertThat(it.kind()).isEqualTo(FailureKind.TRANSIENT))
                .satisfies(it -> assertThat(it.message()).contains("asks for another one"));
    }

    @Test
    void aCallThatIsMeantForAPassNeverBearsTheToken() {
        CallExecutor executor = executorOf(cloudflare);

        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> executor.tell(ApiRequest.to(CloudflareCall.KEEP_FILES))))
                .isInstanceOf(IllegalStateException.class);
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() ->
                        executor.tell(ApiRequest.to(CloudflareCall.LIST_ZONES).bearing(PASS))))
                .isInstanceOf(IllegalStateException.class);
        assertThat(cloudflare.server.getRequestCount()).isZero();
    }

    private static CallExecutor executorOf(FakeCloudflare cloudflare) {
        return ((TokenSites) cloudflare.deploy().sites()).executor();
    }
}
