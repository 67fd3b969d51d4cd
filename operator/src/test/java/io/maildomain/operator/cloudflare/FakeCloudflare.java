package io.maildomain.operator.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.maildomain.operator.cloudflare.deploy.DeployApis;
import io.maildomain.operator.cloudflare.ratelimit.Applicant;
import io.maildomain.operator.cloudflare.ratelimit.ManualTicker;
import io.maildomain.operator.cloudflare.ratelimit.ServiceClass;
import io.maildomain.operator.credentials.ApiToken;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A server that answers what a test queues, and a client of it. */
final class FakeCloudflare implements AutoCloseable {
    static final String TOKEN = "a-very-secret-token-0123456789-0123456789";
    static final String ZONE = "00000000000000000000000000000001";
    static final String RULE = "00000000000000000000000000000002";
    static final String ACCOUNT = "0123456789abcdef0123456789abcdef";
    static final Instant NOW = Instant.parse("2026-11-24T03:00:00Z");
    static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);

    final MockWebServer server = new MockWebServer();
    final ManualTicker ticker = new ManualTicker();
    final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    final AtomicBoolean leader = new AtomicBoolean(true);
    private CloudflareClients clients;

    FakeCloudflare() {
        try {
            server.start();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        use(settings(url()));
    }

    String url() {
        return server.url("/client/v4").toString();
    }

    static ClientSettings settings(String url) {
        return settings(url, CALL_TIMEOUT);
    }

    static ClientSettings settings(String url, Duration callTimeout) {
        return new ClientSettings(
                URI.create(url),
                callTimeout,
                Duration.ofSeconds(5),
                1200,
                Duration.ofSeconds(300),
                20,
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                "mail-domain-operator/test",
                Egress.usual());
    }

    void use(ClientSettings settings) {
        if (clients != null) {
            clients.close();
        }
        // Each answer is queued for a call of the test: none of them is for the verification of a refused token.
        clients = new CloudflareClients(settings, Clock.fixed(NOW, ZoneOffset.UTC), ticker, metrics, leader::get);
    }

    CloudflareClients clients() {
        return clients;
    }

    Cloudflare client() {
        return clients.forToken(ApiToken.of(TOKEN));
    }

    /** The deploy surface of the account, as a turn hands it out. */
    DeployApis deploy() {
        return deploy(clients, ApiToken.of(TOKEN), ACCOUNT);
    }

    static DeployApis deploy(CloudflareClients clients, ApiToken token, String accountId) {
        Admission admission = clients.enter(token, new Applicant("uid", "mail", ServiceClass.CHANGE, 1));
        return ((Admission.Admitted) admission).turn().deploy().of(accountId);
    }

    /** Queues a success with this result, given as JSON. */
    FakeCloudflare result(String json) {
        return answers(200, "{\"success\":true,\"errors\":[],\"messages\":[],\"result\":" + json + "}");
    }

    /** Queues a page of a list with its totals. */
    FakeCloudflare page(String json, String resultInfo) {
        return answers(200, "{\"success\":true,\"result\":" + json + ",\"result_info\":" + resultInfo + "}");
    }

    FakeCloudflare refuses(int status, int code, String message) {
        return answers(status, refusal(code, message));
    }

    static String refusal(int code, String message) {
        return "{\"success\":false,\"errors\":[{\"code\":%d,\"message\":\"%s\"}],\"messages\":[],\"result\":null}"
                .formatted(code, message);
    }

    FakeCloudflare answers(int status, String body) {
        return answers(new MockResponse.Builder()
                .code(status)
                .setHeader("Content-Type", "application/json")
                .body(body));
    }

    FakeCloudflare answers(MockResponse.Builder response) {
        server.enqueue(response.build());
        return this;
    }

    RecordedRequest request() {
        try {
            RecordedRequest request = server.takeRequest(10, TimeUnit.SECONDS);
            assertThat(request).as("a request arrived").isNotNull();
            return request;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Method, path below the base URL, and body if there is one: {@code POST /zones {"name":…}}. */
    String said() {
        RecordedRequest request = request();
        String body = request.getBody() == null ? "" : request.getBody().utf8();
        return (request.getMethod() + " " + request.getTarget().replaceFirst("^/client/v4", "") + " " + body).strip();
    }

    static CloudflareException failing(ThrowingCallable call) {
        CloudflareException exception = catchThrowableOfType(CloudflareException.class, call);
        assertThat(exception).as("a CloudflareException").isNotNull();
        return exception;
    }

    @Override
    public void close() {
        clients.close();
        server.close();
    }
}
