package io.maildomain.operator.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.maildomain.operator.fixture.Allocation;
import io.maildomain.operator.sources.SourceException.Problem;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import okhttp3.HttpUrl;
import okio.Buffer;
import okio.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceClientTest {

    private static final SourceLimits LIMITS = new SourceLimits(100_000, 10);
    private static final ByteString WORKER =
            new Tar().file("index.js", "export default {}").gz();

    private final MockWebServer flux = new MockWebServer();
    private final MockWebServer other = new MockWebServer();

    @BeforeEach
    void start() throws IOException {
        flux.start();
        other.start();
    }

    @AfterEach
    void stop() {
        flux.close();
        other.close();
    }

    private SourceClient client(String... hosts) {
        return new SourceClient(SourceHosts.of(List.of(hosts)), LIMITS, Duration.ofSeconds(5));
    }

    private SourceClient allowed() {
        return client("localhost:" + flux.getPort());
    }

    private String url() {
        return "http://localhost:" + flux.getPort() + "/gitrepository/mail/mailbox/abc.tar.gz";
    }

    private static MockResponse body(ByteString bytes) {
        return new MockResponse.Builder().body(new Buffer().write(bytes)).build();
    }

    private static MockResponse redirect(String to) {
        return new MockResponse.Builder().code(302).setHeader("Location", to).build();
    }

    private Problem problem(SourceClient client, String url, String digest) {
        return catchThrowableOfType(SourceException.class, () -> client.artifact(url, digest))
                .problem();
    }

    /** A proxy, and a CA of one's own, are for some hosts and not for others. */
    @Test
    void eachHopGoesItsOwnWay() {
        List<Integer> asked = new ArrayList<>();
        flux.enqueue(redirect("http://localhost:" + other.getPort() + "/files"));
        other.enqueue(body(WORKER));
        SourceClient client = new SourceClient(
                SourceHosts.of(List.of("localhost")), LIMITS, Duration.ofSeconds(5), (builder, address) -> {
                    asked.add(address.port());
                    return builder;
                });

        client.artifact(url(), SourceClient.digestOf(WORKER));

        assertThat(asked).containsExactly(flux.getPort(), other.getPort());
    }

    @Test
    void anArtifactOfFluxIsItsFilesUnderItsDigest() {
        flux.enqueue(body(WORKER));

        Bundle bundle = allowed().artifact(url(), SourceClient.digestOf(WORKER));

        assertThat(bundle.digest()).isEqualTo(SourceClient.digestOf(WORKER));
        assertThat(bundle.file("index.js")).contains(FileContent.of("export default {}"));
        assertThat(bundle.file("other.js")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha256:0000", "sha512:abc", "", "abc"})
    void bytesThatTheDigestDoesNotNameAreNotUsed(String digest) {
        flux.enqueue(body(WORKER));

        assertThat(problem(allowed(), url(), digest)).isEqualTo(Problem.WRONG_DIGEST);
    }

    @Test
    void aHostThatIsNotAllowedIsNotAsked() {
        assertThat(problem(client("ghcr.io"), url(), "sha256:x")).isEqualTo(Problem.HOST_NOT_ALLOWED);
        assertThat(flux.getRequestCount()).isZero();
    }

    @Test
    void norWhereAnAllowedHostRedirectsToIt() {
        flux.enqueue(redirect("http://localhost:" + other.getPort() + "/latest/meta-data"));

        assertThat(problem(allowed(), url(), "sha256:x")).isEqualTo(Problem.HOST_NOT_ALLOWED);
        assertThat(other.getRequestCount()).isZero();
    }

    /** Each hop may take its time, and there are five for each of many layers: other tenants wait for the thread. */
    @Test
    void allRequestsOfASourceTogetherHaveAnEnd() {
        AtomicLong nanos = new AtomicLong();
        for (int i = 0; i < 5; i++) {
            flux.enqueue(redirect("/again"));
        }
        SourceClient slow = new SourceClient(
                SourceHosts.of(List.of("localhost")),
                LIMITS,
                Duration.ofSeconds(5),
                (builder, address) -> builder,
                () -> nanos.getAndAdd(Duration.ofSeconds(5).toNanos()));

        assertThat(problem(slow, url(), "sha256:x")).isEqualTo(Problem.UNAVAILABLE);
        assertThat(flux.getRequestCount()).isEqualTo(2);
    }

    @Test
    void redirectsHaveAnEnd() {
        for (int i = 0; i < 10; i++) {
            flux.enqueue(redirect("/again"));
        }

        assertThat(problem(allowed(), url(), "sha256:x")).isEqualTo(Problem.UNAVAILABLE);
        assertThat(flux.getRequestCount()).isEqualTo(5);
    }

    @Test
    void credentialsStayWithTheHostThatTheyWereMeantFor() throws InterruptedException {
        flux.enqueue(redirect("http://localhost:" + other.getPort() + "/blob"));
        other.enqueue(body(WORKER));
        SourceClient both = client("localhost");

        both.get(both.begin(), HttpUrl.get(url()), "Bearer something", "*/*", 1_000);

        assertThat(flux.takeRequest().getHeaders().get("Authorization")).isEqualTo("Bearer something");
        assertThat(other.takeRequest().getHeaders().get("Authorization")).isNull();
    }

    @Test
    void aBodyIsReadToItsBoundAndNoFurther() {
        flux.enqueue(body(ByteString.of(new byte[LIMITS.bytes() + 1])));

        assertThat(problem(allowed(), url(), "sha256:x")).isEqualTo(Problem.TOO_LARGE);
    }

    /** As it came and unpacked at once it would be twice in memory. */
    @Test
    void whatComesIsUnpackedOnItsWay() {
        int size = 8 << 20;
        byte[] random = new byte[size / 2];
        new Random(1).nextBytes(random);
        ByteString packed = new Tar().file("a", ByteString.of(random).hex()).gz();
        flux.enqueue(body(packed));
        SourceClient client = new SourceClient(
                SourceHosts.of(List.of("localhost")), new SourceLimits(2 * size, 10), Duration.ofSeconds(30));

        long taken = Allocation.of(() -> client.artifact(url(), SourceClient.digestOf(packed)));

        assertThat(packed.size()).isGreaterThan(size / 2);
        assertThat(taken).isLessThan(size / 4 * 5);
    }

    @Test
    void aHostThatBreaksOffIsNoFaultOfTheArchives() {
        ByteString whole = new Tar().file("a", "x".repeat(50_000)).gz();
        flux.enqueue(new MockResponse.Builder()
                .body(new Buffer().write(whole.substring(0, whole.size() / 2)))
                .setHeader("Content-Length", whole.size())
                .onResponseEnd(new SocketEffect.CloseSocket())
                .build());

        assertThat(problem(allowed(), url(), SourceClient.digestOf(whole))).isEqualTo(Problem.UNAVAILABLE);
    }

    @ParameterizedTest
    @CsvSource({"401,ACCESS_DENIED", "403,ACCESS_DENIED", "404,NOT_FOUND", "500,UNAVAILABLE", "204,UNAVAILABLE"})
    void whatTheHostAnswersIsSaid(int status, Problem problem) {
        flux.enqueue(new MockResponse.Builder().code(status).build());

        assertThat(problem(allowed(), url(), "sha256:x")).isEqualTo(problem);
    }

    @ParameterizedTest
    @CsvSource({
        "ghcr.io,https://ghcr.io/v2/,true",
        "ghcr.io,http://ghcr.io/v2/,false",
        "ghcr.io,https://ghcr.io.evil.example/,false",
        "ghcr.io,https://ghcr.io@evil.example/,false",
        "*.corp.example,https://a.corp.example/,true",
        "*.corp.example,https://corp.example/,false",
        "*.corp.example,https://xcorp.example/,false",
        "registry.corp.example:5000,https://registry.corp.example:5000/,true",
        "registry.corp.example:5000,https://registry.corp.example/,false",
        "source-controller.flux-system.svc.cluster.local,http://source-controller.flux-system.svc.cluster.local./a,true",
        "ghcr.io,http://169.254.169.254/,false",
    })
    void onlyHostsOfTheListAreAllowedAndThoseOutsideOnlyOverTls(String pattern, String url, boolean allowed) {
        assertThat(SourceHosts.of(List.of(pattern)).allows(HttpUrl.get(url))).isEqualTo(allowed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "https://ghcr.io", "ghcr.io/acme", "a b", "*.*.example", "-"})
    void aPatternThatIsNoHostIsRefused(String pattern) {
        assertThatIllegalArgumentException().isThrownBy(() -> SourceHosts.of(List.of(pattern)));
    }
}
