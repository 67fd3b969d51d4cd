package io.maildomain.operator.cloudflare;

import static io.maildomain.operator.cloudflare.FakeCloudflare.TOKEN;
import static io.maildomain.operator.cloudflare.FakeCloudflare.failing;
import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.operator.cloudflare.Failure.Unreachable;
import io.maildomain.operator.cloudflare.deploy.DeployApis;
import io.maildomain.operator.cloudflare.deploy.QueryAnswer;
import io.maildomain.operator.cloudflare.deploy.SiteFile;
import io.maildomain.operator.cloudflare.deploy.UploadPass;
import io.maildomain.operator.cloudflare.deploy.WorkerModule;
import io.maildomain.operator.cloudflare.deploy.WorkerUpload;
import io.maildomain.operator.credentials.ApiToken;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long an upload may take, and that it ends. */
class UploadTimeTest {
    private static final Duration SHORT = Duration.ofMillis(500);
    private static final String ID = "{\"id\":\"1db6bcf0-c645-4f6f-96dd-7c405e54e496\"}";
    private static final UploadPass PASS = new UploadPass("a.b.c", Instant.EPOCH, 1);

    private final FakeCloudflare cloudflare = new FakeCloudflare();

    @AfterEach
    void stop() {
        cloudflare.close();
    }

    private static WorkerUpload worker(int bytes) {
        return new WorkerUpload(
                "index.js",
                List.of(WorkerModule.of("index.js", new byte[bytes]).orElseThrow()),
                "2026-04-01",
                List.of(),
                List.of(),
                List.of(),
                null,
                "",
                "");
    }

    /** An answer before which the server takes in a mebibyte in so many milliseconds. */
    private void takesIn(long millis, String result) {
        cloudflare.answers(new MockResponse.Builder()
                .throttleBody(1 << 20, millis, TimeUnit.MILLISECONDS)
                .body("{\"success\":true,\"result\":" + result + "}"));
    }

    @Test
    void anUploadOverASlowLineIsGivenTheTimeThatItsSizeNeeds() {
        cloudflare.use(FakeCloudflare.settings(cloudflare.url(), SHORT));
        takesIn(300, ID);
        assertThat(cloudflare.deploy().workers().createVersion("w", worker(4 << 20)))
                .isEqualTo("1db6bcf0-c645-4f6f-96dd-7c405e54e496");

        takesIn(300, "{}");
        cloudflare.deploy().sites().upload(PASS, List.of(SiteFile.of("/a", "text/plain", new byte[3 << 20])));
    }

    @Test
    void aSmallCallIsGivenNoMoreTimeThanBefore() {
        cloudflare.use(FakeCloudflare.settings(cloudflare.url(), SHORT));
        cloudflare.answers(
                new MockResponse.Builder().headersDelay(5, TimeUnit.SECONDS).body("{}"));

        CloudflareException late = failing(() -> cloudflare.deploy().workers().createVersion("w", worker(100)));

        assertThat(late.failure()).isInstanceOfSatisfying(Unreachable.class, lost -> assertThat(lost.kind())
                .isEqualTo(Unreachable.TransportError.TIMEOUT));
    }

    @Test
    void aMigrationHasLongerThanTheThirtySecondsAfterWhichD1EndsIt() {
        cloudflare.use(FakeCloudflare.settings(cloudflare.url(), SHORT));
        cloudflare.answers(new MockResponse.Builder()
                .headersDelay(700, TimeUnit.MILLISECONDS)
                .body("{\"success\":true,\"result\":[{\"success\":true,\"results\":[]}]}"));

        assertThat(cloudflare.deploy().databases().query("8a7cb5f2-1d1c-4d19-9ba4-3ac4f1d0d4bd", "SELECT 1"))
                .isInstanceOf(QueryAnswer.Rows.class);
    }

    @ParameterizedTest
    @CsvSource({
        "PT30S, 0, PT30S",
        "PT30S, -1, PT30S",
        "PT30S, 1048575, PT30S",
        "PT30S, 1048576, PT38S",
        "PT10S, 8388608, PT1M14S",
        "PT10S, 26214400, PT3M30S",
        "PT10S, 9223372036854775807, PT10M",
        "PT20M, 8388608, PT20M"
    })
    void theTimeGrowsWithTheSizeAndHasAnEnd(Duration callTimeout, long bytes, Duration allowed) {
        assertThat(FakeCloudflare.settings("https://api.cloudflare.com/client/v4", callTimeout)
                        .callTimeout(bytes))
                .isEqualTo(allowed);
    }

    @Test
    void anUploadEndsWithTheLeaseAndThenNothingWasDone() {
        AtomicInteger asked = new AtomicInteger();
        ClientSettings settings = FakeCloudflare.settings(cloudflare.url());
        try (CloudflareClients clients = new CloudflareClients(
                settings, Clock.systemUTC(), cloudflare.metrics, () -> asked.incrementAndGet() <= 10)) {
            DeployApis apis = FakeCloudflare.deploy(clients, ApiToken.of(TOKEN), FakeCloudflare.ACCOUNT);
            cloudflare.result(ID);

            CloudflareException fenced = failing(() -> apis.workers().createVersion("w", worker(4 << 20)));

            assertThat(fenced.failure()).isInstanceOf(Failure.Fenced.class);
            assertThat(fenced.mayHaveTakenEffect()).isFalse();
            assertThat(asked).hasValue(11);
        }
    }
}
