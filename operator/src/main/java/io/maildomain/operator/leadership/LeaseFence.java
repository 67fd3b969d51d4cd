package io.maildomain.operator.leadership;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Open while the last confirmed renewal leaves more than one call's time-out until the Lease ends. */
final class LeaseFence implements Fence {

    private final Duration leaseDuration;
    private final Duration callTimeout;
    private final Supplier<Moment> now;
    private final AtomicReference<Optional<Moment>> renewed = new AtomicReference<>(Optional.empty());

    LeaseFence(Duration leaseDuration, Duration callTimeout, Supplier<Moment> now) {
        this.leaseDuration = leaseDuration;
        this.callTimeout = callTimeout;
        this.now = now;
    }

    /** @param asked when the renewal was sent: others count from a later moment, never from an earlier one */
    void renewed(Moment asked) {
        renewed.set(Optional.of(asked));
    }

    void lost() {
        renewed.set(Optional.empty());
    }

    @Override
    public boolean mayWrite() {
        return renewed.get()
                .map(moment -> leaseDuration.minus(now.get().since(moment)).compareTo(callTimeout) > 0)
                .orElse(false);
    }
}
