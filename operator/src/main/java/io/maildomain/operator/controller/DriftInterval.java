package io.maildomain.operator.controller;

import io.maildomain.operator.config.OperatorSettings.Budget;
import java.time.Duration;

/** How long a healthy domain rests before Cloudflare is compared with the spec again. */
public final class DriftInterval {

    /** Checks take at most so much of the budget ({@code docs/architecture.md#when-it-looks-again}). */
    private static final double SHARE = 0.25;

    private static final double JITTER = 0.2;

    private DriftInterval() {}

    /**
     * The interval, stretched so that all checks together stay within their share of the budget, and jittered so that
     * they don't come at once.
     *
     * @param callsOfAllChecks how many calls one check of every domain takes together
     * @param random from 0 (inclusive) to 1 (exclusive)
     */
    public static Duration of(Duration configured, Budget budget, int callsOfAllChecks, double random) {
        double allowedPerSecond = SHARE
                * budget.requests()
                * (100 - budget.reservePercent())
                / 100.0
                / Math.max(1, budget.window().toSeconds());
        double needed = allowedPerSecond <= 0 ? 0 : callsOfAllChecks / allowedPerSecond * 1000;
        double base = Math.max(configured.toMillis(), needed);
        // Only ever later when stretched: jitter must not break the share.
        double factor = 1 + JITTER * random - (needed > configured.toMillis() ? 0 : JITTER / 2);
        return Duration.ofMillis((long) (base * factor));
    }
}
