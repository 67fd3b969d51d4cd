package io.maildomain.simulator.calls;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** How many calls each second brought, by token and by route. The caller holds the lock. */
final class CallRates {

    /** So long ago, and it is forgotten. */
    static final Duration KEPT = Duration.ofHours(6);

    private final TreeMap<Instant, TreeMap<Origin, Tally>> seconds = new TreeMap<>();

    void add(SeenCall call) {
        Instant second = Instant.ofEpochSecond(call.time().getEpochSecond());
        seconds.computeIfAbsent(second, s -> new TreeMap<>())
                .merge(new Origin(call.tokenOrNone(), call.key()), Tally.of(call), Tally::plus);
        seconds.headMap(second.minus(KEPT)).clear();
    }

    /** Intervals of that length from the first call to the latest; those without any call are there, too. */
    List<CallInterval> every(Duration length) {
        List<CallInterval> intervals = new ArrayList<>();
        if (seconds.isEmpty()) {
            return intervals;
        }
        Instant from = seconds.firstKey();
        while (!from.isAfter(seconds.lastKey())) {
            Instant to = from.plus(length);
            intervals.add(interval(from, seconds.subMap(from, to)));
            from = to;
        }
        return intervals;
    }

    private static CallInterval interval(Instant from, SortedMap<Instant, TreeMap<Origin, Tally>> seconds) {
        Tally all = Tally.NONE;
        SortedMap<String, Tally> tokens = new TreeMap<>();
        SortedMap<String, Tally> routes = new TreeMap<>();
        for (TreeMap<Origin, Tally> second : seconds.values()) {
            for (var one : second.entrySet()) {
                all = all.plus(one.getValue());
                tokens.merge(one.getKey().token(), one.getValue(), Tally::plus);
                routes.merge(one.getKey().route(), one.getValue(), Tally::plus);
            }
        }
        return new CallInterval(from, all.calls(), all.refused(), tokens, routes);
    }

    void clear() {
        seconds.clear();
    }

    private record Origin(String token, String route) implements Comparable<Origin> {

        @Override
        public int compareTo(Origin other) {
            int byToken = token.compareTo(other.token);
            return byToken != 0 ? byToken : route.compareTo(other.route);
        }
    }
}
