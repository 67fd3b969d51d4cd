package io.maildomain.operator.server.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maildomain.operator.config.PageAudience;
import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The HTTP server: four documents and, where it is wanted, a page for people; GET and HEAD, nothing else. */
public final class HttpEndpoints implements AutoCloseable {

    private static final String PAGE = "/";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
    private static final String NOT_FROM_HERE =
            "This page is served only to clients on the same machine: forward the port with kubectl port-forward, and open it at localhost.\n";
    /** It could not read the answer, but have it worked out over and over, and measure how long that takes. */
    private static final String NOT_FOR_OTHER_SITES =
            "This page is not served to pages of other sites: open it by itself.\n";

    private final ObjectMapper json = new ObjectMapper();
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "http-document");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, Document> documents;
    private final Set<String> onlyForHere;
    private final HttpServer server;

    /**
     * What is served; each is asked at every request, on a thread of the server.
     *
     * @param alive where it does not pass, the process should be restarted
     * @param readiness whether rollouts may go on
     * @param metrics in Prometheus' text format
     * @param meta the document at {@code /api/meta}
     * @param page at {@code /}
     */
    public record Sources(
            Supplier<ProbeResult> alive,
            Supplier<ProbeResult> readiness,
            Supplier<String> metrics,
            Supplier<Meta> meta,
            Page page) {

        public Sources {
            Objects.requireNonNull(alive, "alive");
            Objects.requireNonNull(readiness, "readiness");
            Objects.requireNonNull(metrics, "metrics");
            Objects.requireNonNull(meta, "meta");
            Objects.requireNonNull(page, "page");
        }

        /** Without a page for people. */
        public Sources(
                Supplier<ProbeResult> alive,
                Supplier<ProbeResult> readiness,
                Supplier<String> metrics,
                Supplier<Meta> meta) {
            this(alive, readiness, metrics, meta, Page.NONE);
        }
    }

    /**
     * A page for people.
     *
     * @param audience who is served it
     * @param html finds out once, for all who ask at a time, what the page says; gives it by query
     * @param style the style sheet at {@code /status.css}, which says nothing of any resource
     */
    public record Page(PageAudience audience, Supplier<UnaryOperator<String>> html, String style) {

        static final Page NONE = new Page(PageAudience.NONE, UnaryOperator::identity, "");

        public Page {
            Objects.requireNonNull(audience, "audience");
            Objects.requireNonNull(html, "html");
            Objects.requireNonNull(style, "style");
        }
    }

    private HttpEndpoints(int port, Sources sources) throws IOException {
        Map<String, Document> all = new HashMap<>(Map.of(
                "/healthz", document(() -> probed(sources.alive().get())),
                "/readyz", document(() -> probed(sources.readiness().get())),
                "/metrics",
                        document(() -> new HttpResponse(
                                200, PROMETHEUS, sources.metrics().get())),
                "/api/meta", document(() -> meta(sources.meta().get()))));
        Page page = sources.page();
        if (page.audience() != PageAudience.NONE) {
            HttpResponse style = new HttpResponse(200, "text/css; charset=utf-8", page.style());
            all.put(PAGE, Document.different(() -> pages(page.html().get()), threads));
            all.put("/status.css", document(() -> style));
        }
        this.documents = Map.copyOf(all);
        this.onlyForHere = page.audience() == PageAudience.LOCAL ? Set.of(PAGE) : Set.of();
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
        } else if (request.path().equals(PAGE) && request.isPartOfAnotherSite()) {
            to.accept(HttpResponse.text(403, NOT_FOR_OTHER_SITES));
        } else if (onlyForHere.contains(request.path()) && !request.isMeantForHere()) {
            to.accept(HttpResponse.text(403, NOT_FROM_HERE));
        } else {
            document.ask(request, to);
        }
    }

    private Document document(Supplier<HttpResponse> source) {
        return Document.same(source, threads);
    }

    private static Function<Request, HttpResponse> pages(UnaryOperator<String> html) {
        return request -> HttpResponse.page(html.apply(request.query()));
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
