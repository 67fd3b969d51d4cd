package io.maildomain.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.simulator.quirks.Quirk;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client sees of the server itself. */
class HttpTest extends SimulatorTestCase {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nonsense",
                "/zones/nonsense",
                "/zones//dns_records",
                "/zones/0123456789ABCDEF0123456789ABCDEF",
                "/zones/nonsense/email/routing/rules",
                "/accounts/nonsense/email/routing/addresses",
                "/accounts/x%2Fy/email/routing/addresses",
                "/zones/",
                "/"
            })
    void malformedIdsAndUnknownRoutesCannotBeRouted(String path) {
        Reply reply = owner.get(path);
        assertThat(reply.refusal()).isEqualTo("400/7003");
        assertThat(reply.message())
                .isEqualTo("Could not route to " + path + ", perhaps your object identifier is invalid?");
        assertThat(reply.json().at("/errors/1/code").asInt()).isEqualTo(7000);
        quirk(Quirk.NO_ROUTE_STATUS, "404");
        assertThat(owner.get(path).refusal()).isEqualTo("404/7003");
    }

    @Test
    void aMethodThatARouteHasNotIsNamed() {
        Reply reply = owner.delete("/zones");
        assertThat(reply.refusal()).isEqualTo("405/7001");
        assertThat(reply.header("Allow")).isEqualTo("GET, POST");
    }

    @Test
    void headIsGetWithoutABody() {
        Reply reply = owner.send("HEAD", "/zones", null);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text()).isEmpty();
        assertThat(Integer.parseInt(reply.header("Content-Length"))).isPositive();
    }

    @Test
    void optionsTellWhatThereIs() {
        Reply reply = owner.send("OPTIONS", "/zones", null);
        assertThat(reply.status()).isEqualTo(204);
        assertThat(reply.header("Allow")).isEqualTo("GET, POST");
    }

    @Test
    void aBodyHasALimit() {
        Reply reply = owner.post("/zones", "{\"name\": \"" + "a".repeat(1 << 20) + "\"}");
        assertThat(reply.status()).isEqualTo(413);
        assertThat(controls.state().path("zones")).isEmpty();
    }

    @Test
    void everyAnswerIsDatedByTheSimulatorsClock() {
        assertThat(owner.get("/zones").headers().allValues("Date")).containsExactly("Tue, 24 Nov 2026 10:00:00 GMT");
        clock.advance(Duration.ofHours(1));
        assertThat(owner.get("/nonsense").header("Date")).isEqualTo("Tue, 24 Nov 2026 11:00:00 GMT");
    }

    @Test
    void aConnectionServesManyRequests() throws IOException {
        String request = "GET /client/v4/user/tokens/verify HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                + simulator.startToken() + "\r\n\r\n";
        try (Socket socket = new Socket("127.0.0.1", simulator.baseUri().getPort())) {
            socket.setSoTimeout(5000);
            for (int i = 0; i < 3; i++) {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
                assertThat(readAnswer(socket.getInputStream())).startsWith("HTTP/1.1 200 OK");
            }
        }
    }

    /** Reads up to the end of a body that tells its length. */
    private static String readAnswer(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
        int length = Integer.parseInt(head.toString().replaceAll("(?s).*Content-Length: (\\d+).*", "$1"));
        return head + new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    @Test
    void everyAnswerIsLateByTheLatency() {
        try (Simulator slow =
                Simulator.start(recorded(SimulatorOptions.defaults().withLatency(Duration.ofMillis(100))))) {
            long before = System.nanoTime();
            assertThat(Client.of(slow).get("/zones").status()).isEqualTo(200);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(95));
        }
    }

    @Test
    void theRootSaysWhatThisIs() {
        Reply reply = Client.exchange(
                java.net.http.HttpRequest.newBuilder(simulator.baseUri().resolve("/")));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text()).contains("/client/v4").contains("/_simulator");
    }
}
