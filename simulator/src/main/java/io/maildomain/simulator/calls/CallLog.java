package io.maildomain.simulator.calls;

import java.time.Duration;
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
    private final SortedMap<String, Tally> tokens = new TreeMap<>();
    private final CallRates rates = new CallRates();
    private long total;
    private long refused;

    public synchronized void add(
            Instant time, String method, String path, String route, int status, String token, boolean faulty) {
        SeenCall call = new SeenCall(++total, time, method, path, route, status, token, faulty);
        calls.addLast(call);
        if (calls.size() > KEPT) {
            calls.removeFirst();
        }
        counts.merge(call.key(), 1L, Long::sum);
        tokens.merge(call.tokenOrNone(), Tally.of(call), Tally::plus);
        refused += Tally.of(call).refused();
        rates.add(call);
    }

    /** How many calls there were since the log was cleared. */
    public synchronized long total() {
        return total;
    }

    /** How many there were by {@code METHOD /route}. */
    public synchronized SortedMap<String, Long> counts() {
        return new TreeMap<>(counts);
    }

    /** How many of them were answered with 429. */
    public synchronized long refused() {
        return refused;
    }

    /** How many there were by the token's name. */
    public synchronized SortedMap<String, Tally> tokens() {
        return new TreeMap<>(tokens);
    }

    /**
     * How many there were in each interval of that length, since the first call and for six hours at most.
     *
     * @param length whole seconds, at least one
     */
    public synchronized List<CallInterval> every(Duration length) {
        if (length.toSeconds() < 1 || length.getNano() != 0) {
            throw new IllegalArgumentException("an interval is of whole seconds, such as 5s");
        }
        return rates.every(length);
    }

    /** The latest calls, in order. */
    public synchronized List<SeenCall> calls() {
        return List.copyOf(calls);
    }

    public synchronized void clear() {
        calls.clear();
        counts.clear();
        tokens.clear();
        rates.clear();
        total = 0;
        refused = 0;
    }
}
