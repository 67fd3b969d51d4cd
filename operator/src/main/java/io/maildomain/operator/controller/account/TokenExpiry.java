package io.maildomain.operator.controller.account;

import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.operator.credentials.Surface;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** When the accounts' tokens expire, as a metric, and whether that is soon. Thread-safe. */
public final class TokenExpiry {

    /** From then on it is warned of. */
    static final Duration SOON = Duration.ofDays(14);

    private final MeterRegistry meters;
    private final Map<Key, Gauge> gauges = new ConcurrentHashMap<>();
    private final Map<Key, Instant> times = new ConcurrentHashMap<>();

    private record Key(String account, Surface surface) {}

    /** @param meters where {@code maildomain_token_expiry_timestamp_seconds} appears, by account and surface */
    public TokenExpiry(MeterRegistry meters) {
        this.meters = meters;
    }

    /** What to warn of at this time; empty where the token lives long enough, or it is not known how long. */
    static Optional<String> warning(SurfaceFindings findings, Instant now) {
        return findings.verification()
                .expiresAt()
                .filter(end -> end.isAfter(now) && Duration.between(now, end).compareTo(SOON) <= 0)
                .map(end -> "the " + findings.state().surface().word() + " token ("
                        + findings.state().check().message() + ") expires on " + end
                        + ": put a new one there before that day");
    }

    void seen(CloudflareAccount account, SurfaceFindings findings) {
        Key key = new Key(account.getMetadata().getName(), findings.state().surface());
        findings.verification().expiresAt().ifPresentOrElse(end -> show(key, end), () -> hide(key));
    }

    void forget(CloudflareAccount account) {
        for (Surface surface : Surface.values()) {
            hide(new Key(account.getMetadata().getName(), surface));
        }
    }

    private void show(Key key, Instant end) {
        times.put(key, end);
        gauges.computeIfAbsent(key, absent -> Gauge.builder(
                        "maildomain.token.expiry.timestamp",
                        () -> times.getOrDefault(key, Instant.EPOCH).getEpochSecond())
                .description("When a token expires, in seconds since 1970")
                .baseUnit("seconds")
                .tags(Tags.of("account", key.account(), "surface", key.surface().word()))
                .register(meters));
    }

    private void hide(Key key) {
        times.remove(key);
        Gauge gauge = gauges.remove(key);
        if (gauge != null) {
            meters.remove(gauge);
        }
    }
}
