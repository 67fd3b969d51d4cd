package io.maildomain.operator.server.http;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One document. A request that comes while it is being built gets the next one, together with all others who do: it is never built twice at
 * a time, so that one that takes long, or is asked for all the time, costs one thread and delays no other document.
 */
final class Document {

    private static final Logger LOG = LoggerFactory.getLogger(Document.class);

    /** Where it never comes, those who asked first are sent away: most have hung up long since. */
    private static final int MOST_WAITING = 500;

    /** Of one that differs by request: each answer is a piece of memory of its own. */
    private static final int MOST_WAITING_FOR_DIFFERENT = 16;

    private final Supplier<Function<Request, HttpResponse>> source;
    private final Executor threads;
    private final int mostWaiting;
    private final Deque<Asking> waiting = new ArrayDeque<>();
    private boolean busy;

    private record Asking(Request request, Consumer<HttpResponse> to) {}

    private Document(Supplier<Function<Request, HttpResponse>> source, Executor threads, int mostWaiting) {
        this.source = source;
        this.threads = threads;
        this.mostWaiting = mostWaiting;
    }

    /** One that is the same for all who ask at a time. */
    static Document same(Supplier<HttpResponse> source, Executor threads) {
        return new Document(
                () -> {
                    HttpResponse answer = source.get();
                    return request -> answer;
                },
                threads,
                MOST_WAITING);
    }

    /** One that differs by request, from what was found out once for all who ask at a time. */
    static Document different(Supplier<Function<Request, HttpResponse>> source, Executor threads) {
        return new Document(source, threads, MOST_WAITING_FOR_DIFFERENT);
    }

    /** Never blocks; the answer comes on another thread. */
    void ask(Request request, Consumer<HttpResponse> to) {
        Asking longest = null;
        boolean begins;
        synchronized (waiting) {
            if (waiting.size() == mostWaiting) {
                longest = waiting.removeFirst();
            }
            waiting.add(new Asking(request, to));
            begins = !busy;
            busy = true;
        }
        if (longest != null) {
            longest.to().accept(HttpResponse.text(503, "too many ask at once\n"));
        }
        if (begins) {
            threads.execute(this::answerAll);
        }
    }

    private void answerAll() {
        for (List<Asking> all = taken(); !all.isEmpty(); all = taken()) {
            Function<Request, HttpResponse> answers = found();
            all.forEach(asking -> asking.to().accept(answered(answers, asking.request())));
        }
    }

    private List<Asking> taken() {
        synchronized (waiting) {
            List<Asking> all = List.copyOf(waiting);
            waiting.clear();
            busy = !all.isEmpty();
            return all;
        }
    }

    private Function<Request, HttpResponse> found() {
        try {
            return source.get();
        } catch (RuntimeException | Error failure) {
            HttpResponse failed = failed(failure);
            return request -> failed;
        }
    }

    private static HttpResponse answered(Function<Request, HttpResponse> answers, Request request) {
        try {
            return answers.apply(request);
        } catch (RuntimeException | Error failure) {
            return failed(failure);
        }
    }

    /** Whatever it is: else the document would wait for this thread for ever. */
    private static HttpResponse failed(Throwable failure) {
        LOG.error("An HTTP endpoint failed: {}", failure.toString());
        return HttpResponse.text(500, "internal error, see the log\n");
    }
}
