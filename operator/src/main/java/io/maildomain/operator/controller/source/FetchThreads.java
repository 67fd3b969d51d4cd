package io.maildomain.operator.controller.source;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Where fetches run: a few at once, each of which may take as long as its host does and lies in memory meanwhile. Namespaces take turns, and none
 * has more waiting than its share: one whose registry is slow keeps the others waiting for one fetch of its own at most. Thread-safe.
 */
public final class FetchThreads implements AutoCloseable {

    private static final int THREADS = 2;
    private static final long IDLE_SECONDS = 30;

    /** Of one namespace. What finds no place comes again with the next look. */
    static final int MOST_OF_ONE = 20;

    static final int MOST = 500;

    private final ThreadPoolExecutor threads;
    private final Map<String, Deque<Runnable>> waiting = new LinkedHashMap<>();
    private int size;

    public FetchThreads() {
        threads = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, "fetching");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /** @throws RejectedExecutionException where too many wait already, or it is over */
    public void run(String namespace, Runnable fetch) {
        synchronized (waiting) {
            Deque<Runnable> theirs = waiting.getOrDefault(namespace, new ArrayDeque<>());
            if (theirs.size() >= MOST_OF_ONE || size >= MOST) {
                throw new RejectedExecutionException("too many fetches wait");
            }
            // One step of the pool for each that waits; which one it is is decided when a thread is free.
            threads.execute(this::next);
            theirs.addLast(fetch);
            waiting.put(namespace, theirs);
            size++;
        }
    }

    private void next() {
        Runnable fetch;
        synchronized (waiting) {
            Iterator<Map.Entry<String, Deque<Runnable>>> namespaces =
                    waiting.entrySet().iterator();
            if (!namespaces.hasNext()) {
                // It was closed meanwhile.
                return;
            }
            Map.Entry<String, Deque<Runnable>> first = namespaces.next();
            String namespace = first.getKey();
            Deque<Runnable> theirs = first.getValue();
            namespaces.remove();
            fetch = theirs.removeFirst();
            size--;
            if (!theirs.isEmpty()) {
                waiting.put(namespace, theirs);
            }
        }
        fetch.run();
    }

    /** What waits is dropped, and what is under way interrupted. */
    @Override
    public void close() {
        threads.shutdownNow();
        synchronized (waiting) {
            waiting.clear();
            size = 0;
        }
    }
}
