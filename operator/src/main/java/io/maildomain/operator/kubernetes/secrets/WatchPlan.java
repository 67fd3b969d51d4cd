package io.maildomain.operator.kubernetes.secrets;

import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What to start and to stop so that each wanted Secret is followed exactly once. Those that come first, because many depend on them, have a watch as long as there are places, and take one
 * from another if need be. Else a watch that runs is never exchanged for another: only free places are given away, first to Secrets that are not followed yet, then to polled ones. What finds no
 * place is polled, as is what has lost its own.
 */
record WatchPlan(Set<SecretKey> stop, Set<SecretKey> watch, Set<SecretKey> poll) {

    static WatchPlan of(Set<SecretKey> wanted, Set<SecretKey> watched, Set<SecretKey> polled, int limit) {
        return of(wanted, Set.of(), watched, polled, limit);
    }

    /** @param first those of the wanted that come first */
    static WatchPlan of(
            Set<SecretKey> wanted, Set<SecretKey> first, Set<SecretKey> watched, Set<SecretKey> polled, int limit) {
        SortedSet<SecretKey> stop = new TreeSet<>(watched);
        stop.addAll(polled);
        stop.removeAll(wanted);

        SortedSet<SecretKey> unfollowed = new TreeSet<>(wanted);
        unfollowed.removeAll(watched);
        unfollowed.removeAll(polled);
        SortedSet<SecretKey> stillPolled = new TreeSet<>(polled);
        stillPolled.removeAll(stop);

        long kept = watched.stream().filter(wanted::contains).count();
        long free = Math.max(0, limit - kept);
        SortedSet<SecretKey> watch = new TreeSet<>();
        SortedSet<SecretKey> firstWithout = new TreeSet<>(first);
        firstWithout.retainAll(wanted);
        firstWithout.removeAll(watched);
        SortedSet<SecretKey> others = new TreeSet<>(watched);
        others.retainAll(wanted);
        others.removeAll(first);
        SortedSet<SecretKey> displaced = new TreeSet<>();
        takeFirst(others, firstWithout.size() - free, displaced);
        takeFirst(firstWithout, free + displaced.size(), watch);
        unfollowed.removeAll(watch);
        stillPolled.removeAll(watch);
        free = free + displaced.size();
        takeFirst(unfollowed, free - watch.size(), watch);
        takeFirst(stillPolled, free - watch.size(), watch);

        SortedSet<SecretKey> poll = new TreeSet<>(unfollowed);
        poll.removeAll(watch);
        poll.addAll(displaced);
        return new WatchPlan(stop, watch, poll);
    }

    private static void takeFirst(Set<SecretKey> from, long count, Set<SecretKey> into) {
        from.stream().limit(Math.max(0, count)).forEach(into::add);
    }
}
