package io.maildomain.operator.cloudflare;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/**
 * How far Cloudflare's clock was seen behind ours: by the {@code Date} of its latest answer, or by the {@code created_on} of
 * a zone that it has just created. Bounded, since what is compared with it decides about deletions.
 */
final class ClockSkew {

    /** No more is believed. */
    static final Duration MOST = Duration.ofMinutes(5);

    private final AtomicReference<Duration> byDate = new AtomicReference<>(Duration.ZERO);
    private final AtomicReference<Duration> byCreation = new AtomicReference<>(Duration.ZERO);

    /** @param ours our clock when the answer was here */
    void answered(Instant date, Instant ours) {
        byDate.set(bounded(Duration.between(date, ours)));
    }

    void created(Instant createdOn, Instant ours) {
        byCreation.accumulateAndGet(bounded(Duration.between(createdOn, ours)), ClockSkew::longer);
    }

    Duration behind() {
        return longer(byDate.get(), byCreation.get());
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static Duration bounded(Duration seen) {
        if (seen.isNegative()) {
            return Duration.ZERO;
        }
        return seen.compareTo(MOST) > 0 ? MOST : seen;
    }
}
