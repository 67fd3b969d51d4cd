package io.maildomain.operator.dns;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * A name server on a port of its own, by UDP and TCP, which says what a test wants it to say. It stands in for the Pod's resolver and for the
 * servers of zones above: these are asked without recursion. Of what no test spoke of it says that there is nothing.
 */
public final class ScriptedNameServer implements AutoCloseable {

    private static final int LARGEST = 1_232;
    private static final int TRIES = 20;

    private final DatagramSocket udp;
    private final ServerSocket tcp;
    private final Map<String, UnaryOperator<Message>> scripts = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile long ttl = 300;

    public ScriptedNameServer() {
        InetAddress here = InetAddress.getLoopbackAddress();
        ServerSocket listening = null;
        DatagramSocket bound = null;
        // A port that is free for TCP may be taken for UDP.
        for (int left = TRIES; bound == null; left--) {
            try {
                listening = new ServerSocket(0, 50, here);
                bound = new DatagramSocket(new InetSocketAddress(here, listening.getLocalPort()));
            } catch (IOException taken) {
                if (left == 0) {
                    throw new UncheckedIOException(taken);
                }
            }
        }
        tcp = listening;
        udp = bound;
        start("scripted-dns-udp", this::serveUdp);
        start("scripted-dns-tcp", this::serveTcp);
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** For how long its answers may be remembered, instead of five minutes. */
    public ScriptedNameServer mayBeRememberedFor(Duration time) {
        ttl = time.toSeconds();
        return this;
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), tcp.getLocalPort());
    }

    /** For {@code --dns-resolver}. */
    public String hostAndPort() {
        return "127.0.0.1:" + tcp.getLocalPort();
    }

    /** The questions so far, such as {@code "MX example.com"}; {@code "direct NS example.com"} without recursion. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    /** Records of a name, each as it stands in a zone file. */
    public ScriptedNameServer says(String host, String type, String... records) {
        return script(key(host, type, false), reply -> with(reply, Section.ANSWER, host, type, records));
    }

    /** The same, once it may: it says nothing else meanwhile. */
    public ScriptedNameServer saysOnce(CountDownLatch may, String host, String type, String... records) {
        return script(key(host, type, false), reply -> {
            try {
                may.await();
            } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
            }
            return with(reply, Section.ANSWER, host, type, records);
        });
    }

    /** The records of a name are gone. */
    public ScriptedNameServer saysNothing(String host, String type) {
        scripts.remove(key(host, type, false));
        return this;
    }

    /** A CNAME record, in the answer to each question of that type. */
    public ScriptedNameServer saysAlias(String host, String type, String target) {
        return script(key(host, type, false), reply -> with(reply, Section.ANSWER, host, "CNAME", target + "."));
    }

    /** A CNAME record, and what stands where it leads, in one answer. */
    public ScriptedNameServer saysAliasAnd(String host, String type, String target, String... records) {
        return script(
                key(host, type, false),
                reply -> with(
                        with(reply, Section.ANSWER, host, "CNAME", target + "."),
                        Section.ANSWER,
                        target,
                        type,
                        records));
    }

    /** As the zone above: who is in charge of a domain below it. */
    public ScriptedNameServer delegates(String host, String... servers) {
        return script(key(host, "NS", true), reply -> with(reply, Section.AUTHORITY, host, "NS", servers));
    }

    /** As a resolver that is asked without recursion: what it has in mind. */
    public ScriptedNameServer remembers(String host, String... servers) {
        return script(key(host, "NS", true), reply -> with(reply, Section.ANSWER, host, "NS", servers));
    }

    /** As a resolver whose root knows no such top level domain. */
    public ScriptedNameServer saysThatTheRootKnowsNo(String host, String type) {
        return script(key(host, type, false), reply -> {
            reply.getHeader().setRcode(Rcode.NXDOMAIN);
            return with(reply, Section.AUTHORITY, ".", "SOA", "ns. root. 1 7200 900 1209600 " + ttl);
        });
    }

    /** As the zone above: there is no such domain. */
    public ScriptedNameServer knowsNo(String host) {
        return script(key(host, "NS", true), reply -> {
            reply.getHeader().setFlag(Flags.AA);
            reply.getHeader().setRcode(Rcode.NXDOMAIN);
            return reply;
        });
    }

    /** A failure, such as {@code "SERVFAIL"}; a name or type may be {@code "*"}. */
    public ScriptedNameServer fails(String host, String type, String code) {
        return script(key(host, type, false), reply -> {
            reply.getHeader().setRcode(Rcode.value(code));
            return reply;
        });
    }

    /** The same of a question without recursion. */
    public ScriptedNameServer failsDirectly(String host, String code) {
        return script(key(host, "NS", true), reply -> {
            reply.getHeader().setRcode(Rcode.value(code));
            return reply;
        });
    }

    /** A failure for those that leave the check of signatures to the resolver. */
    public ScriptedNameServer refusesSignatures(String host, String type, String... records) {
        return script(key(host, type, false), reply -> {
            if (reply.getHeader().getFlag(Flags.CD)) {
                return with(reply, Section.ANSWER, host, type, records);
            }
            reply.getHeader().setRcode(Rcode.SERVFAIL);
            return reply;
        });
    }

    /** No answer at all. */
    public ScriptedNameServer isSilent(String host, String type) {
        return script(key(host, type, false), reply -> null);
    }

    /** What is asked first is lost on its way; then it says what it said before. */
    public ScriptedNameServer losesOnce(String host, String type) {
        UnaryOperator<Message> then = scripts.get(key(host, type, false));
        AtomicBoolean isLost = new AtomicBoolean();
        return script(key(host, type, false), reply -> isLost.getAndSet(true) ? then.apply(reply) : null);
    }

    private ScriptedNameServer script(String key, UnaryOperator<Message> script) {
        scripts.put(key, script);
        return this;
    }

    private static String key(String host, String type, boolean direct) {
        return (direct ? "direct " : "") + type + " " + host;
    }

    private Message with(Message reply, int section, String host, String type, String... records) {
        try {
            Name owner = Name.fromString(host, Name.root);
            for (String data : records) {
                String rooted = type.equals("NS") && !data.endsWith(".") ? data + "." : data;
                reply.addRecord(Record.fromString(owner, Type.value(type), DClass.IN, ttl, rooted, Name.root), section);
            }
            return reply;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Message reply(byte[] question) throws IOException {
        Message query = new Message(question);
        Record asks = query.getQuestion();
        boolean direct = !query.getHeader().getFlag(Flags.RD);
        String host = asks.getName().toString(true).toLowerCase(Locale.ROOT);
        String key = key(host, Type.string(asks.getType()), direct);
        asked.add(key);
        Message reply = new Message(query.getHeader().getID());
        reply.getHeader().setFlag(Flags.QR);
        if (query.getHeader().getFlag(Flags.CD)) {
            reply.getHeader().setFlag(Flags.CD);
        }
        reply.addRecord(asks, Section.QUESTION);
        UnaryOperator<Message> script = scripts.getOrDefault(key, scripts.get(key("*", "*", direct)));
        return script == null ? nothing(reply, asks.getName()) : script.apply(reply);
    }

    private Message nothing(Message reply, Name name) throws TextParseException, IOException {
        reply.getHeader().setRcode(Rcode.NXDOMAIN);
        Name zone = new Name(name, Math.max(0, name.labels() - 2));
        String soa = "ns. root. 1 7200 900 1209600 " + ttl;
        reply.addRecord(Record.fromString(zone, Type.SOA, DClass.IN, ttl, soa, Name.root), Section.AUTHORITY);
        return reply;
    }

    private void serveUdp() {
        byte[] buffer = new byte[4_096];
        while (!udp.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                udp.receive(packet);
                Message reply = reply(Arrays.copyOf(packet.getData(), packet.getLength()));
                if (reply != null) {
                    byte[] wire = reply.toWire(LARGEST);
                    udp.send(new DatagramPacket(wire, wire.length, packet.getSocketAddress()));
                }
            } catch (IOException ending) {
                // Closed, or no question.
            }
        }
    }

    private void serveTcp() {
        while (!tcp.isClosed()) {
            try (Socket socket = tcp.accept()) {
                DataInputStream in = new DataInputStream(socket.getInputStream());
                byte[] question = in.readNBytes(in.readUnsignedShort());
                Message reply = reply(question);
                if (reply != null) {
                    byte[] wire = reply.toWire();
                    DataOutputStream out = new DataOutputStream(socket.getOutputStream());
                    out.writeShort(wire.length);
                    out.write(wire);
                    out.flush();
                }
            } catch (IOException ending) {
                // Closed, or no question.
            }
        }
    }

    @Override
    public void close() {
        udp.close();
        try {
            tcp.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
