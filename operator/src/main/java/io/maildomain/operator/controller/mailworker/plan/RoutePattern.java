package io.maildomain.operator.controller.mailworker.plan;

import java.util.Locale;

/** Reads the pattern of a route: {@code https://*.example.com/api/*}. */
public final class RoutePattern {

    private RoutePattern() {}

    /** The host, which may begin with a star. */
    public static String host(String pattern) {
        int scheme = pattern.indexOf("://");
        String rest = scheme < 0 ? pattern : pattern.substring(scheme + 3);
        int path = rest.indexOf('/');
        return (path < 0 ? rest : rest.substring(0, path)).toLowerCase(Locale.ROOT);
    }

    /** A name whose zone is that of the pattern: its host without the star at the beginning. */
    public static String zoned(String pattern) {
        String host = host(pattern);
        String rest = host.startsWith("*") ? host.substring(1) : host;
        return rest.startsWith(".") ? rest.substring(1) : rest;
    }
}
