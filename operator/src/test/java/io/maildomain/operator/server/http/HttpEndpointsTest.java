package io.maildomain.operator.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpEndpointsTest {

    private final AtomicReference<ProbeResult> alive = new AtomicReference<>(ProbeResult.pass("ok"));
    private final AtomicReference<ProbeResult> readiness = new AtomicReference<>(ProbeResult.pass("leading"));
    private final AtomicReference<Meta> meta = new AtomicReference<>(Meta.of("1.2.3", Map.of()));
    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicReference<String> metrics = new AtomicReference<>("calls_total 3\n");
    private final List<Socket> sockets = new ArrayList<>();
    private volatile Runnable scraped = () -> {};
    private HttpEndpoints endpoints;

    @BeforeEach
    void start() throws IOException {
        endpoints =
                HttpEndpoints.start(0, new HttpEndpoints.Sources(alive::get, readiness::get, this::scrape, meta::get));
    }

    private String scrape() {
        scraped.run();
        return metrics.get();
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        endpoints.close();
    }

    @Test
    void healthFollowsItsSupplier() {
        assertThat(get("/healthz")).satisfies(answer -> {
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("ok\n");
        });
        alive.set(ProbeResult.fail("an informer has stopped"));
        assertThat(get("/healthz")).satisfies(answer -> {
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).isEqualTo("an informer has stopped\n");
        });
    }

    @Test
    void readinessSaysWhy() {
        assertThat(get("/readyz")).satisfies(answer -> {
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("leading\n");
        });
        readiness.set(ProbeResult.fail("starting"));
        assertThat(get("/readyz")).satisfies(answer -> {
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).isEqualTo("starting\n");
        });
    }

    @Test
    void metricsAreInPrometheusText() {
        HttpResponse<String> answer = get("/metrics");
        assertThat(answer.body()).isEqualTo("calls_total 3\n");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
    }

    @Test
    void metaTellsWhichKeyWonForTheDefaultAccountAndForEach() throws IOException {
        Meta.Account main = new Meta.Account(
                true,
                Map.of(
                        "runtime", new Meta.Surface("CLOUDFLARE_RUNTIME_API_TOKEN", "Split", "mail-system/tokens"),
                        "deploy", new Meta.Surface("CLOUDFLARE_API_TOKEN", "Shared", null)));
        meta.set(Meta.of("1.2.3", Map.of("default", main, "other", new Meta.Account(false, Map.of()))));

        HttpResponse<String> answer = get("/api/meta");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        String account = """
                {"cloudflareDomainBindingEnabled": true,
                 "surfaces": {"deploy": {"key": "CLOUDFLARE_API_TOKEN", "source": "Shared"},
                  "runtime": {"key": "CLOUDFLARE_RUNTIME_API_TOKEN", "source": "Split", "secret": "mail-system/tokens"}}}""";
        ObjectMapper json = new ObjectMapper();
        assertThat(json.readTree(answer.body()))
                .isEqualTo(json.readTree("""
                        {"version": "1.2.3", %s,
                         "accounts": {"default": %s, "other": {"cloudflareDomainBindingEnabled": false, "surfaces": {}}}}""".formatted(account.strip().replaceAll("^\\{|}$", ""), account)));
    }

    @Test
    void withoutADefaultAccountDomainBindingIsOff() {
        assertThat(Meta.of("1", Map.of("other", new Meta.Account(true, Map.of())))
                        .cloudflareDomainBindingEnabled())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/healthz/", "/healthz/x", "/api", "/api/meta/../../etc/passwd", "/metricsx", "/HEALTHZ"})
    void whatIsNotADocumentIsNotFound(String path) {
        assertThat(get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void aQueryDoesNotMatter() {
        assertThat(get("/healthz?verbose").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS"})
    void onlyGetAndHeadAreAllowed(String method) {
        HttpResponse<String> answer = send(method, "/healthz");
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).hasValue("GET, HEAD");
    }

    @Test
    void headAnswersAsGetWithoutTheBody() {
        HttpResponse<String> answer = send("HEAD", "/metrics");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().firstValue("Content-Length")).hasValue("14");
    }

    @Test
    void aFailingSourceIsAnErrorThatTellsNothing() {
        HttpEndpoints.Sources failing = new HttpEndpoints.Sources(
                () -> ProbeResult.pass("ok"),
                () -> {
                    throw new IllegalStateException("hunter2");
                },
                () -> "",
                meta::get);
        assertThat(failing.alive().get().passes()).isTrue();
        try (HttpEndpoints broken = HttpEndpoints.start(0, failing)) {
            HttpResponse<String> answer = send("GET", broken.port(), "/readyz");
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).doesNotContain("hunter2");
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void aTakenPortIsOneClearLine() {
        int taken = endpoints.port();
        HttpEndpoints.Sources sources = new HttpEndpoints.Sources(alive::get, readiness::get, () -> "", meta::get);
        assertThatThrownBy(() -> HttpEndpoints.start(taken, sources))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("port " + taken)
                .hasMessageContaining("--http-port")
                .satisfies(failure -> assertThat(failure.getMessage().lines()).hasSize(1));
    }

    /** A port scanner, a broken scraper, a pod that means harm: the kubelet must not take it for our death. */
    @ParameterizedTest
    @CsvSource({"8, /healthz", "80, /healthz", "2000, /healthz", "80, /readyz", "8, /metrics", "80, /metrics"})
    void requestsThatNeverEndKeepNobodyWaiting(int howMany, String path) throws IOException {
        for (int i = 0; i < howMany; i++) {
            type(connect(), "GET " + path + " HTTP/1.1\r\nHost: ");
        }
        assertAnsweredAtOnce(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/healthz", "/readyz", "/metrics"})
    void connectionsThatSayNothingKeepNobodyWaiting(String path) throws IOException {
        for (int i = 0; i < 1_000; i++) {
            connect();
        }
        assertAnsweredAtOnce(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/healthz", "/readyz", "/metrics"})
    void whoKeepsItsConnectionAfterAnAnswerKeepsNobodyWaiting(String path) throws IOException {
        for (int i = 0; i < 200; i++) {
            Socket socket = connect();
            type(socket, "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: keep-alive\r\n\r\n");
            socket.getInputStream().read();
        }
        assertAnsweredAtOnce(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/healthz", "/readyz", "/metrics"})
    void whoAsksAndDoesNotReadKeepsNobodyWaiting(String path) throws IOException {
        metrics.set("a line of metrics\n".repeat(350_000));
        for (int i = 0; i < 80; i++) {
            type(connect(), "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n");
        }
        assertAnsweredAtOnce(path);
    }

    @Test
    void metricsThatAreStuckDoNotStopTheProbes() throws IOException {
        CountDownLatch never = new CountDownLatch(1);
        scraped = () -> {
            try {
                never.await();
            } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
            }
        };
        for (int i = 0; i < 80; i++) {
            type(connect(), "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n");
        }
        assertAnsweredAtOnce("/healthz");
        assertAnsweredAtOnce("/readyz");
        never.countDown();
    }

    @Test
    void aRequestThatComesByDribsIsGivenUp() throws IOException {
        Socket socket = connect();
        type(socket, "GET /healthz HTTP/1.1\r\nX: ");

        await().atMost(Duration.ofSeconds(30)).until(() -> isGivenUp(socket));
    }

    /** Each try sends one more byte of a header that has no end. */
    private static boolean isGivenUp(Socket socket) throws IOException {
        socket.setSoTimeout(1);
        try {
            socket.getOutputStream().write('x');
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException stillOpen) {
            return false;
        } catch (SocketException reset) {
            return true;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "nonsense, 400",
        "GET, 400",
        "GET healthz HTTP/1.1, 400",
        "GET /healthz HTTP/1.1 more, 400",
        "GET /healthz SMTP/1.0, 400",
        "G(T /healthz HTTP/1.1, 400",
        "GET /healthz HTTP/1.1, 200",
        "GET /healthz HTTP/1.0, 200",
        "GET http://somewhere/healthz HTTP/1.1, 200"
    })
    void whatIsNoRequestIsSaidToBeNone(String line, int status) throws IOException {
        assertThat(exchange(line + "\r\nHost: x\r\n\r\n")).startsWith("HTTP/1.1 " + status + " ");
    }

    @Test
    void aRequestWithoutEndOrMeasureIsRefused() throws IOException {
        assertThat(exchange("GET /healthz HTTP/1.1\r\nX: " + "x".repeat(9_000))).startsWith("HTTP/1.1 431 ");
    }

    @Test
    void anAnswerSaysWhenItWasGivenAndThatItIsTheLast() {
        HttpResponse<String> answer = get("/healthz");
        assertThat(answer.headers().firstValue("Date"))
                .hasValueSatisfying(date -> assertThat(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME))
                        .isCloseTo(ZonedDateTime.now(ZoneOffset.UTC), within(10, ChronoUnit.SECONDS)));
        assertThat(answer.headers().firstValue("Content-Length")).hasValue("3");
    }

    @Test
    void aBodyThatNobodyAskedForDoesNotCostTheAnswer() throws IOException {
        String body = "x".repeat(100_000);
        assertThat(exchange("POST /healthz HTTP/1.1\r\nContent-Length: 100000\r\n\r\n" + body))
                .startsWith("HTTP/1.1 405 ")
                .contains("only GET and HEAD");
    }

    private String exchange(String request) throws IOException {
        Socket socket = connect();
        socket.setSoTimeout(10_000);
        type(socket, request);
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        // So small that the kernel does not take a long answer in the place of a client that does not.
        socket.setReceiveBufferSize(4_096);
        sockets.add(socket);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), endpoints.port()));
        return socket;
    }

    private static void type(Socket socket, String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException hungUpOn) {
            // One of many that are in no other's way any more.
        }
    }

    /** The kubelet waits for a second unless told otherwise. */
    private void assertAnsweredAtOnce(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + endpoints.port() + path))
                .timeout(Duration.ofSeconds(1))
                .build();
        for (int i = 0; i < 5; i++) {
            assertThat(http.sendAsync(request, BodyHandlers.ofString()))
                    .succeedsWithin(Duration.ofSeconds(2))
                    .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(200));
        }
    }

    private HttpResponse<String> get(String path) {
        return send("GET", path);
    }

    private HttpResponse<String> send(String method, String path) {
        return send(method, endpoints.port(), path);
    }

    private HttpResponse<String> send(String method, int port, String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, BodyPublishers.noBody())
                .build();
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException | InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }
}
