package io.maildomain.operator.cloudflare;

import io.maildomain.operator.cloudflare.deploy.VersionProbe;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * The {@link VersionProbe} by HTTP. A user writes the URL, and DNS says where its host is: so it goes to public addresses only, and tells
 * no more than whether the answer was the one that was expected.
 */
public final class HttpVersionProbe implements VersionProbe {
    private static final String OVERRIDES = "Cloudflare-Workers-Version-Overrides";
    private static final long MOST_OF_BODY = 64 * 1024;

    /** Cloudflare's own name servers have the zone: what takes longer is in the way of the resolver. */
    private static final Duration LOOK_UP = Duration.ofSeconds(3);

    private final OkHttpClient http;
    private final Egress egress;
    private final String userAgent;
    private final PublicAddresses addresses = new PublicAddresses(Dns.SYSTEM, LOOK_UP);
    private final @Nullable HttpUrl instead;

    /**
     * @param timeout of one request, from the connection to the last byte that is read
     * @param instead where all requests go in place of their hosts, which their Host header then names: a simulator; null in life
     */
    public HttpVersionProbe(Egress egress, Duration timeout, String userAgent, @Nullable URI instead) {
        this.http = new OkHttpClient.Builder()
                .followRedirects(false)
                .followSslRedirects(false)
                .callTimeout(timeout)
                .build();
        this.egress = egress;
        this.userAgent = userAgent;
        this.instead = instead == null ? null : HttpUrl.get(instead);
    }

    @Override
    public Finding ask(Question question) {
        HttpUrl url = HttpUrl.get(question.url());
        if (url == null || instead == null && !url.isHttps()) {
            return new Finding("the probe's URL is none of https");
        }
        HttpUrl target = instead == null
                ? url
                : url.newBuilder()
                        .scheme(instead.scheme())
                        .host(instead.host())
                        .port(instead.port())
                        .build();
        Request.Builder request = new Request.Builder().url(target).header("User-Agent", userAgent);
        if (instead != null) {
            request.header("Host", url.host());
        }
        if (question.override() != null) {
            request.header(OVERRIDES, "%s=\"%s\"".formatted(question.script(), question.override()));
        }
        try (Response response = client(url, target).newCall(request.build()).execute()) {
            return judge(question, response);
        } catch (IOException e) {
            // Its words may name addresses of the network that the operator is in.
            return new Finding("the probe got no answer from " + url.host());
        }
    }

    private OkHttpClient client(HttpUrl url, HttpUrl target) {
        OkHttpClient.Builder client = egress.applyTo(http.newBuilder(), target);
        return instead == null
                ? client.dns(name -> name.equals(url.host()) ? addresses.lookup(name) : Dns.SYSTEM.lookup(name))
                        .build()
                : client.build();
    }

    private static Finding judge(Question question, Response response) throws IOException {
        if (response.code() != question.status()) {
            return new Finding("the probe got HTTP %d instead of %d".formatted(response.code(), question.status()));
        }
        Optional<String> wanted = Optional.ofNullable(question.contains());
        if (wanted.isEmpty() || body(response).contains(wanted.get())) {
            return Finding.GOOD;
        }
        return new Finding("the probe's answer does not have the text that it should contain");
    }

    private static String body(Response response) throws IOException {
        BufferedSource source = response.body().source();
        source.request(MOST_OF_BODY);
        long held = Math.min(source.getBuffer().size(), MOST_OF_BODY);
        return source.readString(held, StandardCharsets.UTF_8);
    }
}
