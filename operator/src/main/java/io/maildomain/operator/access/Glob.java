package io.maildomain.operator.access;

import java.util.Locale;

/** Patterns of grants, where {@code *} stands for any run of characters; no regular expressions, input is hostile. */
final class Glob {

    private Glob() {}

    /** Whether the text matches, without regard to case. */
    static boolean matches(String pattern, String text) {
        return matchesExactly(pattern.toLowerCase(Locale.ROOT), text.toLowerCase(Locale.ROOT));
    }

    /** Whether the text matches as it is spelt. Backtracks only to the last star, so the cost is bounded by length times length. */
    static boolean matchesExactly(String pattern, String text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int resume = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                resume = t;
            } else if (p < pattern.length() && pattern.charAt(p) == text.charAt(t)) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
