package io.maildomain.simulator.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One statement of a text.
 *
 * @param text without the semicolon at its end
 * @param words its words in upper case, as far as {@link #KNOWN_WORDS}; no strings, no quoted names, no comments
 */
record SqlStatement(String text, List<String> words) {

    /** As many as are needed to know what kind of statement it is. */
    private static final int KNOWN_WORDS = 8;

    /** Takes a text apart; what holds nothing but blanks and comments is no statement. */
    static List<SqlStatement> allOf(String sql) {
        List<SqlStatement> statements = new ArrayList<>();
        Reading reading = new Reading();
        int start = 0;
        int at = 0;
        while (at < sql.length()) {
            int end = endOfToken(sql, at);
            if (sql.charAt(at) == ';' && reading.isComplete()) {
                reading.finish(sql.substring(start, at), statements);
                reading = new Reading();
                start = end;
            } else {
                reading.take(sql.substring(at, end));
            }
            at = end;
        }
        reading.finish(sql.substring(start), statements);
        return statements;
    }

    private static int endOfToken(String sql, int at) {
        char first = sql.charAt(at);
        if (sql.startsWith("--", at)) {
            int line = sql.indexOf('\n', at);
            return line < 0 ? sql.length() : line + 1;
        }
        if (sql.startsWith("/*", at)) {
            int close = sql.indexOf("*/", at + 2);
            return close < 0 ? sql.length() : close + 2;
        }
        if (first == '\'' || first == '"' || first == '`') {
            return endOfQuoted(sql, at, first);
        }
        if (first == '[') {
            int close = sql.indexOf(']', at);
            return close < 0 ? sql.length() : close + 1;
        }
        int end = at + 1;
        if (isOfWord(first)) {
            while (end < sql.length() && isOfWord(sql.charAt(end))) {
                end++;
            }
        }
        return end;
    }

    /** A quote that stands twice is one within. */
    private static int endOfQuoted(String sql, int at, char quote) {
        int close = sql.indexOf(quote, at + 1);
        while (close >= 0 && close + 1 < sql.length() && sql.charAt(close + 1) == quote) {
            close = sql.indexOf(quote, close + 2);
        }
        return close < 0 ? sql.length() : close + 1;
    }

    private static boolean isOfWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$' || c > 127;
    }

    String word(int index) {
        return index < words.size() ? words.get(index) : "";
    }

    /** A statement as far as it is read. */
    private static final class Reading {

        private final List<String> words = new ArrayList<>();
        private String last = "";
        private String lastButOne = "";
        private boolean empty = true;

        void take(String token) {
            if (token.isBlank() || token.startsWith("--") || token.startsWith("/*")) {
                return;
            }
            empty = false;
            lastButOne = last;
            last = token.toUpperCase(Locale.ROOT);
            if (isOfWord(token.charAt(0)) && words.size() < KNOWN_WORDS) {
                words.add(last);
            }
        }

        /** Whether a semicolon ends it: that of a trigger stands behind END, and that behind a statement's semicolon. */
        boolean isComplete() {
            int trigger = words.indexOf("TRIGGER");
            boolean createsTrigger = !words.isEmpty() && words.get(0).equals("CREATE") && trigger >= 1 && trigger <= 2;
            return !createsTrigger || (last.equals("END") && lastButOne.equals(";"));
        }

        void finish(String text, List<SqlStatement> statements) {
            if (!empty) {
                statements.add(new SqlStatement(text, List.copyOf(words)));
            }
        }
    }
}
