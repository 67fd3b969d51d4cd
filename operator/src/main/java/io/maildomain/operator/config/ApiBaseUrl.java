package io.maildomain.operator.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/** The base URL of Cloudflare's API: tokens are sent there, so that plain http is for this very machine only. */
final class ApiBaseUrl {

    static final String DEFAULT = "https://api.cloudflare.com/client/v4";

    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[(?:::1|0:0:0:0:0:0:0:1)]");

    private ApiBaseUrl() {}

    /**
     * @param allowInsecure plain http to any host
     * @return without a trailing slash
     * @throws IllegalArgumentException with a sentence that says what would be accepted; it never quotes user information
     */
    static URI parse(String text, boolean allowInsecure) {
        URI url = uri(text.strip());
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (url.getRawUserInfo() != null
                || (url.getRawAuthority() != null && url.getRawAuthority().contains("@"))) {
            throw new IllegalArgumentException("must not hold a user name or password: tokens come from Secrets");
        }
        if (!(scheme.equals("https") || scheme.equals("http")) || url.getHost() == null) {
            throw new IllegalArgumentException("is not a web address: write something like " + DEFAULT);
        }
        if (url.getRawQuery() != null || url.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "must have neither a query nor a fragment: write something like " + DEFAULT);
        }
        String host = url.getHost().toLowerCase(Locale.ROOT);
        if (scheme.equals("http") && !allowInsecure && !LOOPBACK.matcher(host).matches()) {
            throw new IllegalArgumentException("plain http to " + host
                    + " would send tokens in the clear: use https, or --allow-insecure-api if you mean it");
        }
        return withoutTrailingSlash(url);
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException malformed) {
            // The text itself is left out: a malformed one may well hold a password.
            throw new IllegalArgumentException("is not a web address: write something like " + DEFAULT);
        }
    }

    private static URI withoutTrailingSlash(URI url) {
        String text = url.toString();
        int end = text.length();
        while (text.charAt(end - 1) == '/') {
            end--;
        }
        return URI.create(text.substring(0, end));
    }
}
