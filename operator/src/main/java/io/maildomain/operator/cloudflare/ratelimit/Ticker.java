package io.maildomain.operator.cloudflare.ratelimit;

import java.time.Duration;

/** Time that only goes forward, from an arbitrary start: waits must not change when the clock is set. */
@FunctionalInterface
public interface Ticker {
    Duration elapsed();

    /** The JVM's own. */
    static Ticker system() {
        return () -> Duration.ofNanos(System.nanoTime());
    }
}
