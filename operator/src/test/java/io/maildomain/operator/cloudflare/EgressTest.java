package io.maildomain.operator.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A corporate network: a proxy on the way out, and TLS that ends at a CA of its own. */
class EgressTest {

    private final HeldCertificate ca = new HeldCertificate.Builder()
            .certificateAuthority(0)
            .commonName("corp CA")
            .build();
    private final MockWebServer server = new MockWebServer();

    @TempDir
    private Path folder;

    @BeforeEach
    void anApiBehindTheCorporateCa() throws IOException {
        HeldCertificate own = new HeldCertificate.Builder()
                .signedBy(ca)
                .addSubjectAlternativeName("localhost")
                .addSubjectAlternativeName("api.test")
                .build();
        server.useHttps(new HandshakeCertificates.Builder()
                .heldCertificate(own, ca.certificate())
                .build()
                .sslSocketFactory());
        server.start();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private String trusted() throws IOException {
        return Files.writeString(folder.resolve("ca.crt"), "# the corporation's\n" + ca.certificatePem())
                .toString();
    }

    private static int get(Egress egress, HttpUrl url) throws IOException {
        OkHttpClient client = egress.applyTo(new OkHttpClient.Builder(), url)
                .callTimeout(Duration.ofSeconds(40))
                .build();
        try (Response answer =
                client.newCall(new Request.Builder().url(url).build()).execute()) {
            return answer.code();
        } finally {
            client.connectionPool().evictAll();
        }
    }

    @Test
    void aCaOfTheCorporationIsTrustedOnceItIsNamed() throws IOException {
        server.enqueue(new MockResponse.Builder().build());
        assertThatThrownBy(() -> get(Egress.usual(), server.url("/"))).hasMessageContaining("certification path");

        assertThat(get(Egress.of(trusted(), "", ""), server.url("/"))).isEqualTo(200);
    }

    @Test
    void callsGoThroughTheProxyWhichGetsItsPasswordAndSeesNoMoreThanTheHost() throws Exception {
        server.enqueue(new MockResponse.Builder().inTunnel().build());
        server.enqueue(new MockResponse.Builder().build());
        String proxy = "http://user:secret@localhost:" + server.getPort();

        assertThat(get(Egress.of(trusted(), proxy, "corp.example"), HttpUrl.get("https://api.test/client/v4/zones")))
                .isEqualTo(200);

        RecordedRequest connect = server.takeRequest();
        assertThat(connect.getMethod()).isEqualTo("CONNECT");
        assertThat(connect.getTarget()).isEqualTo("api.test:443");
        assertThat(connect.getHeaders().get("Proxy-Authorization")).isEqualTo("Basic dXNlcjpzZWNyZXQ=");
        RecordedRequest call = server.takeRequest();
        assertThat(call.getTarget()).isEqualTo("/client/v4/zones");
        assertThat(call.getHeaders().get("Proxy-Authorization")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", ".localhost", "elsewhere.test, LOCALHOST", "*"})
    void hostsThatNeedNoProxyAreReachedWithout(String noProxy) throws IOException {
        server.enqueue(new MockResponse.Builder().build());
        assertThat(get(Egress.of(trusted(), "proxy.test:1", noProxy), server.url("/")))
                .isEqualTo(200);
    }

    @Test
    void aSimulatorOverPlainHttpIsReachedWithoutTheHttpsProxy() throws IOException {
        try (MockWebServer simulator = new MockWebServer()) {
            simulator.start();
            simulator.enqueue(new MockResponse.Builder().build());
            assertThat(get(Egress.of("", "proxy.test:1", ""), simulator.url("/")))
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://user:secret@proxy:1", "socks5://proxy", "http://user:sec ret@proxy", "::"})
    void aProxyThatIsNoneIsSaidWithoutItsPassword(String proxy) {
        assertThatThrownBy(() -> Egress.of("", proxy, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("write something like http://proxy.corp.example:3128")
                .hasMessageNotContaining("sec");
    }

    @Test
    void itsPasswordIsInNoText() {
        assertThat(Egress.of("", "http://user:secret@proxy:3128", "").toString())
                .contains("proxy:3128")
                .doesNotContain("user", "secret");
    }

    @Test
    void aFileWithoutCertificatesIsNamed() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty.pem"), "nothing\n");
        assertThatThrownBy(() -> Egress.of(empty.toString(), "", "")).hasMessageContaining("empty.pem");
        assertThatThrownBy(() -> Egress.of(folder.resolve("absent.pem").toString(), "", ""))
                .hasMessageContaining("absent.pem");
    }
}
