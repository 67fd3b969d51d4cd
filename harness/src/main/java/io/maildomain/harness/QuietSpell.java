package io.maildomain.harness;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Whether nothing has happened for some time, counted from the first question on. Asked by one thread at a time. */
public final class QuietSpell implements BooleanSupplier {

    private final Duration time;
    private final LongSupplier activity;
    private long seen = -1;
    private long since = System.nanoTime();

    /**
     * @param time how long it is to be quiet
     * @param activity another number whenever something happens
     */
    public QuietSpell(Duration time, LongSupplier activity) {
        this.time = time;
        this.activity = activity;
    }

    @Override
    public synchronized boolean getAsBoolean() {
        long now = activity.getAsLong();
        if (now != seen) {
            seen = now;
            since = System.nanoTime();
        }
        return System.nanoTime() - since > time.toNanos();
    }
}
