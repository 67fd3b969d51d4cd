package io.maildomain.operator.kubernetes.events;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A bounded queue in which tenants take turns. Where it is full, the tenant that has most in it loses its latest: a flood drops what
 * the flood is made of, and nothing of others. Thread-safe.
 */
final class FairQueue<T> {

    private final int most;
    private final Map<String, Deque<T>> byTenant = new LinkedHashMap<>();
    private int size;
    private boolean closed;

    FairQueue(int most) {
        this.most = most;
    }

    /** @return false where this one finds no place, or the queue is closed */
    synchronized boolean offer(String tenant, T work) {
        if (closed || size >= most && !makesRoomFor(tenant)) {
            return false;
        }
        byTenant.computeIfAbsent(tenant, any -> new ArrayDeque<>()).addLast(work);
        size++;
        notifyAll();
        return true;
    }

    private boolean makesRoomFor(String tenant) {
        Deque<T> longest = byTenant.values().stream()
                .max(Comparator.comparingInt(Deque::size))
                .orElseThrow();
        Deque<T> mine = byTenant.get(tenant);
        if (mine != null && mine.size() >= longest.size()) {
            return false;
        }
        longest.removeLast();
        size--;
        byTenant.values().removeIf(Deque::isEmpty);
        return true;
    }

    /** Waits for the next one; empty once the queue is closed and nothing is left. */
    synchronized Optional<T> take() throws InterruptedException {
        while (size == 0) {
            if (closed) {
                return Optional.empty();
            }
            wait();
        }
        Map.Entry<String, Deque<T>> first = byTenant.entrySet().iterator().next();
        String tenant = first.getKey();
        Deque<T> theirs = first.getValue();
        byTenant.remove(tenant);
        T next = theirs.removeFirst();
        size--;
        if (!theirs.isEmpty()) {
            byTenant.put(tenant, theirs);
        }
        return Optional.of(next);
    }

    /** Nothing more is taken in. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
