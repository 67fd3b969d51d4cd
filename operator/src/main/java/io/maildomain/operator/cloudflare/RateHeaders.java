package io.maildomain.operator.cloudflare;

import io.maildomain.operator.cloudflare.ratelimit.TokenLimits;
import java.time.Duration;
import java.util.regex.Pattern;
import okhttp3.Headers;

/**
 * Reads {@code Ratelimit: "default";r=1199;t=1} and {@code Ratelimit-Policy: "default";q=1200;w=300}, which Cloudflare
 * sends with each answer since September 2025. What is not understood is passed over.
 */
final class RateHeaders {
    private static final Pattern ITEM = Pattern.compile(",");
    private static final Pattern REMAINING = parameter("r");
    private static final Pattern RESET = parameter("t");
    private static final Pattern QUOTA = parameter("q");
    private static final Pattern WINDOW = parameter("w");
    private static final int UNKNOWN = -1;
    private static final int LONGEST_WINDOW_SECONDS = 3600;

    private RateHeaders() {}

    static void report(Headers headers, TokenLimits limits) {
        for (String item : items(headers, "Ratelimit-Policy")) {
            int quota = number(QUOTA, item);
            int window = number(WINDOW, item);
            if (quota != UNKNOWN && window > 0 && window <= LONGEST_WINDOW_SECONDS) {
                limits.serverAllows(quota, Duration.ofSeconds(window));
            }
        }
        for (String item : items(headers, "Ratelimit")) {
            int remaining = number(REMAINING, item);
            if (remaining != UNKNOWN) {
                report(remaining, number(RESET, item), limits);
            }
        }
    }

    private static void report(int remaining, int reset, TokenLimits limits) {
        if (reset == UNKNOWN) {
            limits.serverHasLeft(remaining);
        } else {
            limits.serverHasLeft(remaining, Duration.ofSeconds(Math.max(1, reset)));
        }
    }

    private static String[] items(Headers headers, String name) {
        String value = headers.get(name);
        return value == null ? new String[0] : ITEM.split(value, 8);
    }

    private static int number(Pattern pattern, String item) {
        java.util.regex.Matcher matcher = pattern.matcher(item);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : UNKNOWN;
    }

    private static Pattern parameter(String name) {
        return Pattern.compile(";\\s*" + name + "=(\\d{1,8})(?!\\d)");
    }
}
