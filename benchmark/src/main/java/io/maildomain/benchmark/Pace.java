package io.maildomain.benchmark;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The operator's waiting times, all of them shortened alike: what takes five minutes is seen in half a minute. */
public final class Pace {

    /** From one check of what is healthy to the next, in life. */
    public static final Duration DRIFT = Duration.ofMinutes(10);

    private static final Map<String, Duration> DEFAULTS = Map.of(
            "drift-interval", DRIFT,
            "retry-base", Duration.ofSeconds(1),
            "retry-cap", Duration.ofMinutes(5),
            "waiting-base", Duration.ofSeconds(5),
            "waiting-cap", Duration.ofMinutes(5),
            "final-base", Duration.ofSeconds(30),
            "final-cap", Duration.ofMinutes(30),
            "confirm-pause", Duration.ofSeconds(5),
            "hand-over", Duration.ofMinutes(1));

    private Pace() {}

    /** Flags of {@code run} with its default times, so many times as short. */
    static List<String> faster(int times) {
        return DEFAULTS.entrySet().stream()
                .map(flag -> "--" + flag.getKey() + "="
                        + flag.getValue().dividedBy(times).toMillis() + "ms")
                .sorted()
                .toList();
    }
}
