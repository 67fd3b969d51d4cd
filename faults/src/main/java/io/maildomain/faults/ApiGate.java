package io.maildomain.faults;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.SocketFactory;

/**
 * Stands between an operator and the API server and sees each write that it makes to our resources; one of them it can
 * hold, before it reaches the API server or before its answer gets back. Speaks plain HTTP to the operator, so that it can
 * read, and TLS to the server.
 */
final class ApiGate implements Closeable {

    private final ServerSocket door;
    private final URI server;
    private final SocketFactory tls;
    /** The writes of each namespace, by kind. */
    private final Map<String, List<String>> seen = new HashMap<>();

    private final Map<String, Hold> holds = new HashMap<>();

    private ApiGate(ServerSocket door, URI server, SocketFactory tls) {
        this.door = door;
        this.server = server;
        this.tls = tls;
    }

    /** One write that is kept back. */
    static final class Hold {

        private final WriteSpot at;
        private final Moment moment;
        private final AtomicBoolean reached = new AtomicBoolean();

        private Hold(WriteSpot at, Moment moment) {
            this.at = at;
            this.moment = moment;
        }

        /** Whether the write is being held. */
        boolean reached() {
            return reached.get();
        }
    }

    static ApiGate open(Config admin) {
        try {
            ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            Config anonymous = new ConfigBuilder(Config.empty())
                    .withMasterUrl(admin.getMasterUrl())
                    .withCaCertFile(admin.getCaCertFile())
                    .withCaCertData(admin.getCaCertData())
                    .build();
            ApiGate gate = new ApiGate(
                    door,
                    URI.create(admin.getMasterUrl()),
                    SSLUtils.sslContext(anonymous).getSocketFactory());
            gate.daemon(gate::accept);
            return gate;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no TLS to the API server: " + e.getMessage(), e);
        }
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + door.getLocalPort() + "/");
    }

    /** Starts counting a namespace's writes anew, and holds none of them. */
    synchronized void clear(String namespace) {
        seen.remove(namespace);
        holds.remove(namespace);
    }

    /** The writes since, in order. */
    synchronized List<WriteSpot> writes(String namespace) {
        return WriteSpot.of(seen.getOrDefault(namespace, List.of()));
    }

    /** Counts from now on, and keeps that write back when it comes. */
    synchronized Hold hold(String namespace, WriteSpot at, Moment moment) {
        clear(namespace);
        Hold hold = new Hold(at, moment);
        holds.put(namespace, hold);
        return hold;
    }

    /** Counts a write. @return what holds it; null if nothing does */
    synchronized Hold met(WriteSpot.Seen write) {
        List<String> before = seen.computeIfAbsent(write.namespace(), namespace -> new ArrayList<>());
        before.add(write.kind());
        long number = before.stream().filter(write.kind()::equals).count();
        Hold hold = holds.get(write.namespace());
        return hold != null && hold.at.equals(new WriteSpot(write.kind(), (int) number)) ? hold : null;
    }

    /** It goes no further. */
    static boolean stops(Hold hold, Moment moment) {
        boolean stops = hold != null && hold.moment == moment;
        if (stops) {
            hold.reached.set(true);
        }
        return stops;
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket operator = door.accept();
                Socket upstream = tls.createSocket(server.getHost(), server.getPort());
                operator.setTcpNoDelay(true);
                upstream.setTcpNoDelay(true);
                Passage passage = new Passage(this, operator, upstream);
                daemon(passage::requests);
                daemon(passage::answers);
            } catch (IOException closedOrRefused) {
                // Closed: the loop ends. Refused: whoever asked sees his connection break.
            }
        }
    }

    private void daemon(Runnable work) {
        Thread thread = new Thread(work, "api-gate");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
