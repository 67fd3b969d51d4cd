package io.maildomain.operator.controller.source;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Where fetches run: a few at once, each of which may take as long as its host does and lies in memory meanwhile. Namespaces take turns, one
 * fetch at a time, and none has more waiting than its share: one whose registry is slow never has all threads. Thread-safe.
 */
public final class FetchThreads implements AutoCloseable {

    private static final int THREADS = 2;
    private static final long IDLE_SECONDS = 30;

    /** Of one namespace. What finds no place comes again with the next look. */
    static final int MOST_OF_ONE = 20;

    static final int MOST = 500;

    private final ThreadPoolExecutor threads;
    private final Map<String, Deque<Runnable>> waiting = new LinkedHashMap<>();
    private final Set<String> running = new HashSet<>();
    private int size;

    private record Fetch(String namespace, Runnable work) {}

    public FetchThreads() {
        this(THREADS, "fetching");
    }

    /**
     * For something else that a host out there decides about.
     *
     * @param most that run at once
     * @param name of the threads
     */
    public FetchThreads(int most, String name) {
        threads = new ThreadPoolExecutor(
                most, most, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, name);
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
        Optional<Fetch> fetch = take();
        if (fetch.isEmpty()) {
            return;
        }
        try {
            fetch.get().work().run();
        } finally {
            ended(fetch.get().namespace());
        }
    }

    /** Empty where it was closed meanwhile, or all that wait are of namespaces whose turn it is. */
    private Optional<Fetch> take() {
        synchronized (waiting) {
            Optional<String> first = waiting.keySet().stream()
                    .filter(namespace -> !running.contains(namespace))
                    .findFirst();
            return first.map(namespace -> {
                Deque<Runnable> theirs = waiting.getOrDefault(namespace, new ArrayDeque<>());
                Fetch taken = new Fetch(namespace, theirs.removeFirst());
                size--;
                waiting.remove(namespace);
                if (!theirs.isEmpty()) {
                    waiting.put(namespace, theirs);
                }
                running.add(namespace);
                return taken;
            });
        }
    }

    /** The step of one that had to wait for this namespace's turn found nothing to do: here is another one. */
    private void ended(String namespace) {
        synchronized (waiting) {
            running.remove(namespace);
            if (!waiting.isEmpty() && !threads.isShutdown()) {
                threads.execute(this::next);
            }
        }
    }

    /** What waits is dropped, and what is under way interrupted. */
    @Override
    public void close() {
        synchronized (waiting) {
            threads.shutdownNow();
            waiting.clear();
            size = 0;
        }
    }
}
