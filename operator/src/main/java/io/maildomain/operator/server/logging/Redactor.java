package io.maildomain.operator.server.logging;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Takes secrets out of text: those that it was told of, and what looks like one (an Authorization header, a token of one of Cloudflare's prefixed forms). Thread-safe.
 */
public final class Redactor {

    /** What stands in the place of a secret. */
    public static final String MASK = "***";

    /** Shorter values would shred the log, and no token is that short. */
    static final int SHORTEST = 8;

    /** Rotated tokens stay known, the oldest are forgotten beyond this. */
    static final int MOST = 2_000;

    /**
     * Of other secrets, on which tenants decide: they must not make tokens be forgotten. The latest that were told, and more than all Workers
     * that are deployed at once can have.
     */
    static final int MOST_OTHERS = 500;

    /** Cloudflare takes no longer one; of what is longer the beginning is taken out. */
    static final int LONGEST_OTHER = 5 * 1024;

    // The JSON that a log entry becomes puts backslashes before quotes.
    private static final Pattern HEADER = Pattern.compile(
            "(?i)(authorization\\\\?[\"']?\\s*[:=]\\s*\\\\?[\"']?)(?:(?:bearer|basic)\\s+)?[^\\s\"'\\\\,;}\\]]+");
    private static final Pattern BEARER = Pattern.compile("(?i)\\b(bearer\\s+)[A-Za-z0-9._~+/=-]{8,}");
    private static final Pattern PREFIXED = Pattern.compile("\\bcf(?:ut|at|k|oat)_[A-Za-z0-9_-]{8,}");

    private final Set<String> known = new LinkedHashSet<>();
    private final Set<String> others = new LinkedHashSet<>();
    /** Longest first, so that a secret which contains another goes as a whole. */
    private volatile List<String> longestFirst = List.of();

    /** From now on this token appears in no log entry. Blank and very short values are ignored. */
    public void protect(String secret) {
        add(secret, known, MOST);
    }

    /** The same of a secret that is no token, such as one that a Worker gets. */
    public void protectOther(String secret) {
        String value = secret.strip();
        add(value.substring(0, Math.min(value.length(), LONGEST_OTHER)), others, MOST_OTHERS);
    }

    private void add(String secret, Set<String> among, int most) {
        String value = secret == null ? "" : secret.strip();
        if (value.length() < SHORTEST) {
            return;
        }
        synchronized (known) {
            boolean isKnown = among.remove(value);
            among.add(value);
            if (isKnown) {
                return;
            }
            if (among.size() > most) {
                among.remove(among.iterator().next());
            }
            longestFirst = Stream.concat(known.stream(), others.stream())
                    .flatMap(
                            each -> Stream.of(each, escaped(each), escaped(each).replace("/", "\\/")))
                    .distinct()
                    .sorted(Comparator.comparingInt(String::length).reversed())
                    .toList();
        }
    }

    /** The text without any secret. */
    public String clean(String text) {
        String cleaned = text;
        for (String secret : longestFirst) {
            cleaned = cleaned.replace(secret, MASK);
        }
        cleaned = HEADER.matcher(cleaned).replaceAll("$1" + MASK);
        cleaned = BEARER.matcher(cleaned).replaceAll("$1" + MASK);
        return PREFIXED.matcher(cleaned).replaceAll(MASK);
    }

    /** As it stands inside a JSON string. */
    private static String escaped(String value) {
        return value.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\t", "\\t");
    }

    @Override
    public String toString() {
        return "Redactor[" + longestFirst.size() + " values]";
    }
}
