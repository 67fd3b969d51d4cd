package io.maildomain.faults;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Places in which work goes on side by side: most of it is waiting.
 *
 * @param <P> what a place is
 */
final class WorkerPool<P extends Closeable> implements Closeable {

    private final ExecutorService threads;
    private final BlockingQueue<P> free;
    private final List<P> all = new ArrayList<>();

    WorkerPool(int count, Supplier<P> open) {
        threads = Executors.newFixedThreadPool(count);
        for (int i = 0; i < count; i++) {
            all.add(open.get());
        }
        free = new LinkedBlockingQueue<>(all);
    }

    /** Does it in the next place that is free. */
    void submit(Consumer<P> work) {
        threads.execute(() -> {
            P place = free.remove();
            try {
                work.accept(place);
            } finally {
                free.add(place);
            }
        });
    }

    /** Ends what is under way, too. */
    @Override
    public void close() throws IOException {
        threads.shutdownNow();
        for (P place : all) {
            place.close();
        }
    }
}
