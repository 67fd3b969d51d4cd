package io.maildomain.operator.controller.maildomain.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.cloudflare.Zone;
import io.maildomain.operator.status.Blocked;
import io.maildomain.operator.status.Requeue;
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
        Blocked blocked = ZoneState.unknown(zone(status)).orElseThrow();

        assertThat(blocked.reason()).isEqualTo(Reason.ZoneStatusUnknown);
        assertThat(blocked.requeue()).isEqualTo(Requeue.WAITING);
        assertThat(blocked.message()).contains("example.com", status, "nothing is written");
    }
}
