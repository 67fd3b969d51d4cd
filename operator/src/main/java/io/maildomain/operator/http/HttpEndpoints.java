package io.maildomain.operator.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server: four documents, GET and HEAD, nothing else. */
public final class HttpEndpoints implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpEndpoints.class);
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
    private static final int THREADS = 4;

    private final ObjectMapper json = new ObjectMapper();
    private final HttpServer server;
    private final ExecutorService threads;
    private final Map<String, Supplier<Answer>> documents;

    private record Answer(int status, String type, String body) {}

    /**
     * What is served; each is asked at every request, on a thread of the server.
     *
     * @param alive false: the process should be restarted
     * @param readiness whether rollouts may go on
     * @param metrics in Prometheus' text format
     * @param meta the document at {@code /api/meta}
     */
    public record Sources(
            BooleanSupplier alive, Supplier<Readiness> readiness, Supplier<String> metrics, Supplier<Meta> meta) {

        public Sources {
            Objects.requireNonNull(alive, "alive");
            Objects.requireNonNull(readiness, "readiness");
            Objects.requireNonNull(metrics, "metrics");
            Objects.requireNonNull(meta, "meta");
        }
    }

    private HttpEndpoints(HttpServer server, Sources sources) {
        this.server = server;
        this.documents = Map.of(
                "/healthz", () -> alive(sources.alive().getAsBoolean()),
                "/readyz", () -> ready(sources.readiness().get()),
                "/metrics", () -> new Answer(200, PROMETHEUS, sources.metrics().get()),
                "/api/meta", () -> meta(sources.meta().get()));
        this.threads = Executors.newFixedThreadPool(THREADS, work -> {
            Thread thread = new Thread(work, "http");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Serves from now on, on all addresses.
     *
     * @param port 0 picks a free one
     * @throws IOException if the port cannot be bound; its message is one line that says what to do
     */
    public static HttpEndpoints start(int port, Sources sources) throws IOException {
        HttpServer server;
        try {
            server = HttpServer.create(new InetSocketAddress(port), 0);
        } catch (IOException taken) {
            throw new IOException(
                    "cannot serve HTTP on port %d (%s): free the port or choose another with --http-port"
                            .formatted(port, taken.getMessage()),
                    taken);
        }
        HttpEndpoints endpoints = new HttpEndpoints(server, sources);
        server.setExecutor(endpoints.threads);
        server.createContext("/", endpoints::handle);
        server.start();
        return endpoints;
    }

    /** The port that is served. */
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            boolean head = method.equals("HEAD");
            Supplier<Answer> document = documents.get(exchange.getRequestURI().getPath());
            if (document == null) {
                send(exchange, new Answer(404, TEXT, "not found\n"), head);
            } else if (!head && !method.equals("GET")) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                send(exchange, new Answer(405, TEXT, "only GET and HEAD\n"), false);
            } else {
                send(exchange, read(document), head);
            }
        }
    }

    private static Answer read(Supplier<Answer> document) {
        try {
            return document.get();
        } catch (RuntimeException failure) {
            LOG.error("An HTTP endpoint failed: {}", failure.toString());
            return new Answer(500, TEXT, "internal error, see the log\n");
        }
    }

    private static void send(HttpExchange exchange, Answer answer, boolean head) throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        if (head) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
            exchange.sendResponseHeaders(answer.status(), -1);
            return;
        }
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
    }

    private static Answer alive(boolean alive) {
        return alive ? new Answer(200, TEXT, "ok\n") : new Answer(503, TEXT, "not alive\n");
    }

    private static Answer ready(Readiness readiness) {
        return new Answer(readiness.ready() ? 200 : 503, TEXT, readiness.reason() + "\n");
    }

    private Answer meta(Meta meta) {
        try {
            return new Answer(200, "application/json", json.writeValueAsString(meta) + "\n");
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("the meta document cannot be written", impossible);
        }
    }
}
