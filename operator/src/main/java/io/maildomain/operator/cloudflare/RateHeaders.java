package io.maildomain.operator.cloudflare;

import io.maildomain.operator.cloudflare.ratelimit.TokenLimits;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code Ratelimit: "default";r=1199;t=1} and {@code Ratelimit-Policy: "default";q=1200;w=300}, which Cloudflare
 * sends with each answer since September 2025. What is not understood is passed over. Where there are several policies, the
 * one that allows the fewest requests in the long run is the budget; what is left by the others, say of a burst, is not.
 */
final class RateHeaders {
    private static final Pattern ITEM = Pattern.compile(",");
    private static final Pattern REMAINING = parameter("r");
    private static final Pattern RESET = parameter("t");
    private static final Pattern QUOTA = parameter("q");
    private static final Pattern WINDOW = parameter("w");
    private static final int MOST_ITEMS = 8;
    private static final Duration LONGEST_WINDOW = Duration.ofHours(1);

    private RateHeaders() {}

    /** @param name that Cloudflare gives the policy; empty where it gives none */
    private record Policy(String name, int quota, Duration window) {

        static Optional<Policy> of(String item) {
            return number(QUOTA, item).flatMap(quota -> number(WINDOW, item)
                    .map(Duration::ofSeconds)
                    .filter(window -> !window.isZero() && window.compareTo(LONGEST_WINDOW) <= 0)
                    .map(window -> new Policy(nameOf(item), quota, window)));
        }

        double perSecond() {
            return (double) quota / window.toSeconds();
        }
    }

    /**
     * What is left of a policy's quota.
     *
     * @param reset how soon there is more; null where Cloudflare does not say
     */
    private record Left(
            String name, int remaining, @Nullable Duration reset) {

        static Optional<Left> of(String item) {
            @Nullable
            Duration reset = number(RESET, item)
                    .map(seconds -> Duration.ofSeconds(Math.max(1, seconds)))
                    .orElse(null);
            return number(REMAINING, item).map(remaining -> new Left(nameOf(item), remaining, reset));
        }

        void report(TokenLimits limits) {
            if (reset == null) {
                limits.serverHasLeft(remaining);
            } else {
                limits.serverHasLeft(remaining, reset);
            }
        }
    }

    static void report(Headers headers, TokenLimits limits) {
        Optional<Policy> policy = items(headers, "Ratelimit-Policy")
                .flatMap(item -> Policy.of(item).stream())
                .min(Comparator.comparingDouble(Policy::perSecond));
        policy.ifPresent(tightest -> limits.serverAllows(tightest.quota(), tightest.window()));
        items(headers, "Ratelimit")
                .flatMap(item -> Left.of(item).stream())
                .filter(left -> policy.isEmpty() || policy.get().name().equals(left.name()))
                .min(Comparator.comparingInt(Left::remaining))
                .ifPresent(left -> left.report(limits));
    }

    private static Stream<String> items(Headers headers, String name) {
        List<String> values = headers.values(name);
        return values.stream().flatMap(ITEM::splitAsStream).limit(MOST_ITEMS);
    }

    private static String nameOf(String item) {
        int end = item.indexOf(';');
        return (end < 0 ? item : item.substring(0, end)).strip();
    }

    private static Optional<Integer> number(Pattern pattern, String item) {
        Matcher matcher = pattern.matcher(item);
        return matcher.find() ? Optional.of(Integer.parseInt(matcher.group(1))) : Optional.empty();
    }

    private static Pattern parameter(String name) {
        return Pattern.compile(";\\s*" + name + "=(\\d{1,8})(?!\\d)");
    }
}
