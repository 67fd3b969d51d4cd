package io.maildomain.operator.cloudflare.ratelimit;

import java.time.Duration;

/**
 * What one token may do.
 *
 * @param requestsPerWindow what Cloudflare allows in a window, 1 or more
 * @param window the window, positive
 * @param reservePercent how much of it is left to people, 0 to 90
 * @param authRetryBase the first pause after the token was refused; doubles with each refused probe
 * @param authRetryCap the longest such pause
 */
public record LimitSettings(
        int requestsPerWindow, Duration window, int reservePercent, Duration authRetryBase, Duration authRetryCap) {

    /** Of what Cloudflare asks us to wait, for a resource as for the whole token: a longer one is not believed. */
    public static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    /** What of a quota is left for the operator once people have their reserve; at least 1. */
    int allowedOf(int quota) {
        return (int) Math.max(1, (long) quota * (100 - reservePercent) / 100);
    }
}
