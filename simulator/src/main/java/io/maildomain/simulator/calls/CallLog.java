package io.maildomain.simulator.calls;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts every call, and keeps the latest of them. */
public final class CallLog {

    /** How many calls are kept in full; all of them are counted. */
    public static final int KEPT = 20_000;

    private final Deque<SeenCall> calls = new ArrayDeque<>();
    private final SortedMap<String, Long> counts = new TreeMap<>();
    private long total;

    public synchronized void add(
            Instant time, String method, String path, String route, int status, String token, boolean faulty) {
        SeenCall call = new SeenCall(++total, time, method, path, route, status, token, faulty);
        calls.addLast(call);
        if (calls.size() > KEPT) {
            calls.removeFirst();
        }
        counts.merge(call.key(), 1L, Long::sum);
    }

    /** How many calls there were since the log was cleared. */
    public synchronized long total() {
        return total;
    }

    /** How many there were by {@code METHOD /route}. */
    public synchronized SortedMap<String, Long> counts() {
        return new TreeMap<>(counts);
    }

    /** The latest calls, in order. */
    public synchronized List<SeenCall> calls() {
        return List.copyOf(calls);
    }

    public synchronized void clear() {
        calls.clear();
        counts.clear();
        total = 0;
    }
}
