package io.maildomain.operator.cloudflare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/** The way of one token's calls: makes the HTTP request that a call is, and reads the envelope of its answer. */
final class TokenTransport {
    private static final MediaType JSON = MediaType.get("application/json; charset=utf-8");

    /**
     * How many times more the time of a call SQL has on a D1 database. Cloudflare itself ends a query after 30 seconds, and the file
     * of a migration is one query: who hangs up before that does not know whether it was applied.
     *
     * @see <a href="https://developers.cloudflare.com/d1/platform/limits/">the limits of D1</a>
     */
    private static final int MORE_FOR_SQL = 3;

    private final Call.Factory client;
    private final HttpUrl baseUrl;
    private final JsonMapper mapper;
    private final ObjectReader envelopes;
    private final LongFunction<Duration> limits;

    /**
     * @param client puts the token into each request
     * @param limits of the time of a call, by how many bytes it sends
     */
    TokenTransport(Call.Factory client, HttpUrl baseUrl, JsonMapper mapper, LongFunction<Duration> limits) {
        this.client = client;
        this.baseUrl = baseUrl;
        this.mapper = mapper;
        this.envelopes = mapper.readerFor(Envelope.class);
        this.limits = limits;
    }

    JsonMapper json() {
        return mapper;
    }

    /** @param mayWrite asked again and again while a body is sent */
    Attempt attempt(ApiRequest request, BooleanSupplier mayWrite) {
        CloudflareCall call = request.call();
        if (call.bearsPass() != (request.secrets().pass() != null)) {
            throw new IllegalStateException(
                    "a pass goes out with those calls that it is for, and the token with all others");
        }
        RequestBody body = body(request.body());
        Request.Builder http = new Request.Builder()
                .url(request.url(baseUrl))
                .method(call.method(), body == null ? null : new UploadBody(body, mayWrite))
                .tag(RequestSecrets.class, request.secrets());
        request.headers().forEach(header -> http.header(header.name(), header.value()));
        return new Attempt(client, http.build(), !call.writes(), limit(call, length(body)));
    }

    private Duration limit(CloudflareCall call, long bytes) {
        Duration usual = limits.apply(bytes);
        return call == CloudflareCall.QUERY_DATABASE
                ? usual.plus(limits.apply(0).multipliedBy(MORE_FOR_SQL))
                : usual;
    }

    private static long length(@Nullable RequestBody bodyOrNull) {
        try {
            return bodyOrNull == null ? 0 : bodyOrNull.contentLength();
        } catch (IOException e) {
            throw new UncheckedIOException("the length of what is in memory is always known", e);
        }
    }

    /**
     * What the answer is wrapped in; null where it is not, or where its status says that there is none.
     *
     * @throws JsonProcessingException where the body is not an envelope
     */
    @Nullable
    Envelope envelope(CloudflareCall call, HttpReply reply) throws JsonProcessingException {
        if (reply.isRefusal() || reply.isRedirect() || reply.isEmpty(call)) {
            return null;
        }
        return envelopes.readValue(reply.body());
    }

    private @Nullable RequestBody body(@Nullable Object bodyOrNull) {
        if (bodyOrNull == null) {
            return null;
        }
        if (bodyOrNull instanceof RequestBody ready) {
            return ready;
        }
        if (bodyOrNull instanceof Form form) {
            return form.body();
        }
        try {
            return RequestBody.create(mapper.writeValueAsBytes(bodyOrNull), JSON);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of ours is always JSON", e);
        }
    }
}
