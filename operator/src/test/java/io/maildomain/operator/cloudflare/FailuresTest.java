package io.maildomain.operator.cloudflare;

import static io.maildomain.operator.cloudflare.FakeCloudflare.ACCOUNT;
import static io.maildomain.operator.cloudflare.FakeCloudflare.ZONE;
import static io.maildomain.operator.cloudflare.FakeCloudflare.failing;
import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.operator.cloudflare.Failure.Malformed;
import io.maildomain.operator.cloudflare.Failure.Refused;
import io.maildomain.operator.cloudflare.Failure.Unreachable;
import io.maildomain.operator.cloudflare.Failure.Unreachable.TransportError;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailuresTest {
    private static final String ZONE_JSON =
            "{\"id\":\"%s\",\"name\":\"example.com\",\"created_on\":\"2026-11-24T02:00:00Z\"}".formatted(ZONE);

    private final FakeCloudflare cloudflare = new FakeCloudflare();

    @AfterEach
    void stop() {
        cloudflare.close();
    }

    private CloudflareException readFails() {
        return failing(() -> cloudflare.client().zone(ZONE));
    }

    private CloudflareException writeFails() {
        return failing(() -> cloudflare.client().createZone("example.com", ACCOUNT));
    }

    private static MockResponse.Builder answer() {
        return new MockResponse.Builder();
    }

    @Test
    void aRefusalKeepsStatusCodesAndTexts() {
        cloudflare.answers(400, """
                {"success":false,"result":null,"messages":[],"errors":[
                  {"code":6003,"message":"Invalid request headers","error_chain":[{"code":6111,"message":"Invalid format for Authorization header"}]},
                  {"code":7,"message":"second"}]}""");

        CloudflareException exception = readFails();

        assertThat(exception.call()).isEqualTo(CloudflareCall.GET_ZONE);
        Refused refused = exception.refused().orElseThrow();
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo(6003);
        assertThat(refused.errors())
                .containsExactly(
                        new ApiError(6003, "Invalid request headers"),
                        new ApiError(6111, "Invalid format for Authorization header"),
                        new ApiError(7, "second"));
        assertThat(exception)
                .hasMessageStartingWith("GET /zones/{zone_id}: ")
                .hasMessageContaining("6003")
                .hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>502 Bad Gateway</html>",
                "[]",
                "null",
                "{}",
                "{\"errors\":\"none\"}",
                "{\"errors\":[\"x\",null,7]}",
                "{\"errors\":{\"code\":3}}",
                "{\"errors\":[["
            })
    void aRefusalWithoutAnEnvelopeKeepsItsStatus(String body) {
        cloudflare.answers(502, body);

        assertThat(readFails().refused()).contains(new Refused(502, java.util.List.of(), null));
    }

    @Test
    void theTextsOfAHostileServerAreCleanedAndBounded() {
        cloudflare.answers(
                400,
                "{\"errors\":[{\"code\":1,\"message\":\"a\\u0000b\\r\\nINFO forged \\u202e" + "x".repeat(5000) + "\"}"
                        + ",{\"code\":2}".repeat(5000) + "]}");

        Refused refused = readFails().refused().orElseThrow();

        assertThat(refused.errors()).hasSize(5);
        assertThat(refused.errors().get(0).message())
                .startsWith("a b INFO forged xxx")
                .hasSize(300)
                .endsWith("…");
    }

    @ParameterizedTest
    @CsvSource({
        "42,                            PT42S",
        "0,                             PT0S",
        "'Tue, 24 Nov 2026 03:00:07 GMT', PT7S",
        "'Tue, 24 Nov 2026 02:00:07 GMT', PT0S",
        "999999999,                     PT1H",
        "soon,",
        "-5,",
        "1.5,",
        "99999999999999999999,",
    })
    void retryAfterIsReadAsSecondsOrAsADate(String header, Duration expected) {
        cloudflare.answers(answer().code(429)
                .setHeader("Date", "Tue, 24 Nov 2026 03:00:00 GMT")
                .setHeader("Retry-After", header));

        assertThat(readFails().refused().orElseThrow().waitAsked()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "400, true",
        "401, false",
        "403, true",
        "404, true",
        "409, true",
        "422, true",
        "429, false",
        "408, true",
        "500, true",
        "502, true",
        "503, true",
        "504, true",
        "524, true"
    })
    void aFailingServerMayHaveDoneItAndSoMayOneThatGivesNoReason(int status, boolean mayHaveTakenEffect) {
        cloudflare.answers(status, "").answers(status, "");

        CloudflareException write = writeFails();
        assertThat(write.mayHaveTakenEffect()).isEqualTo(mayHaveTakenEffect);
        assertThat(write.isDefinitive()).isNotEqualTo(mayHaveTakenEffect);
        assertThat(readFails().mayHaveTakenEffect()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "400, 1061,  true",
        "400, 1097,  true",
        "400, 1118,  true",
        "403, 10000, true",
        "400, 9109,  true",
        "403, 0,     true",
        "429, 971,   true",
        "400, 6003,  true",
        "400, 7003,  true",
        "400, 1052,  false",
        "404, 10007, false",
        "400, 0,     false",
        "400, 10001, false",
        "403, 1150,  false",
        "409, 2020,  false",
        "500, 1061,  false",
    })
    void whichRefusalsOfANewZoneAreDefinitiveIsAList(int status, int code, boolean definitive) {
        cloudflare.refuses(status, code, "words");

        assertThat(writeFails().isDefinitive()).isEqualTo(definitive);
    }

    @ParameterizedTest
    @CsvSource({
        "409, 2008, true",
        "409, 2014, true",
        "400, 2054, true",
        "400, 1052, false",
        "404, 10007, false",
        "400, 4711, false"
    })
    void andSoItIsForEmailRouting(int status, int code, boolean definitive) {
        cloudflare.refuses(status, code, "words");

        CloudflareException failure =
                FakeCloudflare.failing(() -> cloudflare.client().enableRouting(FakeCloudflare.ZONE));
        assertThat(failure.isDefinitive()).isEqualTo(definitive);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>Welcome to the hotel's network</html>",
                "[1,2]",
                "\"ok\"",
                "{\"success\":true,\"result\":[]}",
                "{\"success\":true,\"result\":\"zone\"}",
                "{\"success\":\"true\",\"result\":{}}",
                "{\"success\":true,\"result\":null}",
                "{\"success\":true}",
                "{\"success\":true,\"result\":{}}",
                "{\"success\":true,\"result\":{\"id\":\"../x\",\"name\":\"a\",\"created_on\":\"2026-11-24T02:00:00Z\"}}",
                "{\"success\":true,\"result\":{\"id\":\"00000000000000000000000000000001\",\"created_on\":\"2026-11-24T02:00:00Z\"}}",
                "{\"success\":true,\"result\":{\"id\":\"00000000000000000000000000000001\",\"name\":\"a\"}}",
                "{\"success\":true,\"result\":{\"id\":\"00000000000000000000000000000001\",\"name\":\"a\",\"created_on\":\"yesterday\"}}",
                "{\"success\":true,\"result\":{\"id\":\"00000000000000000000000000000001\",\"name\":\"a\",\"created_on\":\"2026-11-24T02:00:00Z\",\"account\":{\"id\":\"mine\"}}}",
                "{\"success\":false,\"errors\":[{\"code\":1061,\"message\":\"exists\"}],\"result\":null}",
                "{\"success\":true,\"result\":{\"id\":",
            })
    void anAnswerThatIsNotCloudflaresIsMalformedAndAWriteMayHaveTakenEffect(String body) {
        cloudflare.answers(200, body).answers(200, body);

        CloudflareException read = readFails();
        assertThat(read.failure()).isInstanceOf(Malformed.class);
        assertThat(((Malformed) read.failure()).status()).isEqualTo(200);
        assertThat(read.mayHaveTakenEffect()).isFalse();
        assertThat(writeFails().mayHaveTakenEffect()).isTrue();
    }

    @Test
    void aSuccessThatIsNoneSaysWhy() {
        cloudflare.answers(200, FakeCloudflare.refusal(1061, "already exists"));

        assertThat(((Malformed) readFails().failure()).detail()).contains("1061", "already exists");
    }

    @Test
    void aPageInsteadOfJsonIsDescribedWithoutQuotingIt() {
        cloudflare.answers(answer().setHeader("Content-Type", "text/html").body("<html>secret of the proxy</html>"));

        assertThat(((Malformed) readFails().failure()).detail())
                .isEqualTo("a body of type text/html that is no JSON as Cloudflare gives it: line 1, column 1");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsNotFollowedSinceItCouldCarryTheTokenAway(int status) {
        for (int i = 0; i < 2; i++) {
            cloudflare.answers(answer().code(status).setHeader("Location", cloudflare.url() + "/elsewhere"));
        }

        assertThat(readFails().failure()).isEqualTo(new Malformed(status, "a redirect, which is not followed", false));
        assertThat(writeFails().mayHaveTakenEffect()).isTrue();
        assertThat(cloudflare.server.getRequestCount()).isEqualTo(2);
    }

    @Test
    void aBodyWithoutEndIsNotReadToItsEnd() throws IOException {
        Buffer bomb = new Buffer();
        try (var gzip = Okio.buffer(new GzipSink(bomb))) {
            for (int i = 0; i < 9; i++) {
                gzip.write(new byte[1 << 20]);
            }
        }
        cloudflare.answers(answer().setHeader("Content-Encoding", "gzip").body(bomb));

        assertThat(readFails().failure()).isEqualTo(new Malformed(200, "the answer is larger than 8 MiB", false));
    }

    @Test
    void whatIsNoHttpAtAllIsMalformed() {
        cloudflare.answers(answer().status("SSH-2.0-OpenSSH"));

        assertThat(writeFails().failure()).isInstanceOf(Malformed.class);
    }

    @Test
    void aDeeplyNestedBodyIsMalformed() {
        cloudflare.answers(200, "{\"success\":true,\"errors\":" + "[".repeat(100_000));

        assertThat(readFails().failure()).isInstanceOf(Malformed.class);
    }

    @Test
    void a503WithRetryAfterZeroDoesNotMakeTheTransportRepeatAWrite() {
        cloudflare.answers(answer().code(503).setHeader("Retry-After", "0"));

        assertThat(writeFails().refused().orElseThrow().status()).isEqualTo(503);
        assertThat(cloudflare.server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void aWriteWhoseAnswerIsLostMayHaveTakenEffectAndIsNotRepeated() {
        cloudflare.answers(answer().onResponseStart(new SocketEffect.CloseSocket()));

        CloudflareException exception = writeFails();

        assertThat(((Unreachable) exception.failure()).kind()).isEqualTo(TransportError.CONNECTION_LOST);
        assertThat(exception.mayHaveTakenEffect()).isTrue();
        assertThat(cloudflare.server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void aBodyThatBreaksOffIsALostConnection() {
        cloudflare.answers(answer().body("{\"success\":true,\"result\":" + ZONE_JSON + "}")
                .onResponseBody(new SocketEffect.CloseSocket()));

        CloudflareException exception = writeFails();

        assertThat(((Unreachable) exception.failure()).kind()).isEqualTo(TransportError.CONNECTION_LOST);
        assertThat(exception.mayHaveTakenEffect()).isTrue();
    }

    @Test
    void aReadOnAConnectionThatTheServerClosedMeanwhileIsSentOnceMore() {
        cloudflare
                .answers(answer().body("{\"success\":true,\"result\":" + ZONE_JSON + "}")
                        .onResponseEnd(new SocketEffect.CloseSocket()))
                .result(ZONE_JSON);
        cloudflare.client().zone(ZONE);

        assertThat(cloudflare.client().zone(ZONE).id()).isEqualTo(ZONE);
        assertThat(cloudflare.server.getRequestCount()).isEqualTo(2);
    }

    @Test
    void aReadThatIsLostOnAFreshConnectionFails() {
        cloudflare
                .answers(answer().onResponseStart(new SocketEffect.CloseSocket()))
                .result(ZONE_JSON);

        assertThat(((Unreachable) readFails().failure()).kind()).isEqualTo(TransportError.CONNECTION_LOST);
    }

    @Test
    void silenceIsATimeout() {
        cloudflare.use(FakeCloudflare.settings(cloudflare.url(), Duration.ofMillis(300)));
        for (int i = 0; i < 2; i++) {
            cloudflare.answers(answer().onResponseStart(SocketEffect.Stall.INSTANCE));
        }

        assertThat(((Unreachable) readFails().failure()).kind()).isEqualTo(TransportError.TIMEOUT);
        assertThat(writeFails().mayHaveTakenEffect()).isTrue();
    }

    @Test
    void nobodyListeningMeansThatNothingWasSent() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        cloudflare.use(FakeCloudflare.settings("http://127.0.0.1:" + port + "/client/v4"));

        CloudflareException exception = writeFails();

        assertThat(((Unreachable) exception.failure()).kind()).isEqualTo(TransportError.CONNECT);
        assertThat(exception.mayHaveTakenEffect()).isFalse();
    }

    @Test
    void aServerWithoutTlsIsATlsFailureAndNothingWasSent() throws IOException {
        try (PlainServer plain = new PlainServer()) {
            cloudflare.use(FakeCloudflare.settings("https://localhost:" + plain.port() + "/client/v4"));

            CloudflareException exception = writeFails();

            assertThat(((Unreachable) exception.failure()).kind()).isEqualTo(TransportError.TLS);
            assertThat(exception.mayHaveTakenEffect()).isFalse();
        }
    }

    @Test
    void anUnknownHostMeansThatNothingWasSent() {
        cloudflare.use(FakeCloudflare.settings("http://api.cloudflare.invalid/client/v4"));

        CloudflareException exception = writeFails();

        assertThat(((Unreachable) exception.failure()).kind()).isEqualTo(TransportError.DNS);
        assertThat(exception.mayHaveTakenEffect()).isFalse();
    }
}
