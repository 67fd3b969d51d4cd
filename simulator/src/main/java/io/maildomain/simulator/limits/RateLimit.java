package io.maildomain.simulator.limits;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many requests a user has in a window.
 *
 * @param enforced whether the budget is ever used up; if not, answers tell of none
 */
public record RateLimit(int requests, Duration window, boolean enforced) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})/(\\d{1,6})s");

    public RateLimit {
        if (requests < 1 || window.toSeconds() < 1) {
            throw new IllegalArgumentException("a rate limit allows at least 1 request in at least 1 second");
        }
    }

    /** What Cloudflare documents: 1,200 requests in 5 minutes. */
    public static RateLimit standard() {
        return new RateLimit(1200, Duration.ofMinutes(5), true);
    }

    /** No limit, and no headers that tell of one. */
    public static RateLimit off() {
        return new RateLimit(1200, Duration.ofMinutes(5), false);
    }

    /**
     * Reads {@code 1200/300s} or {@code off}.
     *
     * @throws IllegalArgumentException saying what is expected
     */
    public static RateLimit of(String text) {
        if (text.equals("off")) {
            return off();
        }
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no rate limit; write e.g. 1200/300s, or off");
        }
        return new RateLimit(
                Integer.parseInt(matcher.group(1)), Duration.ofSeconds(Long.parseLong(matcher.group(2))), true);
    }
}
