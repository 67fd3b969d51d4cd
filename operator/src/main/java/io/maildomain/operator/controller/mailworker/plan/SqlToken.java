package io.maildomain.operator.controller.mailworker.plan;

import java.util.Set;

/**
 * One token of SQL as SQLite reads it; spaces and comments are none.
 *
 * @param text as it stands in the SQL, except for {@link Kind#QUOTED} and {@link Kind#STRING}: those without their quotes
 * @param line that it begins in, from 1
 */
record SqlToken(Kind kind, String text, int line) {

    /** What a token is. */
    enum Kind {
        /** A keyword, or a name without quotes. */
        WORD,
        /** A name in double quotes, backticks or brackets. */
        QUOTED,
        /** A literal in single quotes, which SQLite also takes for a name where only a name can stand. */
        STRING,
        NUMBER,
        /** Anything else, one character each. */
        SYMBOL
    }

    boolean is(String keyword) {
        return kind == Kind.WORD && upper().equals(keyword);
    }

    boolean isAny(Set<String> keywords) {
        return kind == Kind.WORD && keywords.contains(upper());
    }

    boolean isSymbol(char symbol) {
        return kind == Kind.SYMBOL && text.charAt(0) == symbol;
    }

    /** Whether SQLite may take it for this name: quotes and the case of ASCII letters make no difference. */
    boolean mayName(String name) {
        boolean canName = kind == Kind.WORD || kind == Kind.QUOTED || kind == Kind.STRING;
        return canName && upper(text).equals(upper(name));
    }

    String upper() {
        return upper(text);
    }

    /** SQLite folds ASCII only: a dotless i is not the letter I of a keyword. */
    private static String upper(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        text.chars().map(c -> c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c).forEach(c -> folded.append((char) c));
        return folded.toString();
    }
}
