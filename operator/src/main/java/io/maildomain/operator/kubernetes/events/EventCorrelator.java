package io.maildomain.operator.kubernetes.events;

import io.maildomain.api.v1alpha1.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What was said, and what follows from it for what is to be said now: create an Event, count an existing one, or keep quiet. Not thread-safe; no I/O, no clock. Forgets the oldest beyond
 * {@link #MOST} entries.
 */
final class EventCorrelator {

    /** An Event lives for about an hour after its last update (the API server's default); a later one starts anew. */
    static final Duration SAME_EVENT = Duration.ofHours(1);

    static final Duration WINDOW = Duration.ofMinutes(5);
    static final int PER_WINDOW = 10;
    static final int MOST = 5_000;

    /** What makes two Events the same. */
    record Key(String object, EventType type, Reason reason, String message) {}

    /** What to do. */
    sealed interface Decision {}

    record Create() implements Decision {}

    /**
     * @param event the name of the existing Event
     * @param count all occurrences so far, with those that were not written
     */
    record Count(String event, int count) implements Decision {}

    record Quiet() implements Decision {}

    private static final class Said {
        private Optional<String> event = Optional.empty();
        private int count;
        private Instant last = Instant.MIN;
    }

    private final Map<Key, Said> said = new LinkedHashMap<>(64, 0.75f, true);
    private final Map<String, Deque<Instant>> written = new LinkedHashMap<>(64, 0.75f, true);

    /** Notes that this happened, and decides. A caller that is told to {@link Create} reports the name with {@link #created}. */
    Decision happened(Key key, Instant now) {
        Said entry = said.computeIfAbsent(key, any -> new Said());
        if (entry.count > 0 && Duration.between(entry.last, now).compareTo(SAME_EVENT) > 0) {
            entry.event = Optional.empty();
            entry.count = 0;
        }
        entry.count++;
        entry.last = now;
        forgetOldest(said);
        if (!mayWrite(key.object(), now)) {
            return new Quiet();
        }
        return entry.event.<Decision>map(event -> new Count(event, entry.count)).orElseGet(Create::new);
    }

    void created(Key key, String event) {
        Said entry = said.get(key);
        if (entry != null) {
            entry.event = Optional.of(event);
        }
    }

    /** All that is remembered, of both sorts. */
    int size() {
        return said.size() + written.size();
    }

    private boolean mayWrite(String object, Instant now) {
        Deque<Instant> times = written.computeIfAbsent(object, any -> new ArrayDeque<>());
        forgetOldest(written);
        dropOld(times, now);
        if (times.size() >= PER_WINDOW) {
            return false;
        }
        times.addLast(now);
        return true;
    }

    /** In the order of their last use. */
    private static void forgetOldest(Map<?, ?> entries) {
        Iterator<?> oldestFirst = entries.entrySet().iterator();
        while (entries.size() > MOST) {
            oldestFirst.next();
            oldestFirst.remove();
        }
    }

    private static void dropOld(Deque<Instant> times, Instant now) {
        while (!times.isEmpty() && Duration.between(times.peekFirst(), now).compareTo(WINDOW) >= 0) {
            times.removeFirst();
        }
    }
}
