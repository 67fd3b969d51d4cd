package io.maildomain.operator.kubernetes.leadership;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * A point in time by two clocks: the wall clock jumps, the monotonic one stands still while a machine is suspended. What has passed is the longer of the two, which errs to the safe side.
 */
record ClockReading(Instant wall, Duration monotonic) {

    static Supplier<ClockReading> from(Clock clock, Supplier<Duration> monotonic) {
        return () -> new ClockReading(clock.instant(), monotonic.get());
    }

    static Supplier<ClockReading> system() {
        return from(Clock.systemUTC(), () -> Duration.ofNanos(System.nanoTime()));
    }

    Duration since(ClockReading earlier) {
        Duration byWall = Duration.between(earlier.wall, wall);
        Duration byMonotonic = monotonic.minus(earlier.monotonic);
        return byWall.compareTo(byMonotonic) > 0 ? byWall : byMonotonic;
    }
}
