package io.maildomain.operator.controller.deploy;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Who deploys now. A deployment holds its files in memory, and a thread that reconciles of all kinds share, for as long as an upload takes:
 * so there are some places, of which one with many bytes takes several, and namespaces take turns for them. One that is large keeps
 * its turn: those behind it do not pass it. It is passive: one that waits comes again, is woken when a place is free, and loses its place
 * where it does not come. Thread-safe.
 */
public final class DeployTurns {

    /** Who waits comes again after that, though nothing woke it. */
    public static final Duration PAUSE = Duration.ofSeconds(15);

    /** So long after it was to come its place is kept. */
    static final Duration GRACE = Duration.ofSeconds(30);

    static final int PLACES = 8;

    /** Of one namespace, however small they are. */
    static final int MOST_OF_ONE = 2;

    private static final int PLACES_OF_ONE = PLACES / 2;

    private final long bytes;
    private final Consumer<HasMetadata> wake;
    private final Clock clock;
    private final Map<String, Place> taken = new HashMap<>();
    /** By namespace, in the order of their turns, and in it by UID in the order of arrival. */
    private final Map<String, Map<String, Waiting>> waiting = new LinkedHashMap<>();

    private record Place(String namespace, int size) {}

    private record Waiting(HasMetadata resource, Place place, Instant due) {
        String uid() {
            return resource.getMetadata().getUid();
        }

        Waiting dueAt(Instant other) {
            return new Waiting(resource, place, other);
        }
    }

    /**
     * What is done in a turn.
     *
     * @param <T> what it comes to
     * @param <E> that it throws; {@link RuntimeException} where it throws none
     */
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        T run() throws E;
    }

    /**
     * @param bytes of files that all together may hold, 1 or more; one takes half of it at most, whatever it says
     * @param wake reconciles the resource of that kind and name
     */
    public DeployTurns(long bytes, Consumer<HasMetadata> wake, Clock clock) {
        this.bytes = bytes;
        this.wake = wake;
        this.clock = clock;
    }

    /**
     * Works for the resource, if it is its turn.
     *
     * @param size of the files that it holds meanwhile, in bytes
     * @return empty where others come first: it is to come again after {@link #PAUSE}
     */
    public <T, E extends Exception> Optional<T> inTurn(HasMetadata live, long size, Work<T, E> work) throws E {
        if (!enter(live, size)) {
            return Optional.empty();
        }
        try {
            return Optional.of(work.run());
        } finally {
            leave(live.getMetadata().getUid());
        }
    }

    /** Whether its turn begins, which then must be {@linkplain #leave left}. */
    synchronized boolean enter(HasMetadata live, long size) {
        Instant now = clock.instant();
        expire(now);
        String uid = live.getMetadata().getUid();
        String namespace = live.getMetadata().getNamespace();
        Map<String, Waiting> theirs = waiting.computeIfAbsent(namespace, any -> new LinkedHashMap<>());
        Place place = new Place(namespace, places(size));
        theirs.put(uid, new Waiting(live, place, now.plus(PAUSE)));
        if (taken.containsKey(uid) || next().stream().noneMatch(one -> one.uid().equals(uid))) {
            return false;
        }
        theirs.remove(uid);
        waiting.remove(namespace);
        if (!theirs.isEmpty()) {
            waiting.put(namespace, theirs);
        }
        taken.put(uid, place);
        return true;
    }

    private int places(long size) {
        long parts = (Math.min(size, bytes) * PLACES + bytes - 1) / bytes;
        return (int) Math.max(1, Math.min(parts, PLACES_OF_ONE));
    }

    /** Its turn is over. */
    void leave(String uid) {
        List<Waiting> next;
        synchronized (this) {
            taken.remove(uid);
            Instant now = clock.instant();
            expire(now);
            next = next();
            next.forEach(one -> waiting.computeIfPresent(one.place().namespace(), (namespace, theirs) -> {
                theirs.put(one.uid(), one.dueAt(now));
                return theirs;
            }));
        }
        next.forEach(one -> wake.accept(one.resource()));
    }

    /** Those for whom there is a place now, in order. */
    private List<Waiting> next() {
        Map<String, Integer> sizes = new HashMap<>();
        Map<String, Integer> counts = new HashMap<>();
        int free = PLACES;
        for (Place place : taken.values()) {
            free -= place.size();
            sizes.merge(place.namespace(), place.size(), Integer::sum);
            counts.merge(place.namespace(), 1, Integer::sum);
        }
        List<Waiting> next = new ArrayList<>();
        Map<String, Iterator<Waiting>> lanes = new LinkedHashMap<>();
        waiting.forEach(
                (namespace, theirs) -> lanes.put(namespace, theirs.values().iterator()));
        while (!lanes.isEmpty()) {
            for (Iterator<Map.Entry<String, Iterator<Waiting>>> round =
                            lanes.entrySet().iterator();
                    round.hasNext(); ) {
                Map.Entry<String, Iterator<Waiting>> lane = round.next();
                if (!lane.getValue().hasNext()) {
                    round.remove();
                    continue;
                }
                Waiting first = lane.getValue().next();
                if (!fits(first.place(), sizes, counts)) {
                    round.remove();
                    continue;
                }
                if (first.place().size() > free) {
                    return next;
                }
                free -= first.place().size();
                sizes.merge(lane.getKey(), first.place().size(), Integer::sum);
                counts.merge(lane.getKey(), 1, Integer::sum);
                next.add(first);
            }
        }
        return next;
    }

    /** Within what its namespace may have. */
    private static boolean fits(Place place, Map<String, Integer> sizes, Map<String, Integer> counts) {
        return counts.getOrDefault(place.namespace(), 0) < MOST_OF_ONE
                && sizes.getOrDefault(place.namespace(), 0) + place.size() <= PLACES_OF_ONE;
    }

    private void expire(Instant now) {
        waiting.values().forEach(theirs -> theirs.values()
                .removeIf(one -> now.isAfter(one.due().plus(GRACE))));
        waiting.values().removeIf(Map::isEmpty);
    }

    /** It does not wait any more; a turn that goes on ends by itself. */
    public synchronized void forget(String uid) {
        waiting.values().forEach(theirs -> theirs.remove(uid));
        waiting.values().removeIf(Map::isEmpty);
    }

    /** Those that wait. */
    public synchronized Set<String> uids() {
        Set<String> all = new HashSet<>();
        waiting.values().forEach(theirs -> all.addAll(theirs.keySet()));
        return all;
    }
}
