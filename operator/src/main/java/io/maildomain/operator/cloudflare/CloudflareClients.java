package io.maildomain.operator.cloudflare;

import io.maildomain.operator.credentials.ApiToken;
import io.maildomain.operator.limits.LimitSettings;
import io.maildomain.operator.limits.Ticker;
import io.maildomain.operator.limits.TokenLimits;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The clients of all tokens: they share connections, and each token has one budget and one gate, however many ask for its
 * client. A token that nobody asked for in a day is forgotten. Thread-safe.
 */
public final class CloudflareClients implements AutoCloseable {
    private static final Duration KEPT_UNUSED = Duration.ofDays(1);

    private final Transport transport;
    private final LimitSettings limits;
    private final Clock clock;
    private final Ticker ticker;
    private final CallMetrics metrics;
    private final WriteFence fence;
    /** By the token's fingerprint: no readable token is a key. */
    private final Map<String, Entry> entries = new HashMap<>();

    private record Entry(Cloudflare client, Duration usedAt) {}

    public CloudflareClients(ClientSettings settings, Clock clock, MeterRegistry registry, WriteFence fence) {
        this(settings, clock, Ticker.system(), registry, fence);
    }

    CloudflareClients(ClientSettings settings, Clock clock, Ticker ticker, MeterRegistry registry, WriteFence fence) {
        this.transport = new Transport(settings);
        this.limits = new LimitSettings(
                settings.requestsPerWindow(),
                settings.window(),
                settings.reservePercent(),
                settings.authRetryBase(),
                settings.authRetryCap());
        this.clock = clock;
        this.ticker = ticker;
        this.metrics = new CallMetrics(registry);
        this.fence = fence;
    }

    /** The client of this token; cheap, to be asked for anew whenever it is needed. */
    public synchronized Cloudflare forToken(ApiToken token) {
        Duration now = ticker.elapsed();
        entries.values().removeIf(entry -> now.minus(entry.usedAt()).compareTo(KEPT_UNUSED) > 0);
        return entries.compute(
                        token.fingerprint(),
                        (key, known) -> new Entry(known == null ? client(token) : known.client(), now))
                .client();
    }

    private Cloudflare client(ApiToken token) {
        TokenLimits ofToken = new TokenLimits(limits, ticker);
        Sender sender = new Sender(ofToken, fence, metrics, clock, transport.json());
        return new TokenCloudflare(transport.api(token), sender);
    }

    /** How many tokens are known at the moment. */
    synchronized int known() {
        return entries.size();
    }

    /** Ends connections and threads. Calls under way may fail. */
    @Override
    public void close() {
        transport.close();
    }
}
