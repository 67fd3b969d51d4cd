package io.maildomain.operator.controller.maildomain;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.operator.fixture.ShiftedClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DriftHistoryTest {

    private final ShiftedClock clock = ShiftedClock.stoppedAt(Instant.parse("2026-03-01T12:00:00Z"));
    private final DriftHistory history = new DriftHistory(clock);

    private void correctedAfter(String rule, Duration wait) {
        clock.passes(wait);
        history.corrected("resource", rule);
    }

    @Test
    void twiceIsNoQuarrel() {
        correctedAfter("a", Duration.ZERO);
        correctedAfter("a", Duration.ofMinutes(10));

        assertThat(history.contested("resource")).isEmpty();
    }

    @Test
    void threeTimesWithinAnHourIs() {
        correctedAfter("a", Duration.ZERO);
        correctedAfter("a", Duration.ofMinutes(29));
        correctedAfter("a", Duration.ofMinutes(30));
        correctedAfter("b", Duration.ZERO);

        assertThat(history.contested("resource")).containsExactly("a");
    }

    @Test
    void threeTimesInMoreThanAnHourIsNot() {
        correctedAfter("a", Duration.ZERO);
        correctedAfter("a", Duration.ofMinutes(31));
        correctedAfter("a", Duration.ofMinutes(30));

        assertThat(history.contested("resource")).isEmpty();
    }

    @Test
    void itPasses() {
        for (int i = 0; i < 3; i++) {
            correctedAfter("a", Duration.ofMinutes(1));
        }
        assertThat(history.contested("resource")).containsExactly("a");

        clock.passes(Duration.ofHours(1));
        assertThat(history.contested("resource")).isEmpty();
    }
}
