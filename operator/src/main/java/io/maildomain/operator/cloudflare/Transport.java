package io.maildomain.operator.cloudflare;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.maildomain.operator.credentials.ApiToken;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSource;

/** The one HTTP client that all tokens share: nothing is retried or redirected behind our back, and answers are bounded. */
final class Transport implements AutoCloseable {
    /** Of the decompressed body. The largest honest answer is a page of 100 DNS records, or an account's list of Workers. */
    static final long MAX_BODY_BYTES = 8L << 20;

    private static final int MAX_DEPTH = 64;
    private static final int HTTP_UNAVAILABLE = 503;
    /** No other header of an answer is looked at: okhttp takes names from a server that it does not let us write. */
    private static final List<String> READ =
            List.of("Content-Type", "Date", "Retry-After", "Ratelimit", "Ratelimit-Policy");

    private static final MediaType JSON = MediaType.get("application/json; charset=utf-8");

    private final ClientSettings settings;
    private final HttpUrl baseUrl;
    private final String userAgent;
    private final OkHttpClient shared;
    private final JsonMapper mapper = mapper();

    Transport(ClientSettings settings) {
        this.settings = settings;
        this.baseUrl = HttpUrl.get(settings.baseUrl().toString());
        this.userAgent = settings.userAgent();
        this.shared = settings.egress()
                .applyTo(new OkHttpClient.Builder(), baseUrl)
                .callTimeout(settings.callTimeout())
                .connectTimeout(settings.connectTimeout())
                .readTimeout(settings.callTimeout())
                .writeTimeout(settings.callTimeout())
                // A second POST of ours could create a second thing; the caller decides.
                .retryOnConnectionFailure(false)
                // A redirect could carry the token away.
                .followRedirects(false)
                .followSslRedirects(false)
                .connectionPool(new ConnectionPool(5, 1, TimeUnit.MINUTES))
                .eventListenerFactory(call -> {
                    return progressOf(call.request());
                })
                .addNetworkInterceptor(chain -> withoutInvitationToRepeat(chain.proceed(chain.request())))
                .build();
    }

    /** The same with this token in each request; connections and threads are shared. */
    TokenTransport with(ApiToken token) {
        Call.Factory client = shared.newBuilder()
                .addInterceptor(chain -> {
                    RequestSecrets secrets = secretsOf(chain.request());
                    Request request = chain.request()
                            .newBuilder()
                            .header("Authorization", secrets.authorization(token))
                            .header("Accept", "application/json")
                            .header("User-Agent", userAgent)
                            .build();
                    // What is handed over may still be on its way: the answer can take as long as the whole call.
                    int whole = (int)
                            TimeUnit.NANOSECONDS.toMillis(chain.call().timeout().timeoutNanos());
                    Response answer = bounded(
                            chain.withReadTimeout(whole, TimeUnit.MILLISECONDS).proceed(request),
                            secrets.redaction(token));
                    progressOf(request).answered(answer);
                    return answer;
                })
                .build();
        return new TokenTransport(client, baseUrl, mapper, settings::callTimeout);
    }

    @Override
    public void close() {
        shared.dispatcher().executorService().shutdown();
        shared.connectionPool().evictAll();
    }

    /**
     * okhttp repeats a request, whatever its method, when a 503 says {@code Retry-After: 0}, and breaks down at a number that is none of its
     * own.
     */
    private static Response withoutInvitationToRepeat(Response response) {
        String retryAfter = response.header("Retry-After");
        if (response.code() != HTTP_UNAVAILABLE || retryAfter == null) {
            return response;
        }
        if (retryAfter.strip().matches("0+")) {
            return response.newBuilder().header("Retry-After", "1").build();
        }
        return retryAfter.strip().matches("\\d{10,}")
                ? response.newBuilder().removeHeader("Retry-After").build()
                : response;
    }

    /** How far the call of this request came. */
    private static CallProgress progressOf(Request request) {
        return Objects.requireNonNull(request.tag(CallProgress.class), "each attempt tags its request");
    }

    private static RequestSecrets secretsOf(Request request) {
        return Objects.requireNonNull(request.tag(RequestSecrets.class), "each request says what it bears");
    }

    /** Reads the body within its bounds; a server that echoes a secret of the request does not get it into our texts. */
    private Response bounded(Response response, Redaction redaction) throws IOException {
        Headers.Builder headers = new Headers.Builder();
        for (String name : READ) {
            response.headers(name).forEach(value -> headers.addUnsafeNonAscii(name, redaction.in(value)));
        }
        try (ResponseBody body = response.body()) {
            BufferedSource source = body.source();
            if (source.request(MAX_BODY_BYTES + 1)) {
                throw new AnswerTooLarge();
            }
            String text = redaction.inBody(source.getBuffer().readUtf8(), mapper);
            return response.newBuilder()
                    .message("")
                    .headers(headers.build())
                    .body(ResponseBody.create(text, JSON))
                    .build();
        }
    }

    /** The body exceeds {@link #MAX_BODY_BYTES}. */
    static final class AnswerTooLarge extends IOException {
        private static final long serialVersionUID = 1L;

        AnswerTooLarge() {
            super("the answer is larger than %d MiB".formatted(MAX_BODY_BYTES >> 20));
        }
    }

    private static JsonMapper mapper() {
        JsonFactory bounded = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxStringLength((int) MAX_BODY_BYTES)
                        .build())
                .build();
        return JsonMapper.builder(bounded)
                .addModule(new JavaTimeModule())
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .build();
    }
}
