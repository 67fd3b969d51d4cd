package io.maildomain.operator.server.http;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One document. A request that comes while it is being built gets the next one, together with all others who do: it is never built twice at
 * a time, so that one that takes long, or is asked for all the time, costs one thread and delays no other document.
 */
final class Document {

    private static final Logger LOG = LoggerFactory.getLogger(Document.class);

    /** Where it never comes, those who asked first are forgotten: they have hung up long since. */
    private static final int MOST_WAITING = 500;

    private final Supplier<HttpResponse> source;
    private final Executor threads;
    private final Deque<Consumer<HttpResponse>> waiting = new ArrayDeque<>();
    private boolean busy;

    Document(Supplier<HttpResponse> source, Executor threads) {
        this.source = source;
        this.threads = threads;
    }

    /** Never blocks; the answer comes on another thread. */
    void ask(Consumer<HttpResponse> to) {
        synchronized (waiting) {
            if (waiting.size() == MOST_WAITING) {
                waiting.removeFirst();
            }
            waiting.add(to);
            if (busy) {
                return;
            }
            busy = true;
        }
        threads.execute(this::answerAll);
    }

    private void answerAll() {
        for (List<Consumer<HttpResponse>> asking = taken(); !asking.isEmpty(); asking = taken()) {
            HttpResponse answer = made();
            asking.forEach(to -> to.accept(answer));
        }
    }

    private List<Consumer<HttpResponse>> taken() {
        synchronized (waiting) {
            List<Consumer<HttpResponse>> all = List.copyOf(waiting);
            waiting.clear();
            busy = !all.isEmpty();
            return all;
        }
    }

    private HttpResponse made() {
        try {
            return source.get();
        } catch (RuntimeException failure) {
            LOG.error("An HTTP endpoint failed: {}", failure.toString());
            return HttpResponse.text(500, "internal error, see the log\n");
        }
    }
}
