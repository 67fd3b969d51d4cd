package io.maildomain.operator.server.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/** One connection: a request, an answer, the end. Known to the server's own thread only. */
final class Connection {

    /** Where it stands. */
    enum Phase {
        READING,
        ANSWERING,
        WRITING,
        /** The answer is out. What still comes is thrown away: a connection closed over it would lose the answer. */
        DRAINING,
        CLOSED
    }

    private static final int FIRST_BYTES = 512;
    /** At once to one connection: the others want something, too, and the JDK copies what it writes. */
    private static final int SLICE = 64 * 1_024;

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "0:0:0:0:0:0:0:1");

    private final SocketChannel channel;
    private final SelectionKey key;
    private byte[] head = new byte[FIRST_BYTES];
    private int length;
    private final Deque<ByteBuffer> answer = new ArrayDeque<>();
    private Phase phase = Phase.READING;
    private Duration deadline;

    Connection(SocketChannel channel, SelectionKey key, Duration deadline) {
        this.channel = channel;
        this.key = key;
        this.deadline = deadline;
    }

    Phase phase() {
        return phase;
    }

    boolean isOverdue(Duration now) {
        return now.compareTo(deadline) > 0;
    }

    /**
     * Whether it came over the loopback interface, as what {@code kubectl port-forward} sends does. Exactly the two addresses: a mesh's sidecar
     * hands over what comes from elsewhere by others of 127.0.0.0/8.
     */
    boolean isFromHere() throws IOException {
        return channel.getRemoteAddress() instanceof InetSocketAddress from && LOOPBACK.contains(from.getHostString());
    }

    byte[] head() {
        return head;
    }

    int length() {
        return length;
    }

    /** Reads what has come. False: the other side has hung up. */
    boolean read() throws IOException {
        if (length == head.length) {
            head = Arrays.copyOf(head, Math.min(Request.LONGEST, head.length * 2));
        }
        int count = channel.read(ByteBuffer.wrap(head, length, head.length - length));
        length += Math.max(0, count);
        return count >= 0;
    }

    boolean isFull() {
        return length == Request.LONGEST;
    }

    /** The request is there; nothing is read until it is answered. */
    void answering(Duration until) {
        phase = Phase.ANSWERING;
        deadline = until;
        key.interestOps(0);
    }

    /** Begins to write; {@link #write()} goes on. */
    void answer(List<ByteBuffer> parts) {
        answer.addAll(parts);
        head = new byte[FIRST_BYTES];
        phase = Phase.WRITING;
        key.interestOps(SelectionKey.OP_WRITE);
    }

    /** Writes what the other side takes. */
    void write(Duration drainUntil) throws IOException {
        ByteBuffer part = answer.getFirst();
        ByteBuffer slice = part.slice(part.position(), Math.min(SLICE, part.remaining()));
        part.position(part.position() + channel.write(slice));
        if (!part.hasRemaining()) {
            answer.removeFirst();
        }
        if (answer.isEmpty()) {
            phase = Phase.DRAINING;
            deadline = drainUntil;
            channel.shutdownOutput();
            key.interestOps(SelectionKey.OP_READ);
        }
    }

    /** Throws away what has come. False: the other side has hung up, too. */
    boolean drain() throws IOException {
        return channel.read(ByteBuffer.wrap(head)) >= 0;
    }

    void close() {
        phase = Phase.CLOSED;
        answer.clear();
        try {
            channel.close();
        } catch (IOException alreadyGone) {
            // That is what was wanted.
        }
    }
}
