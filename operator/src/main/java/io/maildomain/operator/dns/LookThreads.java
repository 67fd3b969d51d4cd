package io.maildomain.operator.dns;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where looks run. Namespaces take turns, and none has more than its share of the threads, or of what waits: domains whose name servers do not
 * answer keep those of their own namespace waiting. Thread-safe.
 */
final class LookThreads implements AutoCloseable {

    private static final int THREADS = 8;
    private static final int OF_ONE = 2;

    /** Of one namespace. */
    private static final int MOST = 5_000;

    private static final long IDLE_SECONDS = 30;

    private static final Logger LOG = LoggerFactory.getLogger(LookThreads.class);

    private final ThreadPoolExecutor threads;
    private final Map<String, Map<String, Runnable>> waiting = new LinkedHashMap<>();
    private final Map<String, Integer> running = new HashMap<>();

    LookThreads() {
        threads = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, "seen-outside");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Runs it when it is its turn.
     *
     * @param uid of its resource: one that waits for the same one is replaced
     * @return false where too much of the namespace waits, or it is over
     */
    boolean run(String namespace, String uid, Runnable look) {
        synchronized (waiting) {
            if (threads.isShutdown()) {
                return false;
            }
            Map<String, Runnable> theirs = waiting.computeIfAbsent(namespace, first -> new LinkedHashMap<>());
            if (theirs.replace(uid, look) != null) {
                return true;
            }
            if (theirs.size() >= MOST) {
                return false;
            }
            theirs.put(uid, look);
        }
        try {
            threads.execute(this::work);
            return true;
        } catch (RejectedExecutionException over) {
            return false;
        }
    }

    /** What waits for the resource is not run any more. */
    void drop(String namespace, String uid) {
        synchronized (waiting) {
            waiting.computeIfPresent(namespace, (name, theirs) -> {
                theirs.remove(uid);
                return theirs.isEmpty() ? null : theirs;
            });
        }
    }

    private record Turn(String namespace, Runnable look) {}

    private void work() {
        for (Optional<Turn> turn = next(); turn.isPresent(); turn = next()) {
            try {
                turn.get().look().run();
            } catch (RuntimeException | StackOverflowError unexpected) {
                LOG.warn("a look at what the world sees has failed", unexpected);
            } finally {
                ended(turn.get().namespace());
            }
        }
    }

    private Optional<Turn> next() {
        synchronized (waiting) {
            Iterator<Map.Entry<String, Map<String, Runnable>>> namespaces =
                    waiting.entrySet().iterator();
            while (namespaces.hasNext()) {
                Map.Entry<String, Map<String, Runnable>> first = namespaces.next();
                String namespace = first.getKey();
                Map<String, Runnable> theirs = first.getValue();
                if (running.getOrDefault(namespace, 0) < OF_ONE) {
                    namespaces.remove();
                    Iterator<Runnable> looks = theirs.values().iterator();
                    Runnable look = looks.next();
                    looks.remove();
                    if (!theirs.isEmpty()) {
                        waiting.put(namespace, theirs);
                    }
                    running.merge(namespace, 1, Integer::sum);
                    return Optional.of(new Turn(namespace, look));
                }
            }
            return Optional.empty();
        }
    }

    private void ended(String namespace) {
        synchronized (waiting) {
            running.computeIfPresent(namespace, (name, count) -> count == 1 ? null : count - 1);
        }
    }

    /** What waits is dropped, and what is under way interrupted. */
    @Override
    public void close() {
        threads.shutdownNow();
        synchronized (waiting) {
            waiting.clear();
        }
    }
}
