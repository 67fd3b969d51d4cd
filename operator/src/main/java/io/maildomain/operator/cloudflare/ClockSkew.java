package io.maildomain.operator.cloudflare;

import java.time.Duration;
import java.time.Instant;

/**
 * How far Cloudflare's clock was seen behind ours: by the {@code Date} of its latest answer, or by the {@code created_on} of
 * a zone that it has just created. Bounded, since what is compared with it decides about deletions. Thread-safe.
 */
final class ClockSkew {

    /** No more is believed. */
    static final Duration MOST = Duration.ofMinutes(5);

    private Duration byDate = Duration.ZERO;
    private Duration byCreation = Duration.ZERO;

    /** @param ours our clock when the answer was here */
    synchronized void answered(Instant date, Instant ours) {
        byDate = bounded(Duration.between(date, ours));
    }

    synchronized void created(Instant createdOn, Instant ours) {
        byCreation = longer(byCreation, bounded(Duration.between(createdOn, ours)));
    }

    synchronized Duration behind() {
        return longer(byDate, byCreation);
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
