package io.maildomain.operator.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpEndpointsTest {

    private final AtomicBoolean alive = new AtomicBoolean(true);
    private final AtomicReference<Readiness> readiness = new AtomicReference<>(Readiness.yes("leading"));
    private final AtomicReference<Meta> meta = new AtomicReference<>(Meta.of("1.2.3", Map.of()));
    private final HttpClient http = HttpClient.newHttpClient();
    private HttpEndpoints endpoints;

    @BeforeEach
    void start() throws IOException {
        endpoints = HttpEndpoints.start(
                0, new HttpEndpoints.Sources(alive::get, readiness::get, () -> "calls_total 3\n", meta::get));
    }

    @AfterEach
    void stop() {
        endpoints.close();
    }

    @Test
    void healthFollowsItsSupplier() {
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
        alive.set(false);
        assertThat(get("/healthz").statusCode()).isEqualTo(503);
    }

    @Test
    void readinessSaysWhy() {
        assertThat(get("/readyz")).satisfies(answer -> {
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("leading\n");
        });
        readiness.set(Readiness.no("starting"));
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
                () -> true,
                () -> {
                    throw new IllegalStateException("hunter2");
                },
                () -> "",
                meta::get);
        assertThat(failing.alive().getAsBoolean()).isTrue();
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
