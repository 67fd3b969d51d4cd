package io.maildomain.operator.kubernetes.leadership;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Open while the last confirmed renewal leaves more than one call's time-out until the Lease ends. */
final class LeaseFence implements Fence {

    private final Duration leaseDuration;
    private final Duration callTimeout;
    private final Supplier<ClockReading> now;
    private volatile Optional<ClockReading> renewed = Optional.empty();

    LeaseFence(Duration leaseDuration, Duration callTimeout, Supplier<ClockReading> now) {
        this.leaseDuration = leaseDuration;
        this.callTimeout = callTimeout;
        this.now = now;
    }

    /** @param asked when the renewal was sent: others count from a later moment, never from an earlier one */
    void renewed(ClockReading asked) {
        renewed = Optional.of(asked);
    }

    void lost() {
        renewed = Optional.empty();
    }

    @Override
    public boolean mayWrite() {
        return renewed.map(
                        moment -> leaseDuration.minus(now.get().since(moment)).compareTo(callTimeout) > 0)
                .orElse(false);
    }
}
