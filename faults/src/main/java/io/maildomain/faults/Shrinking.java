package io.maildomain.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Leaves steps out of a history that fails for as long as it still fails. */
final class Shrinking {

    private final Predicate<History> fails;
    private final long end;

    /** @param time for all tries together */
    Shrinking(Predicate<History> fails, Duration time) {
        this.fails = fails;
        this.end = System.nanoTime() + time.toNanos();
    }

    /** The shortest that was found within the time. */
    History shrink(History history) {
        History shortest = history;
        for (int size = Math.max(1, history.steps().size() / 2); size >= 1; size /= 2) {
            shortest = withoutChunks(shortest, size);
        }
        return shortest;
    }

    private History withoutChunks(History history, int size) {
        History shortest = history;
        int at = 0;
        while (at < shortest.steps().size() && System.nanoTime() < end) {
            List<Step> fewer = new ArrayList<>(shortest.steps());
            fewer.subList(at, Math.min(at + size, fewer.size())).clear();
            if (fails.test(shortest.with(fewer))) {
                shortest = shortest.with(fewer);
            } else {
                at += size;
            }
        }
        return shortest;
    }
}
