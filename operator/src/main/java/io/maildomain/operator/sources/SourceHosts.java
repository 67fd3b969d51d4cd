package io.maildomain.operator.sources;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * Hosts that an installation fetches sources from, those that they redirect to included. A user names a source: without this list
 * the operator could be sent to any address that the cluster can reach.
 */
public final class SourceHosts {

    private static final Pattern NAME = Pattern.compile("(\\*\\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\\d{1,5})?");

    private final List<String> patterns;

    private SourceHosts(List<String> patterns) {
        this.patterns = List.copyOf(patterns);
    }

    /**
     * @param patterns such as {@code ghcr.io}, {@code registry.corp.example:5000}, {@code *.githubusercontent.com} (hosts below it,
     *     not itself); without a port any port is meant
     * @throws IllegalArgumentException where one is none
     */
    public static SourceHosts of(List<String> patterns) {
        List<String> lower = patterns.stream()
                .map(pattern -> pattern.strip().toLowerCase(Locale.ROOT))
                .filter(pattern -> !pattern.isEmpty())
                .toList();
        lower.stream()
                .filter(pattern -> !NAME.matcher(pattern).matches())
                .findFirst()
                .ifPresent(pattern -> {
                    throw new IllegalArgumentException(
                            "\"%s\" is no host: write something like ghcr.io or *.corp.example".formatted(pattern));
                });
        return new SourceHosts(lower);
    }

    /** Whether something may be fetched from there: over TLS, or within the cluster or the own machine without. */
    boolean allows(HttpUrl url) {
        return (url.isHttps() || isLocal(url.host())) && patterns.stream().anyMatch(pattern -> matches(pattern, url));
    }

    /** Flux's artifacts are served over plain http inside the cluster, and are checked against their digest. */
    private static boolean isLocal(String host) {
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        return name.endsWith(".svc")
                || name.endsWith(".svc.cluster.local")
                || name.equals("localhost")
                || name.equals("127.0.0.1");
    }

    private static boolean matches(String pattern, HttpUrl url) {
        String host =
                url.host().endsWith(".") ? url.host().substring(0, url.host().length() - 1) : url.host();
        int colon = pattern.indexOf(':');
        String name = colon < 0 ? pattern : pattern.substring(0, colon);
        boolean port = colon < 0 || pattern.substring(colon + 1).equals(String.valueOf(url.port()));
        return port && (name.startsWith("*.") ? host.endsWith(name.substring(1)) : host.equals(name));
    }
}
