package io.maildomain.operator.cloudflare;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What this package does to the texts of answers, all of which may be hostile. */
final class Text {
    private Text() {}

    static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    static String orElse(@Nullable String text, String other) {
        return text == null || text.isEmpty() ? other : text;
    }

    static <T> List<T> listOrEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list.stream().filter(Objects::nonNull).toList();
    }

    /** One line of printable characters, at most {@code max} of them: what may stand in a log, a status, an Event. */
    static String readable(@Nullable String text, int max) {
        if (text == null) {
            return "";
        }
        StringBuilder out = new StringBuilder();
        text.codePoints().limit(4L * max).forEach(c -> out.appendCodePoint(isPrintable(c) ? c : ' '));
        String line = out.toString().strip().replaceAll(" {2,}", " ");
        if (line.codePointCount(0, line.length()) <= max) {
            return line;
        }
        return line.substring(0, line.offsetByCodePoints(0, max - 1)).stripTrailing() + "…";
    }

    /** A refusal as people read it: {@code HTTP 403, code 9109: Invalid access token}. */
    static String words(Failure.Refused refused) {
        if (refused.errors().isEmpty()) {
            return "HTTP " + refused.status();
        }
        ApiError error = refused.errors().get(0);
        String says = error.message().isEmpty() ? "" : ": " + error.message();
        return "HTTP %d, code %d%s".formatted(refused.status(), error.code(), says);
    }

    private static boolean isPrintable(int c) {
        int type = Character.getType(c);
        return type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.SURROGATE
                && type != Character.PRIVATE_USE
                && type != Character.UNASSIGNED
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR;
    }

    /** The text, or "", of which there is one copy: of what is the same in thousands of zones and rules. */
    static String shared(@Nullable String text) {
        return orEmpty(text).intern();
    }

    /** Likewise of each. */
    static List<String> shared(@Nullable List<String> texts) {
        return listOrEmpty(texts).stream().map(String::intern).toList();
    }
}
