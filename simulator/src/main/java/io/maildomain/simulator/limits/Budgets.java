package io.maildomain.simulator.limits;

import io.maildomain.simulator.api.ErrorItem;
import io.maildomain.simulator.api.Refusal;
import io.maildomain.simulator.api.Throttle;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts requests in fixed windows. One call at a time; the caller holds the lock. */
public final class Budgets implements Throttle {

    private final RateLimit limit;
    private final Clock clock;
    private final Map<String, Window> windows = new HashMap<>();

    public Budgets(RateLimit limit, Clock clock) {
        this.limit = limit;
        this.clock = clock;
    }

    @Override
    public void spend(String budget) {
        if (!limit.enforced()) {
            return;
        }
        Instant now = clock.instant();
        Window window = current(budget, now);
        if (window.spent() < limit.requests()) {
            windows.put(budget, new Window(window.end(), window.spent() + 1));
            return;
        }
        if (window.spent() == limit.requests()) {
            // The request too many shuts the door for a whole window from now on.
            window = new Window(now.plus(limit.window()), window.spent() + 1);
            windows.put(budget, window);
        }
        throw new Refusal(
                429,
                List.of(new ErrorItem(971, "Please wait and consider throttling your request speed")),
                Map.of("Retry-After", String.valueOf(secondsUntil(window.end(), now))));
    }

    @Override
    public Map<String, String> headers(String budget) {
        if (!limit.enforced()) {
            return Map.of();
        }
        Instant now = clock.instant();
        Window window = current(budget, now);
        long left = Math.max(0, limit.requests() - window.spent());
        return Map.of(
                "Ratelimit",
                "\"default\";r=" + left + ";t=" + secondsUntil(window.end(), now),
                "Ratelimit-Policy",
                "\"default\";q=" + limit.requests() + ";w=" + limit.window().toSeconds());
    }

    private Window current(String budget, Instant now) {
        Window window = windows.get(budget);
        return window == null || !now.isBefore(window.end()) ? new Window(now.plus(limit.window()), 0) : window;
    }

    private static long secondsUntil(Instant end, Instant now) {
        return Math.max(1, (Duration.between(now, end).toMillis() + 999) / 1000);
    }

    private record Window(Instant end, int spent) {}
}
