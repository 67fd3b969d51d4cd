package io.maildomain.operator.statuspage.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0 s",
        "PT-5M, 0 s",
        "PT59S, 59 s",
        "PT1M, 1 min",
        "PT59M59S, 59 min",
        "PT1H, 1 h",
        "PT3H20M, 3 h 20 min",
        "PT24H, 1 d",
        "PT50H, 2 d 2 h",
        "P400D, 400 d"
    })
    void peopleReadTwoUnits(Duration duration, String words) {
        assertThat(Durations.words(duration)).isEqualTo(words);
    }

    @Test
    void whatIsNotKnownIsNotShown() {
        assertThat(Durations.ago(null, Instant.EPOCH).markup()).isEmpty();
    }

    @Test
    void aTimeIsThereForProgramsAsWell() {
        Instant time = Instant.parse("2026-01-01T10:00:00.123Z");

        assertThat(Durations.at(time).markup())
                .isEqualTo("<time datetime=\"2026-01-01T10:00:00Z\">2026-01-01 10:00:00 UTC</time>");
        assertThat(Durations.ago(time, time.plusSeconds(120)).markup())
                .isEqualTo("<time datetime=\"2026-01-01T10:00:00Z\">2 min</time>");
    }
}
