package io.maildomain.operator.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import io.maildomain.harness.OperatorProcess.Launch;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * Stands between an operator and the API server and breaks what can break there: connections, watches, answers. It speaks
 * plain HTTP on loopback; the operator logs in with its own token.
 */
final class ApiProxy implements AutoCloseable {

    private static final Set<String> NOT_PASSED_ON = Set.of(
            "connection", "host", "content-length", "upgrade", "transfer-encoding", "keep-alive", "http2-settings");

    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "api-proxy");
        thread.setDaemon(true);
        return thread;
    });
    private final URI upstream;
    private final HttpClient client;
    private final List<Trouble> troubles = new CopyOnWriteArrayList<>();
    private final List<HeldAnswer> holds = new CopyOnWriteArrayList<>();
    private final List<HttpExchange> watches = new CopyOnWriteArrayList<>();
    private final AtomicInteger watchesMade = new AtomicInteger();
    private final List<Seen> seen = Collections.synchronizedList(new ArrayList<>());
    private final int port;
    private HttpServer server;

    /** A request as troubles are chosen by: {@code PATCH /apis/…/status?fieldManager=…}. */
    record Seen(String method, String path) {

        boolean isWatch() {
            return path.contains("watch=true");
        }

        boolean isLedger() {
            return method.equals("PATCH") && path.contains("/status") && path.contains("-ledger");
        }

        boolean isStatus() {
            return method.equals("PATCH") && path.contains("/status") && !path.contains("-ledger");
        }
    }

    /** What happens to the next requests that it fits. */
    private record Trouble(Predicate<Seen> fits, AtomicInteger times, int status, boolean afterTheEffect) {}

    private ApiProxy(URI upstream, HttpClient client) throws IOException {
        this.upstream = upstream;
        this.client = client;
        this.server = open(0);
        this.port = server.getAddress().getPort();
    }

    /** @param admin who the API server is, and how to know it */
    static ApiProxy before(Config admin) {
        Config anonymous = new ConfigBuilder(Config.empty())
                .withMasterUrl(admin.getMasterUrl())
                .withCaCertFile(admin.getCaCertFile())
                .withCaCertData(admin.getCaCertData())
                .build();
        try {
            HttpClient client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .sslContext(SSLUtils.sslContext(anonymous))
                    .build();
            return new ApiProxy(URI.create(admin.getMasterUrl()), client);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same operator, logged in by way of this proxy. */
    Launch launch(Launch direct, String... options) {
        try {
            String name = direct.log().getFileName().toString().replace(".operator.log", "");
            Path kubeconfig = direct.kubeconfig().resolveSibling(name + ".proxy-" + port + ".kubeconfig");
            String yaml = Files.readString(direct.kubeconfig());
            Files.writeString(
                    kubeconfig, yaml.replaceAll("server: \"[^\"]*\"", "server: \"http://127.0.0.1:" + port + "\""));
            Launch changed = direct.with(options);
            return new Launch(
                    changed.jar(),
                    kubeconfig,
                    changed.operatorNamespace(),
                    changed.cloudflare(),
                    changed.options(),
                    direct.log().resolveSibling(name + ".proxy-" + port + ".operator.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ---- what breaks

    /** Every watch ends, as when a load balancer has had enough of them. */
    void cutWatches() {
        watches.forEach(HttpExchange::close);
        watches.clear();
    }

    /** Every watch gets this line next, and then ends. */
    void sayInWatches(String line) {
        for (HttpExchange watch : watches) {
            try {
                synchronized (watch) {
                    watch.getResponseBody().write((line + "\n").getBytes(StandardCharsets.UTF_8));
                    watch.getResponseBody().flush();
                }
            } catch (IOException gone) {
                // It ended by itself.
            }
        }
        cutWatches();
    }

    /** Nobody listens any more, and what was open is closed. */
    void goAway() {
        cutWatches();
        server.stop(0);
    }

    void comeBack() {
        try {
            server = open(port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next requests of the kind are answered like this, and do not reach the server. */
    void answer(Predicate<Seen> fits, int times, int status) {
        troubles.add(new Trouble(fits, new AtomicInteger(times), status, false));
    }

    /** The next requests of the kind take effect, and their answer is lost. */
    void loseAnswers(Predicate<Seen> fits, int times) {
        troubles.add(new Trouble(fits, new AtomicInteger(times), 0, true));
    }

    /** The next requests of the kind never arrive. */
    void loseRequests(Predicate<Seen> fits, int times) {
        troubles.add(new Trouble(fits, new AtomicInteger(times), 0, false));
    }

    /** The next request of the kind takes effect, and its answer waits. */
    HeldAnswer holdAnswer(Predicate<Seen> fits) {
        HeldAnswer held = new HeldAnswer(fits);
        holds.add(held);
        return held;
    }

    /** Whether every trouble that was asked for has come about. */
    boolean hasTroubledEnough() {
        return troubles.stream().allMatch(trouble -> trouble.times().get() <= 0);
    }

    int watchesMade() {
        return watchesMade.get();
    }

    /** How many watches are open that fit. */
    long watchesOpen(Predicate<Seen> fits) {
        return watches.stream()
                .map(exchange -> new Seen(
                        exchange.getRequestMethod(), exchange.getRequestURI().toString()))
                .filter(fits)
                .count();
    }

    /** How many requests of the kind there were so far. */
    long count(Predicate<Seen> fits) {
        synchronized (seen) {
            return seen.stream().filter(fits).count();
        }
    }

    // ---- how it is done

    private HttpServer open(int onPort) throws IOException {
        HttpServer opened = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), onPort), 0);
        opened.createContext("/", this::handle);
        opened.setExecutor(threads);
        opened.start();
        return opened;
    }

    private void handle(HttpExchange exchange) throws IOException {
        Seen seen =
                new Seen(exchange.getRequestMethod(), exchange.getRequestURI().toString());
        if ("websocket".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Upgrade"))) {
            // Then the client asks again by plain HTTP, which is easier to break.
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
            return;
        }
        this.seen.add(seen);
        Optional<Trouble> trouble = troubles.stream()
                .filter(one -> one.fits().test(seen))
                .filter(one -> one.times().getAndDecrement() > 0)
                .findFirst();
        if (trouble.filter(one -> !one.afterTheEffect()).isPresent()) {
            refuse(exchange, trouble.get().status());
            return;
        }
        HttpResponse<InputStream> answer = passOn(exchange);
        awaitRelease(seen);
        if (trouble.isPresent()) {
            answer.body().readAllBytes();
            exchange.close();
        } else {
            passBack(exchange, seen, answer);
        }
    }

    private void awaitRelease(Seen seen) throws IOException {
        Optional<HeldAnswer> held =
                holds.stream().filter(each -> each.fits(seen)).findFirst();
        if (held.isPresent() && holds.remove(held.get())) {
            held.get().awaitRelease();
        }
    }

    private static void refuse(HttpExchange exchange, int status) throws IOException {
        exchange.getRequestBody().readAllBytes();
        if (status > 0) {
            byte[] body = ("{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"code\":" + status
                            + ",\"reason\":\""
                            + (status == 410 ? "Expired" : status == 409 ? "Conflict" : "InternalError")
                            + "\",\"message\":\"broken by the test\"}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private HttpResponse<InputStream> passOn(HttpExchange exchange) throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(upstream.resolve(exchange.getRequestURI().toString()));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!NOT_PASSED_ON.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        byte[] body = exchange.getRequestBody().readAllBytes();
        request.method(
                exchange.getRequestMethod(),
                body.length == 0 ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(body));
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private void passBack(HttpExchange exchange, Seen seen, HttpResponse<InputStream> answer) throws IOException {
        answer.headers().map().forEach((name, values) -> {
            if (!NOT_PASSED_ON.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> exchange.getResponseHeaders().add(name, value));
            }
        });
        if (seen.isWatch() && answer.statusCode() == 200) {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().flush();
            watchesMade.incrementAndGet();
            watches.add(exchange);
            try (InputStream events = answer.body()) {
                copy(events, exchange);
            } finally {
                watches.remove(exchange);
                exchange.close();
            }
            return;
        }
        byte[] body = answer.body().readAllBytes();
        exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private static void copy(InputStream events, HttpExchange exchange) {
        byte[] buffer = new byte[8_192];
        OutputStream out = exchange.getResponseBody();
        try {
            for (int read = events.read(buffer); read >= 0; read = events.read(buffer)) {
                synchronized (exchange) {
                    out.write(buffer, 0, read);
                    out.flush();
                }
            }
        } catch (IOException cut) {
            // Either side has had enough.
        }
    }

    @Override
    public void close() {
        cutWatches();
        server.stop(0);
        threads.shutdownNow();
    }
}
