package io.maildomain.operator.cloudflare.ratelimit;

import java.time.Duration;

/** Time that passes when a test says so. */
public final class ManualTicker implements Ticker {
    private Duration elapsed = Duration.ofDays(1);

    @Override
    public synchronized Duration elapsed() {
        return elapsed;
    }

    public synchronized void pass(Duration time) {
        elapsed = elapsed.plus(time);
    }
}
