package io.maildomain.faults;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Waits until nothing happens any more. */
final class Quiet {

    private Quiet() {}

    /**
     * Waits until the number has been the same for that time.
     *
     * @param activity another number whenever something happens
     */
    static void await(Duration time, LongSupplier activity) {
        AtomicLong seen = new AtomicLong(-1);
        AtomicLong since = new AtomicLong(System.nanoTime());
        Place.await("a quiet moment", () -> {
            long now = activity.getAsLong();
            if (seen.getAndSet(now) != now) {
                since.set(System.nanoTime());
            }
            return System.nanoTime() - since.get() > time.toNanos();
        });
    }
}
