package io.maildomain.operator.controller.maildomain;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers what was seen before a step that cannot be taken back, until a later look has seen the very same: a list may lag
 * behind another user's write, and one answer may be wrong ({@code docs/guides/deletion.md}). Lost on a restart, which costs one more look.
 */
final class SecondLook {

    private final Clock clock;
    private final Duration pause;
    private final Map<String, First> looks = new ConcurrentHashMap<>();

    private record First(Object seen, Instant at) {}

    /** @param pause between the two looks; zero where no caller needs to wait for the second one */
    SecondLook(Clock clock, Duration pause) {
        this.clock = clock;
        this.pause = pause;
    }

    /**
     * Compares what is seen now with what was seen before; whatever differs makes this the first look.
     *
     * @param about whom: the resource's UID
     * @return how long to wait before the next look; empty where two agree
     */
    Optional<Duration> stillToWait(String about, Object seen) {
        Instant now = clock.instant();
        First first = looks.get(about);
        if (first == null || !first.seen().equals(seen)) {
            looks.put(about, new First(seen, now));
            return Optional.of(pause);
        }
        Duration left = pause.minus(Duration.between(first.at(), now));
        return left.isNegative() || left.isZero() ? Optional.empty() : Optional.of(left);
    }

    /** The step was taken, or there is none to take any more. */
    void forget(String about) {
        looks.remove(about);
    }

    /** What is remembered, by whom it is about. */
    Set<String> about() {
        return Set.copyOf(looks.keySet());
    }
}
