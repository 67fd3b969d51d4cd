package io.maildomain.harness;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import io.maildomain.harness.OperatorProcess.Launch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import javax.net.SocketFactory;

/**
 * Stands between an operator and the API server and breaks what can break there: connections, watches, requests, answers.
 * It speaks plain HTTP on loopback, so that it can read, and TLS to the server; the operator logs in with its own token.
 */
public final class ApiServerProxy implements AutoCloseable {

    /** How long a connection that is just being accepted may hold up the closing. */
    private static final Duration CLOSING = Duration.ofSeconds(20);

    private final URI server;
    private final SocketFactory tls;
    private final boolean webSockets;
    private final int port;
    private final List<Function<ApiServerRequest, Optional<Interference>>> rules = new CopyOnWriteArrayList<>();
    private final List<AtomicInteger> outstanding = new CopyOnWriteArrayList<>();
    private final Queue<ApiServerRequest> requests = new ConcurrentLinkedQueue<>();
    private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger watchesMade = new AtomicInteger();
    private volatile ServerSocket door;
    /** Accepts at the door; the port is free only when this has ended, for a call to accept keeps it after the closing. */
    private volatile Thread doorkeeper;
    /** Holds the port while nothing listens there: bound, and never connected. */
    private volatile Socket kept = new Socket();

    private ApiServerProxy(Config admin, boolean webSockets) throws IOException, GeneralSecurityException {
        this.server = URI.create(admin.getMasterUrl());
        this.webSockets = webSockets;
        Config anonymous = new ConfigBuilder(Config.empty())
                .withMasterUrl(admin.getMasterUrl())
                .withCaCertFile(admin.getCaCertFile())
                .withCaCertData(admin.getCaCertData())
                .build();
        this.tls = SSLUtils.sslContext(anonymous).getSocketFactory();
        this.door = open(0);
        this.port = door.getLocalPort();
    }

    /**
     * Watches go by WebSocket, as without a proxy; what is in them is not seen.
     *
     * @param admin where the API server is, and how to know it
     * @throws HarnessException if no port can be opened
     */
    public static ApiServerProxy before(Config admin) {
        return create(admin, true);
    }

    /** The same with watches by plain HTTP, which can be cut and spoken into. */
    public static ApiServerProxy withPlainWatches(Config admin) {
        return create(admin, false);
    }

    private static ApiServerProxy create(Config admin, boolean webSockets) {
        try {
            return new ApiServerProxy(admin, webSockets);
        } catch (IOException | GeneralSecurityException e) {
            throw new HarnessException("no proxy before the API server: " + e.getMessage(), e);
        }
    }

    /** The same login by way of this proxy. */
    public Kubeconfig login(Kubeconfig direct) {
        return direct.at(address());
    }

