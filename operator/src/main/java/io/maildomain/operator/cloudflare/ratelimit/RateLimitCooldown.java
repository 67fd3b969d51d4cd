package io.maildomain.operator.cloudflare.ratelimit;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The time during which nothing is sent because Cloudflare answered 429. Guarded by its owner's lock. */
final class RateLimitCooldown {
    private static final int FIRST_SHARE = 10;

    private final Duration window;
    private @Nullable Duration until;
    private int unexplained;

    RateLimitCooldown(Duration window) {
        this.window = window;
    }

    /** Zero if requests may be sent. */
    Duration remaining(Duration now) {
        return until == null || now.compareTo(until) >= 0 ? Duration.ZERO : until.minus(now);
    }

    void waitFor(Duration pause, Duration now) {
        Duration bounded = pause.compareTo(LimitSettings.LONGEST_PAUSE) > 0 ? LimitSettings.LONGEST_PAUSE : pause;
        Duration end = now.plus(bounded);
        if (until == null || end.compareTo(until) > 0) {
            until = end;
        }
    }

    /**
     * A 429 that does not say for how long: a tenth of the window at first, twice that with each further one, never more
     * than the window, after which Cloudflare's limit has certainly passed. Late answers to requests that were under way
     * when it began do not count again.
     */
    void waitUnexplained(Duration now) {
        if (!remaining(now).isZero()) {
            return;
        }
        Duration pause = window.dividedBy(FIRST_SHARE).multipliedBy(1L << Math.min(unexplained, 10));
        unexplained++;
        waitFor(pause.compareTo(window) > 0 ? window : pause, now);
    }

    void passed() {
        unexplained = 0;
    }
}
