package io.maildomain.operator.domain;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Remembers which rules of ours had to be put right, to notice that somebody keeps changing them back (DESIGN, Ownership:
 * 3 times in an hour). Lost on a restart, which costs at most three more corrections.
 */
final class DriftHistory {

    private static final int TIMES = 3;
    private static final Duration WITHIN = Duration.ofHours(1);

    private final Clock clock;
    private final Map<Rule, Deque<Instant>> corrections = new ConcurrentHashMap<>();

    /** Known by its address: one that somebody deletes comes back under another id. */
    private record Rule(String resource, String address) {}

    DriftHistory(Clock clock) {
        this.clock = clock;
    }

    /** A rule was put right although its spec had not changed. */
    void corrected(String resource, String address) {
        corrections.compute(new Rule(resource, address), (rule, times) -> {
            Deque<Instant> recent = times == null ? new ArrayDeque<>() : new ArrayDeque<>(times);
            recent.addLast(clock.instant());
            while (recent.size() > TIMES) {
                recent.removeFirst();
            }
            return recent;
        });
    }

    /** The resource is gone. */
    void forget(String resource) {
        corrections.keySet().removeIf(rule -> rule.resource().equals(resource));
    }

    /** The resources of which something is remembered. */
    Set<String> uids() {
        return corrections.keySet().stream().map(Rule::resource).collect(Collectors.toSet());
    }

    /** Rules that were deleted under an unchanged spec: somebody had made them again. */
    void deleted(String resource, List<Change> done) {
        done.stream()
                .filter(change -> change instanceof Change.DeleteRule)
                .forEach(change -> corrected(resource, change.subject()));
    }

    /** The addresses of a resource whose rules were put right so often of late that it is a quarrel. */
    Set<String> contested(String resource) {
        Instant since = clock.instant().minus(WITHIN);
        corrections.values().removeIf(times -> times.getLast().isBefore(since));
        Set<String> addresses = new HashSet<>();
        corrections.forEach((rule, times) -> {
            if (rule.resource().equals(resource)
                    && times.size() >= TIMES
                    && times.getFirst().isAfter(since)) {
                addresses.add(rule.address());
            }
        });
        return addresses;
    }
}
