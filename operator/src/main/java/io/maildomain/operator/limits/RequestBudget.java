package io.maildomain.operator.limits;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.TokensInheritanceStrategy;
import java.time.Duration;

/**
 * How many requests a token may still send. A third of what is allowed may go out at once, the rest comes back evenly
 * over the window: so no window, wherever it begins, holds more than is allowed, and after a burst nobody waits for the
 * end of a window. It never blocks. Guarded by its owner's lock.
 */
final class RequestBudget {
    private static final int BURST_SHARE = 3;
    private static final int KEPT_FOR_CHANGES_SHARE = 4;

    private final LimitSettings settings;
    private final Bucket bucket;
    private Rate rate;

    /** Requests per window; two of them compare by how fast they are. */
    private record Rate(int requests, Duration window) {
        long burst() {
            return Math.max(1, requests / BURST_SHARE);
        }

        long keptForChanges() {
            return burst() / KEPT_FOR_CHANGES_SHARE;
        }

        double perSecond() {
            return requests / (window.toNanos() / 1e9);
        }

        Bandwidth bandwidth() {
            return Bandwidth.builder()
                    .capacity(burst())
                    .refillGreedy(Math.max(1, requests - burst()), window)
                    .build();
        }
    }

    RequestBudget(LimitSettings settings, Ticker ticker) {
        this.settings = settings;
        this.rate = configured();
        this.bucket = Bucket.builder()
                .withCustomTimePrecision(meter(ticker))
                .addLimit(rate.bandwidth())
                .build();
    }

    /** Takes one request and gives zero; or takes none and gives the time after which one will be there. */
    Duration take(Priority priority) {
        long needed = priority == Priority.CHECK ? 1 + rate.keptForChanges() : 1;
        var estimate = bucket.estimateAbilityToConsume(needed);
        if (!estimate.canBeConsumed()) {
            return Duration.ofNanos(Math.max(1, estimate.getNanosToWaitForRefill()));
        }
        bucket.tryConsume(1);
        return Duration.ZERO;
    }

    /** Cloudflare's count can be lower than ours, since a user's other tokens and the dashboard draw on it too. */
    void serverHasLeft(int remaining) {
        int reserve = settings.requestsPerWindow() - settings.allowedOf(settings.requestsPerWindow());
        long surplus = bucket.getAvailableTokens() - Math.max(0, remaining - reserve);
        if (surplus > 0) {
            bucket.tryConsumeAsMuchAsPossible(surplus);
        }
    }

    /** Cloudflare's policy slows us down where it is stricter than the settings, and only as long as it is. */
    void serverAllows(int quota, Duration window) {
        Rate policy = new Rate(settings.allowedOf(quota), window);
        Rate wanted = policy.perSecond() < configured().perSecond() ? policy : configured();
        if (!wanted.equals(rate)) {
            rate = wanted;
            bucket.replaceConfiguration(
                    BucketConfiguration.builder().addLimit(rate.bandwidth()).build(), TokensInheritanceStrategy.AS_IS);
        }
    }

    private Rate configured() {
        return new Rate(settings.allowedOf(settings.requestsPerWindow()), settings.window());
    }

    private static TimeMeter meter(Ticker ticker) {
        return new TimeMeter() {
            @Override
            public long currentTimeNanos() {
                return ticker.elapsed().toNanos();
            }

            @Override
            public boolean isWallClockBased() {
                return false;
            }
        };
    }
}
