package io.maildomain.operator.sources;

import io.maildomain.operator.sources.SourceException.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Fetches what a user names, from hosts that the installation allows. Redirects are followed by hand, since each one has to be allowed as
 * well and must not carry credentials to another host; bodies are read up to a bound and checked against their digest.
 */
public final class SourceClient {

    private static final int OK = 200;
    private static final int TIMES = 3;
    private static final int MOST_REDIRECTS = 4;
    private static final List<Integer> REDIRECTS = List.of(301, 302, 303, 307, 308);

    private final OkHttpClient http;
    private final Way way;
    private final Duration timeout;
    private final LongSupplier nanos;
    private final SourceHosts hosts;
    private final SourceLimits limits;

    /** How requests leave the network: a client's builder with what it takes to get to an address. */
    @FunctionalInterface
    public interface Way {
        OkHttpClient.Builder to(OkHttpClient.Builder client, HttpUrl address);
    }

    /** The same where there is neither a proxy nor a CA of one's own. */
    public SourceClient(SourceHosts hosts, SourceLimits limits, Duration timeout) {
        this(hosts, limits, timeout, (client, address) -> client);
    }

    /** @param timeout for one request, from the connection to the last byte; all of a source together have three times as long */
    public SourceClient(SourceHosts hosts, SourceLimits limits, Duration timeout, Way way) {
        this(hosts, limits, timeout, way, System::nanoTime);
    }

    /** @param nanos a clock that goes forward only, in nanoseconds */
    SourceClient(SourceHosts hosts, SourceLimits limits, Duration timeout, Way way, LongSupplier nanos) {
        this.way = way;
        this.timeout = timeout;
        this.nanos = nanos;
        this.http = new OkHttpClient.Builder()
                .followRedirects(false)
                .followSslRedirects(false)
                .build();
        this.hosts = hosts;
        this.limits = limits;
    }

    /**
     * An answer, redirects followed.
     *
     * @param challenge what {@code WWW-Authenticate} said; empty where it said nothing
     * @param type of the content, without parameters
     */
    record Answer(int status, String challenge, String type, ByteString body) {}

    /** A source begins to be fetched. */
    Pull begin() {
        return new Pull(limits, timeout.multipliedBy(TIMES), nanos);
    }

    SourceLimits limits() {
        return limits;
    }

    /**
     * The files of a Flux artifact.
     *
     * @param url and {@code digest}, as {@code status.artifact} of the Flux object has them
     * @throws SourceException where it cannot be had or used
     */
    public Bundle artifact(String url, String digest) {
        HttpUrl address = Optional.ofNullable(HttpUrl.parse(url))
                .orElseThrow(() -> new SourceException(Problem.MALFORMED, "the artifact's URL is none"));
        Archive archive = new Archive(limits);
        Answer answer = unpack(begin(), address, null, digest, archive::add);
        if (answer.status() != OK) {
            throw status("the artifact", answer.status());
        }
        return new Bundle(digest, new TreeMap<>(archive.files()));
    }

    /** @throws SourceException where the bytes are others than the digest names, or it is not of SHA-256 */
    static void check(ByteString bytes, String digest) {
        if (!digest.equals(digestOf(bytes))) {
            throw new SourceException(Problem.WRONG_DIGEST, "what was fetched is not what its digest names");
        }
    }

    static String digestOf(ByteString bytes) {
        return "sha256:" + bytes.sha256().hex();
    }

    static SourceException status(String what, int status) {
        return switch (status) {
            case 401, 403 ->
                new SourceException(
                        Problem.ACCESS_DENIED,
                        "%s is not given out (HTTP %d): check pullSecretRef".formatted(what, status));
            case 404 -> new SourceException(Problem.NOT_FOUND, what + " is not there (HTTP 404)");
            default -> new SourceException(Problem.UNAVAILABLE, "%s cannot be had (HTTP %d)".formatted(what, status));
        };
    }

    /**
     * @param authorization sent to the host of the URL only
     * @param most bytes that are read of the body
     */
    Answer get(Pull pull, HttpUrl url, @Nullable String authorization, String accept, long most) {
        return get(pull, url, authorization, accept, response -> answer(response, body(response, most, pull)));
    }

    /**
     * The same, unpacked while it comes: packed and unpacked at once it would take twice the memory.
     *
     * @param digest of the body
     * @param into reads it; asked where the answer is 200. What it made is not to be used if this throws
     * @return without a body
     * @throws SourceException also where the bytes are others than the digest names
     */
    Answer unpack(Pull pull, HttpUrl url, @Nullable String authorization, String digest, Consumer<InputStream> into) {
        return get(pull, url, authorization, "*/*", response -> {
            if (response.code() == OK) {
                new Unpacking(response.body().byteStream(), limits, pull).into(into, digest);
            }
            return answer(response, ByteString.EMPTY);
        });
    }

    @FunctionalInterface
    private interface Reading {
        Answer read(Response response) throws IOException;
    }

    private Answer get(Pull pull, HttpUrl url, @Nullable String authorization, String accept, Reading reading) {
        HttpUrl at = url;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            if (!hosts.allows(at)) {
                throw new SourceException(
                        Problem.HOST_NOT_ALLOWED,
                        "the installation does not fetch from %s://%s:%d (--artifact-hosts)"
                                .formatted(at.scheme(), at.host(), at.port()));
            }
            boolean home = at.host().equals(url.host())
                    && at.port() == url.port()
                    && at.scheme().equals(url.scheme());
            Request.Builder request = new Request.Builder().url(at).header("Accept", accept);
            if (authorization != null && home) {
                request.header("Authorization", authorization);
            }
            Duration left = pull.left();
            OkHttpClient client = way.to(http.newBuilder(), at)
                    .callTimeout(left.compareTo(timeout) < 0 ? left : timeout)
                    .build();
            try (Response response = client.newCall(request.build()).execute()) {
                if (!REDIRECTS.contains(response.code())) {
                    return reading.read(response);
                }
                String location = response.header("Location", "");
                at = Optional.ofNullable(at.resolve(location == null ? "" : location))
                        .orElseThrow(() ->
                                new SourceException(Problem.UNAVAILABLE, "a host redirects to what is no address"));
            } catch (IOException e) {
                throw new SourceException(Problem.UNAVAILABLE, "%s cannot be reached".formatted(at.host()), e);
            }
        }
        throw new SourceException(Problem.UNAVAILABLE, url.host() + " redirects again and again");
    }

    private ByteString body(Response response, long most, Pull pull) throws IOException {
        BufferedSource body = response.body().source();
        if (body.request(most + 1)) {
            throw limits.tooManyBytes();
        }
        ByteString bytes = body.readByteString();
        pull.took(bytes.size());
        return bytes;
    }

    private static Answer answer(Response response, ByteString body) {
        String type = Optional.ofNullable(response.header("Content-Type")).orElse("");
        String challenge =
                Optional.ofNullable(response.header("WWW-Authenticate")).orElse("");
        int semicolon = type.indexOf(';');
        return new Answer(
                response.code(), challenge, (semicolon < 0 ? type : type.substring(0, semicolon)).strip(), body);
    }
}
