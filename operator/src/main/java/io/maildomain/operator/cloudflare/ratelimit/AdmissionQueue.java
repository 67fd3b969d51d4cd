package io.maildomain.operator.cloudflare.ratelimit;

import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Who waits for a turn, and in which order: by class, and within a class by start-time fair queueing over namespaces
 * (Goyal, Vin, Cheng 1996). Each namespace has a clock that goes forward by the calls of its turns; the lowest clock comes
 * first, and one that was idle starts where the others are. It is passive: one that waits asks again, and one that does not come
 * back loses its place. Guarded by its owner's lock.
 */
final class AdmissionQueue {
    /** So long after the time that it was told a place is kept. Longer than a reconcile is delayed in a busy process. */
    static final Duration GRACE = Duration.ofMinutes(2);

    /** Of more namespaces than these nothing is remembered while none waits, as at the end of a busy period in that paper. */
    static final int MOST_LANES = 1_000;

    private static final Comparator<Entry> ORDER = Comparator.<Entry, ServiceClass>comparing(Entry::serviceClass)
            .thenComparing(Entry::start)
            .thenComparing(Entry::number);

    private final Map<String, Entry> entries = new HashMap<>();
    /** Where the next turn of a namespace starts, in calls. Those that are not ahead of their class are not kept. */
    private final Map<Lane, Long> next = new HashMap<>();

    private final Map<ServiceClass, Long> reached = new EnumMap<>(ServiceClass.class);
    private final Map<ServiceClass, Integer> passedOver = new EnumMap<>(ServiceClass.class);
    private long numbers;

    /** The namespaces' clocks differ by class. */
    private record Lane(ServiceClass serviceClass, String namespace) {
        static Lane of(Applicant applicant) {
            return new Lane(applicant.serviceClass(), applicant.namespace());
        }
    }

    /**
     * One that waits.
     *
     * @param start of its turn, on its namespace's clock
     * @param number in the order of arrival
     * @param due when it was told to come back
     */
    private record Entry(Applicant applicant, long start, long number, Duration since, Duration due) {
        ServiceClass serviceClass() {
            return applicant.serviceClass();
        }

        Entry toldToComeAt(Duration other) {
            return new Entry(applicant, start, number, since, other);
        }
    }

    /** How many calls those that come before it wait for. */
    long callsBefore(Applicant applicant) {
        Entry mine = entryOf(applicant);
        Optional<Entry> first = first();
        if (first.filter(other -> other.number() == mine.number()).isPresent()) {
            return 0;
        }
        return entries.values().stream()
                .filter(other -> other.number() != mine.number())
                .filter(other -> ORDER.compare(other, mine) < 0
                        || first.filter(other::equals).isPresent())
                .mapToLong(other -> other.applicant().calls())
                .sum();
    }

    /** Whether it comes first, before those of higher classes, since these went before its class often enough. */
    boolean isOwed(Applicant applicant) {
        Entry mine = entryOf(applicant);
        return first().filter(other -> other.number() == mine.number()).isPresent();
    }

    /** How long it has waited; zero where it does not. */
    Duration waited(Applicant applicant, Duration now) {
        Entry known = entries.get(applicant.uid());
        return known == null ? Duration.ZERO : now.minus(known.since());
    }

    /** It waits, from now on or still. */
    void waits(Applicant applicant, Duration due, Duration now) {
        Entry known = entries.get(applicant.uid());
        if (known != null && isSamePlace(known, applicant)) {
            entries.put(applicant.uid(), known.toldToComeAt(due));
            return;
        }
        Duration since = known == null ? now : known.since();
        leave(applicant.uid());
        long start = startOf(applicant);
        entries.put(applicant.uid(), new Entry(applicant, start, numbers++, since, due));
        next.put(Lane.of(applicant), start + applicant.calls());
    }

    /** Its turn begins. */
    void served(Applicant applicant) {
        Entry mine = entryOf(applicant);
        if (entries.get(applicant.uid()) == mine) {
            entries.remove(applicant.uid());
        } else {
            leave(applicant.uid());
        }
        next.merge(Lane.of(applicant), mine.start() + applicant.calls(), Math::max);
        reached.merge(applicant.serviceClass(), mine.start(), Math::max);
        countPassedOver(applicant.serviceClass());
        forgetIdle();
    }

    /** Its turn took so many more calls than were asked for, or fewer: its namespace's next turn comes later, or sooner. */
    void took(Applicant applicant, int more) {
        next.computeIfPresent(Lane.of(applicant), (lane, start) -> start + more);
    }

    /** Those that did not come back lose their place. */
    void expire(Duration now) {
        Set<String> late = new HashSet<>();
        entries.values().stream()
                .filter(entry -> now.compareTo(entry.due().plus(GRACE)) > 0)
                .forEach(entry -> late.add(entry.applicant().uid()));
        late.forEach(this::leave);
        forgetIdle();
    }

    /** It does not wait any more. */
    void leave(String uid) {
        Entry known = entries.remove(uid);
        if (known != null) {
            next.computeIfPresent(
                    Lane.of(known.applicant()),
                    (lane, start) -> start - known.applicant().calls());
        }
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Those that wait. */
    Set<String> uids() {
        return Set.copyOf(entries.keySet());
    }

    /** How many of the class wait. */
    int waiting(ServiceClass serviceClass) {
        return (int) of(is -> is == serviceClass).count();
    }

    /** How much is remembered of namespaces. */
    int lanes() {
        return next.size();
    }

    private void forgetIdle() {
        next.entrySet()
                .removeIf(lane -> lane.getValue() <= reachedBy(lane.getKey().serviceClass()));
        if (entries.isEmpty() && next.size() > MOST_LANES) {
            // Each namespace that comes for the first time starts where its class is, and moves it no further.
            next.forEach((lane, start) -> reached.merge(lane.serviceClass(), start, Math::max));
            next.clear();
        }
    }

    private void countPassedOver(ServiceClass served) {
        for (ServiceClass other : ServiceClass.values()) {
            if (other == served || of(is -> is == other).findAny().isEmpty()) {
                passedOver.remove(other);
            } else if (other.compareTo(served) > 0) {
                passedOver.merge(other, 1, Integer::sum);
            }
        }
    }

    /** The one that comes before all order; empty where no class was passed over too often. */
    private Optional<Entry> first() {
        return Stream.of(ServiceClass.values())
                .filter(owed -> passedOver.getOrDefault(owed, 0) >= owed.patience())
                .flatMap(owed -> of(is -> is == owed).min(ORDER).stream())
                .findFirst();
    }

    private Stream<Entry> of(Predicate<ServiceClass> classes) {
        return entries.values().stream().filter(entry -> classes.test(entry.serviceClass()));
    }

    /** Its place, or the one that it would have. */
    private Entry entryOf(Applicant applicant) {
        Entry known = entries.get(applicant.uid());
        return known != null && isSamePlace(known, applicant)
                ? known
                : new Entry(applicant, startOf(applicant), numbers, Duration.ZERO, Duration.ZERO);
    }

    private static boolean isSamePlace(Entry known, Applicant applicant) {
        return Lane.of(known.applicant()).equals(Lane.of(applicant));
    }

    private long startOf(Applicant applicant) {
        long reached = reachedBy(applicant.serviceClass());
        return Math.max(reached, next.getOrDefault(Lane.of(applicant), reached));
    }

    private long reachedBy(ServiceClass serviceClass) {
        return reached.getOrDefault(serviceClass, 0L);
    }
}
