package io.maildomain.simulator.api;

import java.util.Arrays;
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
        return Arrays.stream(path.substring(from).split("/", -1))
                .map(segment -> Query.decoded(segment.replace("+", "%2B")))
                .toList();
    }

    /** Never the headers: one of them is the token. */
    @Override
    public String toString() {
        return method + " " + target();
    }
}
