package io.maildomain.simulator.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request as it came in.
 *
 * @param path without the query, still percent-encoded
 * @param rawQuery null where there is none
 * @param headers with names in lower case
 * @param body empty where there is none
 */
public record Request(
        String method, String path, String rawQuery, Query query, Map<String, String> headers, byte[] body) {

    public Request(String method, String path, String rawQuery, Map<String, String> headers, byte[] body) {
        this(method, path, rawQuery, Query.of(rawQuery), headers, body);
    }

    /** A header's value; the name's case does not matter. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** Path and query, as on the request line. */
    public String target() {
        return rawQuery == null ? path : path + "?" + rawQuery;
    }

    /** The path's segments after that many leading characters, decoded; empty ones are kept. */
    public List<String> segments(int from) {
        List<String> segments = new ArrayList<>();
        int start = from;
        for (int end = path.indexOf('/', start); end >= 0; end = path.indexOf('/', start)) {
            segments.add(segment(start, end));
            start = end + 1;
        }
        segments.add(segment(start, path.length()));
        return segments;
    }

    /** A plus sign stands for itself in a path. */
    private String segment(int start, int end) {
        String raw = path.substring(start, end);
        return raw.indexOf('%') < 0 ? raw : Query.decoded(raw.replace("+", "%2B"));
    }

    /** Never the headers: one of them is the token. */
    @Override
    public String toString() {
        return method + " " + target();
    }
}
