package io.maildomain.operator.kubernetes.leadership;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LeaseFenceTest {

    private static final ClockReading START =
            new ClockReading(Instant.parse("2026-11-24T00:00:00Z"), Duration.ofHours(5));

    private final AtomicReference<ClockReading> now = new AtomicReference<>(START);
    private final LeaseFence fence = new LeaseFence(Duration.ofSeconds(15), Duration.ofSeconds(10), now::get);

    @Test
    void withoutARenewalNothingMayBeWritten() {
        assertThat(fence.mayWrite()).isFalse();
    }

    @Test
    void writesAreAllowedWhileTheLeaseOutlivesOneMoreCall() {
        fence.renewed(START);
        assertThat(fence.mayWrite()).isTrue();
        pass(Duration.ofMillis(4_999), Duration.ofMillis(4_999));
        assertThat(fence.mayWrite()).isTrue();
        pass(Duration.ofMillis(5_000), Duration.ofMillis(5_000));
        assertThat(fence.mayWrite()).isFalse();
    }

    @Test
    void aRenewalOpensItAgain() {
        fence.renewed(START);
        pass(Duration.ofSeconds(6), Duration.ofSeconds(6));
        assertThat(fence.mayWrite()).isFalse();
        fence.renewed(now.get());
        assertThat(fence.mayWrite()).isTrue();
    }

    @Test
    void aLostLeaseClosesItAtOnce() {
        fence.renewed(START);
        fence.lost();
        assertThat(fence.mayWrite()).isFalse();
    }

    @Test
    void aSuspendedMachineIsNoticedByTheWallClock() {
        fence.renewed(START);
        pass(Duration.ofMinutes(10), Duration.ofSeconds(1));
        assertThat(fence.mayWrite()).isFalse();
    }

    @Test
    void aWallClockThatWasSetBackIsNoticedByTheMonotonicOne() {
        fence.renewed(START);
        pass(Duration.ofMinutes(-10), Duration.ofSeconds(6));
        assertThat(fence.mayWrite()).isFalse();
    }

    @Test
    void whoRunsAloneMayAlwaysWrite() {
        assertThat(Fence.open().mayWrite()).isTrue();
    }

    private void pass(Duration byWall, Duration byMonotonic) {
        now.set(new ClockReading(START.wall().plus(byWall), START.monotonic().plus(byMonotonic)));
    }
}
