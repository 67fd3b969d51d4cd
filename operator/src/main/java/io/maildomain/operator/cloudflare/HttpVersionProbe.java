package io.maildomain.operator.cloudflare;

import io.maildomain.operator.cloudflare.deploy.VersionProbe;
import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * The {@link VersionProbe} by HTTP. A user writes the URL, and DNS says where its host is: so it goes to {@linkplain PublicAddresses public
 * addresses} only, and tells no more than whether the answer was the one that was expected. Through a proxy it is the proxy that looks up the
 * host, once more: then what it may reach is its own to say.
 */
public final class HttpVersionProbe implements VersionProbe {
    private static final String OVERRIDES = "Cloudflare-Workers-Version-Overrides";
    private static final long MOST_OF_BODY = 64 * 1024;

    /** As browsers tell them from names: the last label is a number. An address needs no look-up, so none would be judged. */
    private static final Pattern ADDRESS = Pattern.compile("(.*[.])?([0-9]+|0[xX][0-9a-fA-F]*)[.]?|.*:.*");

    private final OkHttpClient http;
    private final Egress egress;
    private final String userAgent;
    private final @Nullable HttpUrl instead;
    private final Dns dns;

    /**
     * @param timeout of one request, from the connection to the last byte that is read
     * @param instead where all requests go in place of their hosts, which their Host header then names: a simulator; null in life
     */
    public HttpVersionProbe(Egress egress, Duration timeout, String userAgent, @Nullable URI instead) {
        this(egress, timeout, userAgent, instead, new PublicAddresses(Dns.SYSTEM));
    }

    /** @param dns what it tells of a host, and nothing else, is connected to */
    HttpVersionProbe(Egress egress, Duration timeout, String userAgent, @Nullable URI instead, Dns dns) {
        this.http = new OkHttpClient.Builder()
                .followRedirects(false)
                .followSslRedirects(false)
                .callTimeout(timeout)
                .build();
        this.egress = egress;
        this.userAgent = userAgent;
        this.instead = instead == null ? null : HttpUrl.get(instead);
        this.dns = dns;
    }

    @Override
    public Finding ask(Question question) {
        HttpUrl url = HttpUrl.get(question.url());
        if (url == null || instead == null && !url.isHttps()) {
            return new Finding("the probe's URL is none of https");
        }
        if (ADDRESS.matcher(url.host()).matches() || instead == null && isElsewhere(url.host())) {
            return noAnswer(url);
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
            return noAnswer(url);
        }
    }

    private static Finding noAnswer(HttpUrl url) {
        return new Finding("the probe got no answer from " + url.host());
    }

    /** The host is known, and at none of the addresses that may be asked; a proxy would ask there. One that is not known here a proxy may know. */
    private boolean isElsewhere(String host) {
        try {
            dns.lookup(host);
            return false;
        } catch (PublicAddresses.NoneIsPublic none) {
            return true;
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    private OkHttpClient client(HttpUrl url, HttpUrl target) {
        OkHttpClient.Builder client = egress.applyTo(http.newBuilder(), target);
        return instead == null
                // A proxy is wherever it is.
                ? client.dns(name -> name.equals(url.host()) ? dns.lookup(name) : Dns.SYSTEM.lookup(name))
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
