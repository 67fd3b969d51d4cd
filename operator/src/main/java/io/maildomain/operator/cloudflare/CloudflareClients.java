package io.maildomain.operator.cloudflare;

import io.maildomain.operator.credentials.ApiToken;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;

/** The clients of all tokens: they share connections, and each token has one budget and one gate. Thread-safe. */
public final class CloudflareClients implements AutoCloseable {
    public CloudflareClients(ClientSettings settings, Clock clock, MeterRegistry registry, WriteFence fence) {
        throw new UnsupportedOperationException("comes next");
    }

    /** The client of this token; cheap, to be asked for anew whenever it is needed. */
    public Cloudflare forToken(ApiToken token) {
        throw new UnsupportedOperationException("comes next");
    }

    /** Ends connections and threads. Calls under way may fail. */
    @Override
    public void close() {}
}
