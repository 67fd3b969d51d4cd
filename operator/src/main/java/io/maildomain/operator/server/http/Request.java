package io.maildomain.operator.server.http;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is asked for; nothing else of a request matters to four documents.
 *
 * @param path as it was written, without a query
 */
record Request(String method, String path) {

    /** Longer heads are refused: no client that asks for one of our documents needs so much. */
    static final int LONGEST = 8_192;

    private static final Pattern LINE = Pattern.compile(
            "(?<method>[!#$%&'*+.^_`|~0-9A-Za-z-]+) (?:(?i:https?)://[^/?# ]*)?(?<path>/[^?# ]*)(?:[?#][^ ]*)? HTTP/1\\.[01]");

    boolean isHead() {
        return method.equals("HEAD");
    }

    /** Whether the empty line that ends a head has come. */
    static boolean isComplete(byte[] bytes, int length) {
        for (int i = 0; i < length - 1; i++) {
            if (bytes[i] == '\n' && (bytes[i + 1] == '\n' || isLineEnd(bytes, i + 1, length))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isLineEnd(byte[] bytes, int at, int length) {
        return at + 1 < length && bytes[at] == '\r' && bytes[at + 1] == '\n';
    }

    /** The request that a head begins with; empty if it is none. */
    static Optional<Request> parse(byte[] bytes, int length) {
        String head = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        Matcher line = LINE.matcher(head.substring(0, head.indexOf('\n')).stripTrailing());
        return line.matches() ? Optional.of(new Request(line.group("method"), line.group("path"))) : Optional.empty();
    }
}
