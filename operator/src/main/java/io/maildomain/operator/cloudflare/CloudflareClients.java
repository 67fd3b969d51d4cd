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
import java.util.function.Consumer;

/**
 * The clients of all tokens: they share connections, and each token has one budget and one gate, however many ask for its
 * client. A token that nobody asked for in a day is forgotten. Thread-safe.
 */
public final class CloudflareClients implements TokenClients, AutoCloseable {
    private static final Duration KEPT_UNUSED = Duration.ofDays(1);

    private final Transport transport;
    private final LimitSettings limits;
    private final Clock clock;
    private final Ticker ticker;
    private final CallMetrics metrics;
    private final WriteFence fence;
    private final Consumer<ApiToken> learned;
    /** By the token's fingerprint: no readable token is a key. */
    private final Map<String, Entry> entries = new HashMap<>();

    private record Entry(Cloudflare client, TokenMemory memory, TokenLimits limits, Duration usedAt) {}

    /** Clients whose tokens' standing nobody waits for. */
    public CloudflareClients(ClientSettings settings, Clock clock, MeterRegistry registry, WriteFence fence) {
        this(settings, clock, registry, fence, token -> {});
    }

    /** @param learned is told which token's standing changed; on the thread of the call that showed it */
    public CloudflareClients(
            ClientSettings settings,
            Clock clock,
            MeterRegistry registry,
            WriteFence fence,
            Consumer<ApiToken> learned) {
        this(settings, clock, Ticker.system(), registry, fence, learned);
    }

    CloudflareClients(ClientSettings settings, Clock clock, Ticker ticker, MeterRegistry registry, WriteFence fence) {
        this(settings, clock, ticker, registry, fence, token -> {});
    }

    private CloudflareClients(
            ClientSettings settings,
            Clock clock,
            Ticker ticker,
            MeterRegistry registry,
            WriteFence fence,
            Consumer<ApiToken> learned) {
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
        this.learned = learned;
    }

    @Override
    public Cloudflare forToken(ApiToken token) {
        return entry(token).client();
    }

    @Override
    public TokenStanding standing(ApiToken token) {
        return entry(token).memory().standing();
    }

    @Override
    public void forgetRefusals(ApiToken token) {
        entry(token).memory().forgetRefusals();
    }

    /** Somebody has changed the Secret that this token is in: that Cloudflare refused it before is old news. */
    public synchronized void reopen(ApiToken token) {
        Entry known = entries.get(token.fingerprint());
        if (known != null) {
            known.limits().reopen();
        }
    }

    private synchronized Entry entry(ApiToken token) {
        Duration now = ticker.elapsed();
        entries.values().removeIf(entry -> now.minus(entry.usedAt()).compareTo(KEPT_UNUSED) > 0);
        return entries.compute(
                token.fingerprint(),
                (key, known) -> known == null
                        ? fresh(token, now)
                        : new Entry(known.client(), known.memory(), known.limits(), now));
    }

    private Entry fresh(ApiToken token, Duration now) {
        TokenMemory memory = new TokenMemory(() -> learned.accept(token));
        TokenLimits ofToken = new TokenLimits(limits, ticker);
        Sender sender = new Sender(ofToken, memory, fence, metrics, clock, transport.json());
        return new Entry(new TokenCloudflare(transport.api(token), sender), memory, ofToken, now);
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
