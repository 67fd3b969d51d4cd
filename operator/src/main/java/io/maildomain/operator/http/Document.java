package io.maildomain.operator.http;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One document. Whoever asks while it is being made gets the next one, together with all others who do: it is never made twice at
 * a time, so that one that takes long, or is asked for all the time, costs one thread and delays no other document.
 */
final class Document {

    private static final Logger LOG = LoggerFactory.getLogger(Document.class);

    /** Where it never comes, those who asked first are forgotten: they have hung up long since. */
    private static final int MOST_WAITING = 500;

    private final Supplier<Answer> source;
    private final Executor threads;
    private final Deque<Consumer<Answer>> waiting = new ArrayDeque<>();
    private boolean busy;

    Document(Supplier<Answer> source, Executor threads) {
        this.source = source;
        this.threads = threads;
    }

    /** Never blocks; the answer comes on another thread. */
    void ask(Consumer<Answer> to) {
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
        for (List<Consumer<Answer>> asking = taken(); !asking.isEmpty(); asking = taken()) {
            Answer answer = made();
            asking.forEach(to -> to.accept(answer));
        }
    }

    private List<Consumer<Answer>> taken() {
        synchronized (waiting) {
            List<Consumer<Answer>> all = List.copyOf(waiting);
            waiting.clear();
            busy = !all.isEmpty();
            return all;
        }
    }

    private Answer made() {
        try {
            return source.get();
        } catch (RuntimeException failure) {
            LOG.error("An HTTP endpoint failed: {}", failure.toString());
            return Answer.text(500, "internal error, see the log\n");
        }
    }
}
