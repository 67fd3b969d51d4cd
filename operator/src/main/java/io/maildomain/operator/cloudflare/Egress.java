package io.maildomain.operator.cloudflare;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * How calls leave a corporate network: through which proxy, and which CAs are trusted besides the JVM's own. Without either,
 * what the JVM's properties say holds ({@code https.proxyHost}, {@code javax.net.ssl.trustStore}).
 */
public final class Egress {

    private static final int DEFAULT_PORT = 80;
    private static final String EVERYWHERE = "*";

    private final List<X509Certificate> trusted;
    private final @Nullable URI proxy;
    private final List<String> direct;

    private Egress(List<X509Certificate> trusted, @Nullable URI proxy, List<String> direct) {
        this.trusted = List.copyOf(trusted);
        this.proxy = proxy;
        this.direct = List.copyOf(direct);
    }

    /** As the JVM's properties say. */
    public static Egress usual() {
        return new Egress(List.of(), null, List.of());
    }

    /**
     * @param trustedCa a file with one or more certificates in PEM; "" for none
     * @param proxy such as {@code http://user:password@proxy.corp.example:3128}; "" for none
     * @param noProxy hosts that are reached directly, separated by commas, with all that lies below each; {@code *} for all
     * @throws IllegalArgumentException with a sentence that says what would be accepted; it never quotes the proxy
     */
    public static Egress of(String trustedCa, String proxy, String noProxy) {
        List<String> direct = Stream.of(noProxy.split(","))
                .map(host -> host.strip().toLowerCase(Locale.ROOT).replaceFirst("^\\*?\\.", ""))
                .filter(host -> !host.isEmpty())
                .toList();
        return new Egress(
                trustedCa.isBlank() ? List.of() : certificates(Path.of(trustedCa.strip())),
                proxy.isBlank() ? null : proxy(proxy.strip()),
                direct);
    }

    /** @param base where all calls go to; one over plain http, such as a simulator, needs no HTTPS proxy */
    public OkHttpClient.Builder applyTo(OkHttpClient.Builder client, HttpUrl base) {
        if (proxy != null && base.isHttps()) {
            boolean isDirect = direct.stream().anyMatch(host -> isBelow(base.host(), host));
            client.proxy(isDirect ? Proxy.NO_PROXY : address(proxy));
            client.proxyAuthenticator((route, response) -> {
                boolean refused = response.request().header("Proxy-Authorization") != null;
                String user = proxy.getUserInfo();
                return refused || user == null
                        ? null
                        : response.request()
                                .newBuilder()
                                .header("Proxy-Authorization", basic(user))
                                .build();
            });
        }
        if (!trusted.isEmpty()) {
            X509TrustManager all = trustManager();
            client.sslSocketFactory(contextOf(all).getSocketFactory(), all);
        }
        return client;
    }

    /** Neither user name nor password. */
    @Override
    public String toString() {
        return "Egress[proxy=%s, certificates=%d]"
                .formatted(proxy == null ? "" : proxy.getHost() + ":" + portOf(proxy), trusted.size());
    }

    private static boolean isBelow(String host, String parent) {
        return parent.equals(EVERYWHERE) || host.equals(parent) || host.endsWith("." + parent);
    }

    private static String basic(String userInfo) {
        int colon = userInfo.indexOf(':');
        return colon < 0
                ? Credentials.basic(userInfo, "", StandardCharsets.UTF_8)
                : Credentials.basic(
                        userInfo.substring(0, colon), userInfo.substring(colon + 1), StandardCharsets.UTF_8);
    }

    private static Proxy address(URI proxy) {
        return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.getHost(), portOf(proxy)));
    }

    private static int portOf(URI proxy) {
        return proxy.getPort() < 0 ? DEFAULT_PORT : proxy.getPort();
    }

    private static URI proxy(String text) {
        try {
            URI proxy = new URI(text.contains("://") ? text : "http://" + text);
            if ("http".equalsIgnoreCase(proxy.getScheme()) && proxy.getHost() != null) {
                return proxy;
            }
        } catch (URISyntaxException malformed) {
            // The text itself is left out: it may hold a password.
        }
        throw new IllegalArgumentException(
                "the proxy is no address: write something like http://proxy.corp.example:3128");
    }

    private static List<X509Certificate> certificates(Path file) {
        try (InputStream pem = Files.newInputStream(file)) {
            Collection<? extends Certificate> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(pem);
            if (!found.isEmpty()) {
                return found.stream().map(X509Certificate.class::cast).toList();
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "the trusted CA cannot be read from " + file + " as certificates in PEM: " + e.getMessage(), e);
        }
        throw new IllegalArgumentException("the trusted CA " + file + " holds no certificate in PEM");
    }

    /** The JVM's own CAs and ours, as one store: each chain may end at any of them. */
    private X509TrustManager trustManager() {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (X509Certificate ca : trustManagerOf(null).getAcceptedIssuers()) {
                store.setCertificateEntry("jvm-" + number++, ca);
            }
            for (X509Certificate ca : trusted) {
                store.setCertificateEntry("own-" + number++, ca);
            }
            return trustManagerOf(store);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the JVM cannot make a store of certificates", e);
        }
    }

    /** @param store null for the JVM's own */
    private static X509TrustManager trustManagerOf(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return Arrays.stream(factory.getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .map(X509TrustManager.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static SSLContext contextOf(X509TrustManager trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JVM has no TLS", e);
        }
    }
}
