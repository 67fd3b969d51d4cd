package io.maildomain.operator.domain;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers which rules of ours had to be put right, to notice that somebody keeps changing them back (DESIGN, Ownership:
 * 3 times in an hour). Lost on a restart, which costs at most three more corrections.
 */
final class DriftHistory {

    private static final int TIMES = 3;
    private static final Duration WITHIN = Duration.ofHours(1);

    private final Clock clock;
    private final Map<String, Deque<Instant>> corrections = new ConcurrentHashMap<>();

    DriftHistory(Clock clock) {
        this.clock = clock;
    }

    /** A rule was put right although its spec had not changed. */
    void corrected(String ruleId) {
        corrections.compute(ruleId, (id, times) -> {
            Deque<Instant> recent = times == null ? new ArrayDeque<>() : new ArrayDeque<>(times);
            recent.addLast(clock.instant());
            while (recent.size() > TIMES) {
                recent.removeFirst();
            }
            return recent;
        });
    }

    /** The rules that were put right so often of late that it is a quarrel. */
    Set<String> contested() {
        Instant since = clock.instant().minus(WITHIN);
        corrections.values().removeIf(times -> times.getLast().isBefore(since));
        Set<String> ids = new HashSet<>();
        corrections.forEach((id, times) -> {
            if (times.size() >= TIMES && times.getFirst().isAfter(since)) {
                ids.add(id);
            }
        });
        return ids;
    }
}
