package io.maildomain.operator.controller.mailworker.plan;

import java.util.Locale;

/** Reads the pattern of a route: {@code https://*.example.com/api/*}. */
final class RoutePattern {

    private RoutePattern() {}

    /** The host, which may begin with a star. */
    static String host(String pattern) {
        int scheme = pattern.indexOf("://");
        String rest = scheme < 0 ? pattern : pattern.substring(scheme + 3);
        int path = rest.indexOf('/');
        return (path < 0 ? rest : rest.substring(0, path)).toLowerCase(Locale.ROOT);
    }
}
