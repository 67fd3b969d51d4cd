package io.maildomain.operator.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.operator.cloudflare.DnsRecord;
import io.maildomain.simulator.Simulator;
import io.maildomain.simulator.SimulatorOptions;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Asks the simulator's name server, and some that are none. */
class NameServersTest {

    private static final Clock CLOCK = Clock.systemUTC();

    private final Simulator simulator =
            Simulator.start(SimulatorOptions.defaults().withDnsPort(0));
    private final NameServers names = new NameServers(simulator.dnsAddress().orElseThrow(), CLOCK);

    @AfterEach
    void stop() {
        names.close();
        simulator.close();
    }

    private void zone(String records) {
        simulator
                .controls()
                .putZone("example.com", ("{'status':'active','dns_records':[" + records + "]}").replace('\'', '"'));
    }

    @Test
    void theMailRecordsOfAHostAreRead() {
        String policy = "v=spf1 " + "include:a.example ".repeat(20) + "~all";
        zone(
                "{'type':'MX','name':'in','content':'mx.elsewhere.example','priority':5},{'type':'TXT','name':'in','content':'"
                        + policy + "'},{'type':'A','name':'in','content':'192.0.2.1'}");

        List<DnsRecord> found = names.mailRecords("in.example.com", List.of()).orElseThrow();

        assertThat(found).hasSize(2);
        assertThat(found.get(0)).isEqualTo(new DnsRecord("MX", "in.example.com", "mx.elsewhere.example.", 5));
        assertThat(found.get(1).content()).contains("v=spf1").contains("~all");
    }

    @Test
    void noneIsAnAnswerAsWell() {
        zone("{'type':'A','name':'www','content':'192.0.2.1'}");

        for (String host : List.of("example.com", "www.example.com", "nobody.example.com")) {
            assertThat(names.mailRecords(host, List.of())).as(host).contains(List.of());
        }
    }

    @Test
    void aZoneThatTheServerDoesNotHoldIsNotKnown() {
        assertThat(names.mailRecords("example.net", List.of())).isEmpty();
        zone("");
        assertThat(names.mailRecords("example.com", List.of()))
                .as("one that was refused is no reason to be silent")
                .contains(List.of());
    }

    @Test
    void withoutNameServersNobodyIsAsked() {
        try (NameServers zones = new NameServers("", CLOCK)) {
            assertThat(zones.mailRecords("example.com", List.of())).isEmpty();
            zone("");
            assertThat(zones.mailRecords(
                            "example.com", List.of(simulator.dnsAddress().orElseThrow())))
                    .contains(List.of());
        }
    }

    /** A resolver on the way answers what it likes, from what others told it some time ago. */
    @Test
    void anAnswerOfOneThatIsNotInChargeDoesNotCount() throws Exception {
        zone("");
        try (Relay relay = new Relay(simulator, answer -> {
                    answer[2] &= ~0x04;
                    return answer;
                });
                NameServers through = new NameServers(relay.address(), CLOCK)) {
            assertThat(through.mailRecords("example.com", List.of())).isEmpty();
        }
    }

    @Test
    void whereNobodyAnswersTheWaitIsBoundedAndNobodyIsAskedForAWhile() throws Exception {
        try (DatagramSocket deaf = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                NameServers silent = new NameServers(
                        "127.0.0.1:" + deaf.getLocalPort(), Clock.fixed(Instant.now(), ZoneOffset.UTC))) {
            long start = System.nanoTime();
            assertThat(silent.mailRecords("example.com", List.of())).isEmpty();
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isLessThan(NameServers.LONGEST.plus(Duration.ofSeconds(3)));

            start = System.nanoTime();
            assertThat(silent.mailRecords("example.com", List.of())).isEmpty();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(500));
        }
    }

    /** Hands questions to the simulator, and its answers back, changed. */
    private static final class Relay implements AutoCloseable {

        private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());

        Relay(Simulator simulator, UnaryOperator<byte[]> change) throws Exception {
            int port = Integer.parseInt(simulator.dnsAddress().orElseThrow().split(":")[1]);
            Thread thread = new Thread(() -> {
                try (DatagramSocket upstream = new DatagramSocket()) {
                    while (!socket.isClosed()) {
                        DatagramPacket question = new DatagramPacket(new byte[1024], 1024);
                        socket.receive(question);
                        upstream.send(new DatagramPacket(
                                question.getData(), question.getLength(), InetAddress.getLoopbackAddress(), port));
                        DatagramPacket answer = new DatagramPacket(new byte[4096], 4096);
                        upstream.receive(answer);
                        byte[] changed = change.apply(answer.getData());
                        socket.send(new DatagramPacket(changed, answer.getLength(), question.getSocketAddress()));
                    }
                } catch (java.io.IOException closed) {
                    socket.close();
                }
            });
            thread.setDaemon(true);
            thread.start();
        }

        String address() {
            return "127.0.0.1:" + socket.getLocalPort();
        }

        @Override
        public void close() {
            socket.close();
        }
    }
}
