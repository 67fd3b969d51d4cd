package io.maildomain.operator.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.operator.cloudflare.deploy.VersionProbe.Finding;
import io.maildomain.operator.cloudflare.deploy.VersionProbe.Question;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.Dns;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server in the operator's network that a probe must not reach, whatever DNS says of the name that a user wrote. */
class ProbeAddressesTest {

    private static final String HOST = "api.test";
    private static final byte[] PUBLIC = {104, 16, 0, 1};
    private static final byte[] WITHIN = {127, 0, 0, 1};

    private final HeldCertificate ca = new HeldCertificate.Builder()
            .certificateAuthority(0)
            .commonName("corp CA")
            .build();
    private final MockWebServer server = new MockWebServer();
    private final Deque<byte[]> answers = new ArrayDeque<>();

    @TempDir
    private Path folder;

    @BeforeEach
    void aServerWithin() throws IOException {
        HeldCertificate own = new HeldCertificate.Builder()
                .signedBy(ca)
                .addSubjectAlternativeName(HOST)
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

    /** Each answer once, the last one for ever. */
    private List<InetAddress> nameServer(String name) throws UnknownHostException {
        if (!name.equals(HOST)) {
            throw new AssertionError("another name is looked up: " + name);
        }
        byte[] answer = answers.size() > 1 ? answers.remove() : answers.peek();
        if (answer == null) {
            throw new UnknownHostException(name);
        }
        return List.of(InetAddress.getByAddress(name, answer));
    }

    private Finding ask(String proxy, Dns dns) throws IOException {
        return ask(URI.create("https://" + HOST + ":" + server.getPort() + "/health"), proxy, dns);
    }

    private Finding ask(URI url, String proxy, Dns dns) throws IOException {
        Path trusted = Files.writeString(folder.resolve("ca.crt"), ca.certificatePem());
        return new HttpVersionProbe(Egress.of(trusted.toString(), proxy, ""), Duration.ofSeconds(2), "test", null, dns)
                .ask(new Question(url, 200, null, "mailbox", null));
    }

    private String here() {
        return "http://localhost:" + server.getPort();
    }

    @Test
    void itGoesWhereItWasToldToGo() throws IOException {
        server.enqueue(new MockResponse.Builder().build());
        answers.add(WITHIN);

        assertThat(ask("", this::nameServer)).isEqualTo(Finding.GOOD);
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void anAddressThatChangesAfterItWasJudgedIsNotReached() throws IOException {
        server.enqueue(new MockResponse.Builder().build());
        answers.add(PUBLIC);
        answers.add(WITHIN);

        assertThat(ask("", new PublicAddresses(this::nameServer)).words())
                .isEqualTo("the probe got no answer from " + HOST);
        assertThat(server.getRequestCount()).isZero();
    }

    private void tunnels() {
        server.enqueue(new MockResponse.Builder().inTunnel().build());
        server.enqueue(new MockResponse.Builder().build());
    }

    @Test
    void aProxyIsNotAskedForWhatIsWithin() throws IOException {
        tunnels();
        answers.add(WITHIN);

        assertThat(ask(here(), new PublicAddresses(this::nameServer)).words())
                .isEqualTo("the probe got no answer from " + HOST);
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void aProxyIsAskedForANameThatOnlyItKnows() throws IOException {
        tunnels();

        assertThat(ask(here(), new PublicAddresses(this::nameServer))).isEqualTo(Finding.GOOD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.1",
                "2130706433",
                "127.0.0.1.",
                "0x7f.1",
                "0x7f000001",
                "0177.0.0.1",
                "[::1]",
                "[::ffff:127.0.0.1]",
                "104.16.0.1",
                "[2606:4700::1]"
            })
    void anAddressInPlaceOfAHostNameIsNotConnectedTo(String host) throws IOException {
        try (ServerSocketChannel within = ServerSocketChannel.open()) {
            within.configureBlocking(false);
            within.bind(new InetSocketAddress(InetAddress.getByAddress(WITHIN), 0));
            int port = ((InetSocketAddress) within.getLocalAddress()).getPort();

            Finding finding = ask(URI.create("https://" + host + ":" + port + "/health"), "", Dns.SYSTEM);

            assertThat(finding.words()).startsWith("the probe got no answer from ");
            assertThat(within.accept()).isNull();
        }
    }
}
