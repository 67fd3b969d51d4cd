package io.maildomain.simulator.nameserver;

import io.maildomain.simulator.engine.Engine;
import io.maildomain.simulator.state.DnsRecord;
import io.maildomain.simulator.state.World;
import io.maildomain.simulator.state.Zone;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Answers what mail records a name has, for every zone that there is, pending or active. */
public final class NameServer implements AutoCloseable {

    private final DatagramSocket socket;

    private NameServer(DatagramSocket socket) {
        this.socket = socket;
    }

    /**
     * Starts it on the loopback address.
     *
     * @param port 0 picks a free one
     * @throws IOException if the port is taken
     */
    public static NameServer start(int port, Engine engine) throws IOException {
        NameServer server =
                new NameServer(new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
        Thread thread = new Thread(() -> server.serve(engine), "name-server");
        thread.setDaemon(true);
        thread.start();
        return server;
    }

    /** Where it listens, as {@code host:port}. */
    public String address() {
        return socket.getLocalAddress().getHostAddress() + ":" + socket.getLocalPort();
    }

    private void serve(Engine engine) {
        byte[] buffer = new byte[1024];
        while (!socket.isClosed()) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                socket.receive(packet);
                byte[] asked = Arrays.copyOf(packet.getData(), packet.getLength());
                Optional<byte[]> answer =
                        Question.in(asked).map(question -> engine.with(world -> answer(world, question)));
                if (answer.isPresent()) {
                    socket.send(new DatagramPacket(answer.get(), answer.get().length, packet.getSocketAddress()));
                }
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    System.err.println("name server: " + e.getMessage());
                }
            }
        }
    }

    private static byte[] answer(World world, Question question) {
        Optional<Zone> zone = world.zones().stream()
                .filter(candidate -> question.name().equals(candidate.name())
                        || question.name().endsWith("." + candidate.name()))
                .max(Comparator.comparingInt(candidate -> candidate.name().length()));
        if (zone.isEmpty()) {
            return question.refused();
        }
        List<DnsRecord> named = at(zone.get(), question.name());
        boolean exists = question.name().equals(zone.get().name())
                || !named.isEmpty()
                || zone.get().dnsRecords().stream()
                        .anyMatch(record -> record.name().endsWith("." + question.name()));
        return question.answered(
                exists,
                named.stream()
                        .filter(record -> record.type().equals(question.type()))
                        .toList());
    }

    /** What stands at the name, or at the nearest wildcard where nothing does. */
    private static List<DnsRecord> at(Zone zone, String name) {
        List<DnsRecord> own = named(zone, name);
        for (int dot = name.indexOf('.'); own.isEmpty() && dot > 0; dot = name.indexOf('.', dot + 1)) {
            own = named(zone, "*" + name.substring(dot));
        }
        return own;
    }

    private static List<DnsRecord> named(Zone zone, String name) {
        return zone.dnsRecords().stream()
                .filter(record -> record.name().equals(name))
                .toList();
    }

    @Override
    public void close() {
        socket.close();
    }
}
