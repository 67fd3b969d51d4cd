package io.maildomain.operator.server.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The HTTP server: four documents, GET and HEAD, nothing else. */
public final class HttpEndpoints implements AutoCloseable {

    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
    private final ObjectMapper json = new ObjectMapper();
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "http-document");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, Document> documents;
    private final HttpServer server;

    /**
     * What is served; each is asked at every request, on a thread of the server.
     *
     * @param alive where it does not pass, the process should be restarted
     * @param readiness whether rollouts may go on
     * @param metrics in Prometheus' text format
     * @param meta the document at {@code /api/meta}
     */
    public record Sources(
            Supplier<ProbeResult> alive,
            Supplier<ProbeResult> readiness,
            Supplier<String> metrics,
            Supplier<Meta> meta) {

        public Sources {
            Objects.requireNonNull(alive, "alive");
            Objects.requireNonNull(readiness, "readiness");
            Objects.requireNonNull(metrics, "metrics");
            Objects.requireNonNull(meta, "meta");
        }
    }

    private HttpEndpoints(int port, Sources sources) throws IOException {
        this.documents = Map.of(
                "/healthz", document(() -> probed(sources.alive().get())),
                "/readyz", document(() -> probed(sources.readiness().get())),
                "/metrics",
                        document(() -> new HttpResponse(
                                200, PROMETHEUS, sources.metrics().get())),
                "/api/meta", document(() -> meta(sources.meta().get())));
        this.server = HttpServer.start(port, this::answer, Clock.systemUTC());
    }

    /**
     * Serves from now on, on all addresses.
     *
     * @param port 0 picks a free one
     * @throws IOException if the port cannot be bound; its message is one line that says what to do
     */
    public static HttpEndpoints start(int port, Sources sources) throws IOException {
        try {
            return new HttpEndpoints(port, sources);
        } catch (IOException taken) {
            throw new IOException(
                    "cannot serve HTTP on port %d (%s): free the port or choose another with --http-port"
                            .formatted(port, taken.getMessage()),
                    taken);
        }
    }

    /** The port that is served. */
    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
        threads.shutdownNow();
    }

    private void answer(Request request, Consumer<HttpResponse> to) {
        Document document = documents.get(request.path());
        if (document == null) {
            to.accept(HttpResponse.text(404, "not found\n"));
        } else if (!request.isHead() && !request.method().equals("GET")) {
            to.accept(HttpResponse.text(405, "only GET and HEAD\n"));
        } else {
            document.ask(to);
        }
    }

    private Document document(Supplier<HttpResponse> source) {
        return new Document(source, threads);
    }

    private static HttpResponse probed(ProbeResult result) {
        return HttpResponse.text(result.passes() ? 200 : 503, result.says() + "\n");
    }

    private HttpResponse meta(Meta meta) {
        try {
            return new HttpResponse(200, "application/json", json.writeValueAsString(meta) + "\n");
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("the meta document cannot be written", impossible);
        }
    }
}
