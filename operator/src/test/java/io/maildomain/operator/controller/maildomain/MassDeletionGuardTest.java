package io.maildomain.operator.controller.maildomain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

class MassDeletionGuardTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration WITHIN = Duration.ofSeconds(10);

    /** As slow as it is plain: what the quick count must come to. */
    private static long plainly(List<Instant> times, Instant time) {
        return times.stream()
                .filter(start -> !start.isAfter(time) && !start.plus(WITHIN).isBefore(time))
                .mapToLong(start -> times.stream()
                        .filter(other -> !other.isBefore(start) && !other.isAfter(start.plus(WITHIN)))
                        .count())
                .max()
                .orElse(0);
    }

    @Property(tries = 500)
    void countsTheMostDeletionsOfAnyWindow(@ForAll @NotEmpty List<@IntRange(max = 40) Integer> seconds) {
        List<Instant> times = seconds.stream().map(START::plusSeconds).toList();
        for (Instant time : times) {
            assertThat(MassDeletionGuard.together(times, time, WITHIN)).isEqualTo(plainly(times, time));
        }
    }

    @Test
    void tenThousandAtOnceAreCountedInNoTime() {
        List<Instant> times = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            times.add(START.plusMillis(i));
        }
        long before = System.nanoTime();
        assertThat(MassDeletionGuard.together(times, START.plusSeconds(5), WITHIN))
                .isEqualTo(10_000);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofMillis(500));
    }
}
