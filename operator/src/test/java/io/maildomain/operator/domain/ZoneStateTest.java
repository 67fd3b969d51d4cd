package io.maildomain.operator.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.operator.cloudflare.Zone;
import io.maildomain.operator.outcome.Halt;
import io.maildomain.operator.outcome.Pace;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZoneStateTest {

    private static Zone zone(String status) {
        return new Zone(
                "0".repeat(32),
                "example.com",
                "a".repeat(32),
                "",
                status,
                "full",
                List.of("ns1.example"),
                List.of(),
                "",
                Instant.EPOCH,
                true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"initializing", "pending", "active", "moved"})
    void aStatusThatMeansSomethingIsWorkedWith(String status) {
        assertThat(ZoneState.unknown(zone(status))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"held", "deactivated", "ACTIVE", ""})
    void anyOtherIsSaidAndWaitedFor(String status) {
        Halt halt = ZoneState.unknown(zone(status)).orElseThrow();

        assertThat(halt.reason()).isEqualTo("ZoneStatusUnknown");
        assertThat(halt.pace()).isEqualTo(Pace.WAITING);
        assertThat(halt.message()).contains("example.com", status, "nothing is written");
    }
}