    /** Where the proxy is, or was before it went away. */
    URI address() {
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    /** The same operator, with these options besides, logged in by way of this proxy. */
    public Launch launch(Launch direct, String... options) {
        String name = direct.log().getFileName().toString().replace(".operator.log", "") + ".proxy-" + port;
        Path kubeconfig = login(Kubeconfig.read(direct.kubeconfig()))
                .write(direct.kubeconfig().resolveSibling(name + ".kubeconfig"));
        return direct.with(options).loggedInWith(kubeconfig).into(direct.log().resolveSibling(name + ".operator.log"));
    }

    // ---- what breaks

    /** Every watch ends, as when a load balancer has had enough of them. */
    public void cutWatches() {
        connections.stream()
                .filter(connection -> connection.watch().isPresent())
                .forEach(ProxiedConnection::close);
    }

    /** Every watch gets this line next, and then ends. */
    public void sayInWatches(String line) {
        connections.stream()
                .filter(connection -> connection.watch().isPresent())
                .forEach(connection -> connection.sayInWatch(line));
        cutWatches();
    }

    /** Nothing listens any more, and what was open is closed; the port is kept, so that no other process gets it meanwhile. */
    public void goAway() {
        hangUp();
        try {
            kept = new Socket();
            kept.setReuseAddress(true);
            kept.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new HarnessException("the proxy's port cannot be kept: " + e.getMessage(), e);
        }
    }

    /** Listens again, at the same port. */
    public void comeBack() {
        try {
            kept.close();
            door = open(port);
        } catch (IOException e) {
            throw new HarnessException("the proxy's port is taken: " + e.getMessage(), e);
        }
    }

    /** The next requests of the kind are answered like this, and do not reach the server. */
    public void answer(Predicate<ApiServerRequest> fits, int times, int status) {
        interfere(fits, times, new Interference.Refusal(status));
    }

    /** The next requests of the kind take effect, and their answer is lost. */
    public void loseAnswers(Predicate<ApiServerRequest> fits, int times) {
        interfere(fits, times, new Interference.Loss(true));
    }

    /** The next requests of the kind never arrive. */
    public void loseRequests(Predicate<ApiServerRequest> fits, int times) {
        interfere(fits, times, new Interference.Loss(false));
    }

    /** The next request of the kind takes effect, and its answer waits. */
    public Interference.Hold holdAnswer(Predicate<ApiServerRequest> fits) {
        Interference.Hold hold = new Interference.Hold(true);
        interfere(fits, 1, hold);
        return hold;
    }

    private void interfere(Predicate<ApiServerRequest> fits, int times, Interference how) {
        AtomicInteger left = new AtomicInteger(times);
        outstanding.add(left);
        interfere(request -> fits.test(request) && left.getAndDecrement() > 0 ? Optional.of(how) : Optional.empty());
    }

    /** From now on this decides what becomes of a request that no rule before it has decided on. */
    public void interfere(Function<ApiServerRequest, Optional<Interference>> rule) {
        rules.add(rule);
    }

    // ---- what has happened

    /** Whether everything that was asked for, so and so often, has come about. */
    public boolean hasTroubledEnough() {
        return outstanding.stream().allMatch(left -> left.get() <= 0);
    }

    /** How many watches were begun so far; those by WebSocket do not count. */
    public int watchesMade() {
        return watchesMade.get();
    }

    /** How many requests of the kind there were so far. */
    public long count(Predicate<ApiServerRequest> fits) {
        return requests.stream().filter(fits).count();
    }

    // ---- how it is done

    boolean allowsWebSockets() {
        return webSockets;
    }

    Optional<Interference> meets(ApiServerRequest request) {
        requests.add(request.withoutBody());
        return rules.stream().flatMap(rule -> rule.apply(request).stream()).findFirst();
    }

    void watchBegins() {
        watchesMade.incrementAndGet();
    }

    void ended(ProxiedConnection connection) {
        connections.remove(connection);
    }

    private ServerSocket open(int onPort) throws IOException {
        ServerSocket opened = new ServerSocket();
        opened.setReuseAddress(true);
        opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), onPort), 50);
        doorkeeper = daemon(() -> accept(opened));
        return opened;
    }

    private void accept(ServerSocket from) {
        while (!from.isClosed()) {
            try {
                Socket operator = from.accept();
                Socket upstream;
                try {
                    upstream = tls.createSocket(server.getHost(), server.getPort());
                } catch (IOException refused) {
                    operator.close();
                    continue;
                }
                operator.setTcpNoDelay(true);
                upstream.setTcpNoDelay(true);
                ProxiedConnection connection = new ProxiedConnection(this, operator, upstream);
                connections.add(connection);
                if (from.isClosed()) {
                    connection.close();
                }
                daemon(connection::requests);
                daemon(connection::answers);
            } catch (IOException closed) {
                // The loop ends.
            }
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "api-server-proxy");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void hangUp() {
        closeDoor();
        connections.forEach(ProxiedConnection::close);
    }

    private void closeDoor() {
        try {
            door.close();
            doorkeeper.join(CLOSING.toMillis());
            if (doorkeeper.isAlive()) {
                throw new HarnessException("the proxy's port stays open: a connection is still being accepted");
            }
        } catch (IOException e) {
            throw new HarnessException("the proxy's port stays open: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HarnessException("interrupted while the proxy's port was closed", e);
        }
    }

    @Override
    public void close() {
        hangUp();
        try {
            kept.close();
        } catch (IOException e) {
            throw new HarnessException("the proxy's port stays taken: " + e.getMessage(), e);
        }
    }
}
