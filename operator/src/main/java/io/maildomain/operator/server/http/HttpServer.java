package io.maildomain.operator.server.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HTTP for a few small documents, such that no client can keep a probe from its answer. One thread serves all connections without
 * waiting for any: a request that does not end, an answer that is not taken, a connection that says nothing costs some
 * memory and no thread. Each has a time limit, and where there are too many, the one that has come least far and is the oldest
 * makes room for the next: who sends a request at once and takes the answer is served, however many others do not.
 */
final class HttpServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

    /** Below what one process may usually open. */
    private static final int MOST_CONNECTIONS = 500;
    /** How many may take their time with an answer; each holds one in memory. */
    private static final int MOST_UNTAKEN = 16;
    /** Between two looks at those that are open, so that new ones do not push out one that is about to speak. */
    private static final int ACCEPTED_AT_ONCE = 32;

    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(5);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(1);
    private static final Duration TICK = Duration.ofMillis(250);

    private final Selector selector;
    private final ServerSocketChannel listening;
    private final BiConsumer<Request, Consumer<HttpResponse>> documents;
    private final Clock clock;
    private final Set<Connection> open = new LinkedHashSet<>();
    private final Queue<Runnable> finished = new ConcurrentLinkedQueue<>();
    private final Thread thread = new Thread(this::serve, "http");

    private HttpServer(
            Selector selector,
            ServerSocketChannel listening,
            BiConsumer<Request, Consumer<HttpResponse>> documents,
            Clock clock) {
        this.selector = selector;
        this.listening = listening;
        this.documents = documents;
        this.clock = clock;
    }

    /**
     * Serves from now on, on all addresses.
     *
     * @param documents is given each request and where its answer goes; must not block, and may answer later on any thread
     */
    static HttpServer start(int port, BiConsumer<Request, Consumer<HttpResponse>> documents, Clock clock)
            throws IOException {
        Selector selector = Selector.open();
        ServerSocketChannel listening = ServerSocketChannel.open();
        try {
            listening.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            listening.bind(new InetSocketAddress(port), MOST_CONNECTIONS);
            listening.configureBlocking(false);
            listening.register(selector, SelectionKey.OP_ACCEPT);
        } catch (IOException e) {
            listening.close();
            selector.close();
            throw e;
        }
        HttpServer server = new HttpServer(selector, listening, documents, clock);
        server.thread.setDaemon(true);
        server.thread.start();
        return server;
    }

    int port() {
        return listening.socket().getLocalPort();
    }

    @Override
    public void close() {
        try {
            listening.close();
            selector.close();
        } catch (IOException alreadyGone) {
            LOG.debug("closing the HTTP server", alreadyGone);
        }
        thread.interrupt();
    }

    /** Whatever ends this, the port is given up: a probe notices. */
    private void serve() {
        try {
            while (selector.isOpen()) {
                selector.select(this::ready, TICK.toMillis());
                for (Runnable next = finished.poll(); next != null; next = finished.poll()) {
                    next.run();
                }
                Duration now = now();
                closeAll(connection -> connection.isOverdue(now));
            }
        } catch (ClosedSelectorException ending) {
            LOG.debug("the HTTP server ends");
        } catch (IOException | RuntimeException failure) {
            LOG.error("HTTP is not served any more: {}", failure.toString());
        } finally {
            closeAll(connection -> true);
            close();
        }
    }

    private void ready(SelectionKey key) {
        if (!key.isValid()) {
            return;
        }
        if (key.isAcceptable()) {
            accept();
            return;
        }
        Connection connection = (Connection) key.attachment();
        try {
            goOn(connection);
        } catch (IOException | RuntimeException brokenOff) {
            LOG.debug("an HTTP connection broke off", brokenOff);
            close(connection);
        }
    }

    private void accept() {
        for (int i = 0; i < ACCEPTED_AT_ONCE; i++) {
            if (open.size() >= MOST_CONNECTIONS) {
                closeOldest();
            }
            try {
                SocketChannel channel = listening.accept();
                if (channel == null) {
                    return;
                }
                channel.configureBlocking(false);
                SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
                Connection connection = new Connection(channel, key, now().plus(REQUEST_LIMIT));
                key.attach(connection);
                open.add(connection);
            } catch (IOException tooManyFiles) {
                LOG.debug("an HTTP connection cannot be accepted", tooManyFiles);
                closeOldest();
                return;
            }
        }
    }

    private void goOn(Connection connection) throws IOException {
        switch (connection.phase()) {
            case READING -> read(connection);
            case WRITING -> write(connection);
            case DRAINING -> {
                if (!connection.drain()) {
                    close(connection);
                }
            }
            case ANSWERING, CLOSED -> LOG.trace("nothing to do");
        }
    }

    private void read(Connection connection) throws IOException {
        boolean more = connection.read();
        if (Request.isComplete(connection.head(), connection.length())) {
            connection.answering(now().plus(ANSWER_LIMIT));
            Request.parse(connection.head(), connection.length(), connection.isFromHere())
                    .ifPresentOrElse(
                            request -> documents.accept(request, answer -> later(connection, answer, request.isHead())),
                            () -> answer(connection, HttpResponse.text(400, "not a request\n"), false));
        } else if (connection.isFull()) {
            answer(connection, HttpResponse.text(431, "the request is too long\n"), false);
        } else if (!more) {
            close(connection);
        }
    }

    private void later(Connection connection, HttpResponse answer, boolean withoutBody) {
        finished.add(() -> answer(connection, answer, withoutBody));
        selector.wakeup();
    }

    private void answer(Connection connection, HttpResponse answer, boolean withoutBody) {
        if (connection.phase() == Connection.Phase.CLOSED) {
            return;
        }
        try {
            ByteBuffer head = answer.head(clock.instant());
            connection.answer(withoutBody ? List.of(head) : List.of(head, answer.body()));
            write(connection);
            List<Connection> untaken = open.stream()
                    .filter(each -> each.phase() == Connection.Phase.WRITING)
                    .toList();
            if (untaken.size() > MOST_UNTAKEN) {
                close(untaken.get(0));
            }
        } catch (IOException | RuntimeException brokenOff) {
            LOG.debug("an HTTP connection broke off", brokenOff);
            close(connection);
        }
    }

    private void write(Connection connection) throws IOException {
        connection.write(now().plus(DRAIN_LIMIT));
    }

    /** Those whose request is complete only where all are. */
    private void closeOldest() {
        open.stream()
                .filter(connection -> connection.phase() == Connection.Phase.READING
                        || connection.phase() == Connection.Phase.DRAINING)
                .findFirst()
                .or(() -> open.stream().findFirst())
                .ifPresent(this::close);
    }

    private void closeAll(Predicate<Connection> which) {
        new ArrayList<>(open).stream().filter(which).forEach(this::close);
    }

    private void close(Connection connection) {
        connection.close();
        open.remove(connection);
    }

    private static Duration now() {
        return Duration.ofNanos(System.nanoTime());
    }
}
