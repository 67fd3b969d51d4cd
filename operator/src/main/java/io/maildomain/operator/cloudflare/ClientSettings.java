package io.maildomain.operator.cloudflare;

import java.net.URI;
import java.time.Duration;

/**
 * How the client behaves; no resource can change any of it.
 *
 * @param baseUrl where Cloudflare's API is, such as {@code https://api.cloudflare.com/client/v4}
 * @param callTimeout for one call from the first byte to the last, connecting included; {@link #callTimeout(long)} for an upload
 * @param connectTimeout for one attempt to connect
 * @param requestsPerWindow what Cloudflare allows a user, over all of the user's tokens and the dashboard
 * @param window the time for which that count holds
 * @param reservePercent how much of it is left to people
 * @param authRetryBase after a refused token, the time until one call probes again; doubles up to the cap
 * @param authRetryCap the longest such time
 * @param userAgent sent with each call
 * @param egress how calls leave the network
 */
public record ClientSettings(
        URI baseUrl,
        Duration callTimeout,
        Duration connectTimeout,
        int requestsPerWindow,
        Duration window,
        int reservePercent,
        Duration authRetryBase,
        Duration authRetryCap,
        String userAgent,
        Egress egress) {

    /** What a line of a megabit per second needs for it. */
    private static final Duration FOR_A_MEBIBYTE = Duration.ofSeconds(8);

    private static final Duration LONGEST_UPLOAD = Duration.ofMinutes(10);

    /** Cloudflare's documented limit, and times that suit a production cluster. */
    public static ClientSettings defaults(URI baseUrl, String userAgent) {
        return new ClientSettings(
                baseUrl,
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                1200,
                Duration.ofSeconds(300),
                20,
                Duration.ofSeconds(10),
                Duration.ofMinutes(5),
                userAgent,
                Egress.usual());
    }

    public ClientSettings {
        require(requestsPerWindow >= 1, "the requests of a window must be 1 or more");
        require(reservePercent >= 0 && reservePercent <= 90, "the reserve must be between 0 and 90 percent");
        require(isPositive(window), "the window must be positive");
        require(isPositive(callTimeout) && isPositive(connectTimeout), "time-outs must be positive");
        require(isPositive(authRetryBase), "the base of the retry after a refused token must be positive");
        require(authRetryCap.compareTo(authRetryBase) >= 0, "that retry's cap must not be below its base");
    }

    /** For one call that sends so many bytes: a slow line needs its time for a large body, and that ends as well. */
    Duration callTimeout(long bytes) {
        Duration whole = callTimeout.plus(FOR_A_MEBIBYTE.multipliedBy(Math.max(0, bytes >> 20)));
        Duration longest = callTimeout.compareTo(LONGEST_UPLOAD) > 0 ? callTimeout : LONGEST_UPLOAD;
        return whole.compareTo(longest) > 0 ? longest : whole;
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isZero() && !duration.isNegative();
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException(what);
        }
    }
}
