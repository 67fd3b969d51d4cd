package io.maildomain.operator.cloudflare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/** The way of one token's calls: makes the HTTP request that a call is, and reads the envelope of its answer. */
final class TokenTransport {
    private static final MediaType JSON = MediaType.get("application/json; charset=utf-8");

    private final Call.Factory client;
    private final HttpUrl baseUrl;
    private final JsonMapper mapper;
    private final ObjectReader envelopes;

    /** @param client puts the token into each request */
    TokenTransport(Call.Factory client, HttpUrl baseUrl, JsonMapper mapper) {
        this.client = client;
        this.baseUrl = baseUrl;
        this.mapper = mapper;
        this.envelopes = mapper.readerFor(Envelope.class);
    }

    JsonMapper json() {
        return mapper;
    }

    Attempt attempt(ApiRequest request) {
        CloudflareCall call = request.call();
        if (call.bearsPass() != (request.secrets().pass() != null)) {
            throw new IllegalStateException(
                    "a pass goes out with those calls that it is for, and the token with all others");
        }
        Request.Builder http = new Request.Builder()
                .url(request.url(baseUrl))
                .method(call.method(), body(request.body()))
                .tag(RequestSecrets.class, request.secrets());
        request.headers().forEach(header -> http.header(header.name(), header.value()));
        return new Attempt(client, http.build(), !call.writes());
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
