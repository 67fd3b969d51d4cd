package io.maildomain.operator.server.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is asked for; nothing else of a request matters to a few documents.
 *
 * @param path as it was written, without a query
 * @param query as it was written; "" where there is none
 * @param host of the header {@code Host}, with its port; "" where there is not exactly one
 * @param isPartOfAnotherSite whether a browser says that a page of another site fetches it, perhaps in advance, rather than that a reader goes to it
 * @param isFromHere whether it came over the loopback interface
 */
record Request(String method, String path, String query, String host, boolean isPartOfAnotherSite, boolean isFromHere) {

    /** Longer heads are refused: no client that asks for one of our documents needs so much. */
    static final int LONGEST = 8_192;

    private static final Pattern LINE = Pattern.compile(
            "(?<method>[!#$%&'*+.^_`|~0-9A-Za-z-]+) (?:(?i:https?)://[^/?# ]*)?(?<path>/[^?# ]*)(?:\\?(?<query>[^# ]*))?(?:#[^ ]*)? HTTP/1\\.[01]");
    private static final Pattern HOST = header("Host");
    private static final Pattern SITE = header("Sec-Fetch-Site");
    private static final Pattern DESTINATION = header("Sec-Fetch-Dest");
    private static final Pattern PURPOSE = header("Sec-Purpose");
    private static final Pattern EMPTY_LINE = Pattern.compile("\\n\\r?\\n");

    /** Where the page that fetches it is another, though it may be of the same domain, or of another port of this machine. */
    private static final Set<String> OTHERS = Set.of("cross-site", "same-site");

    /** What a browser calls a port that is forwarded to its own machine. */
    private static final Pattern HERE = Pattern.compile("(?i)(?:localhost|127\\.0\\.0\\.1|\\[::1])(?::\\d{1,5})?");

    /** Gives nothing back once it has read it: else the thread that serves all would be busy for long with a head of blanks. */
    private static Pattern header(String name) {
        return Pattern.compile("(?dim)^" + name + ":[ \\t]*+([^ \\t\\r\\n]*+)[ \\t]*+\\r?+$");
    }

    boolean isHead() {
        return method.equals("HEAD");
    }

    /**
     * Whether it was sent to this very machine, and by a client that knows so. A page of another site can have its own name lead to the
     * reader's machine, and would read the answer: but then the name is that site's.
     */
    boolean isMeantForHere() {
        return isFromHere && HERE.matcher(host).matches();
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

    /**
     * The request that a head begins with; empty if it is none.
     *
     * @param isFromHere whether it came over the loopback interface
     */
    static Optional<Request> parse(byte[] bytes, int length, boolean isFromHere) {
        String head = EMPTY_LINE.split(new String(bytes, 0, length, StandardCharsets.ISO_8859_1), 2)[0] + "\n";
        Matcher line = LINE.matcher(head.substring(0, head.indexOf('\n')).stripTrailing());
        if (!line.matches()) {
            return Optional.empty();
        }
        String query = line.group("query");
        boolean isGoneTo = only(DESTINATION, head).equals("document")
                && !PURPOSE.matcher(head).find();
        return Optional.of(new Request(
                line.group("method"),
                line.group("path"),
                query == null ? "" : query,
                only(HOST, head),
                OTHERS.contains(only(SITE, head)) && !isGoneTo,
                isFromHere));
    }

    /** "" where there is not exactly one. */
    private static String only(Pattern header, String head) {
        List<String> values =
                header.matcher(head).results().map(found -> found.group(1)).toList();
        return values.size() == 1 ? values.get(0) : "";
    }
}
