package io.maildomain.operator.controller.mailworker.plan;

import io.maildomain.operator.controller.mailworker.plan.SqlToken.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts SQL into tokens by the rules of SQLite ({@code tokenize.c}), which are D1's. What SQLite would read in a way that depends
 * on more than the text, or would stop at, is refused: the end of a script must be where the operator takes it to be.
 */
final class SqlTokenizer {

    private final String sql;
    private final List<SqlToken> tokens = new ArrayList<>();
    private int position;
    private int line = 1;

    private SqlTokenizer(String sql) {
        this.sql = sql;
    }

    /** @throws UnreadableSqlException where the SQL is cut off or holds what is no token */
    static List<SqlToken> tokens(String sql) {
        return new SqlTokenizer(sql).run();
    }

    private List<SqlToken> run() {
        while (position < sql.length()) {
            next();
        }
        return List.copyOf(tokens);
    }

    private void next() {
        char c = sql.charAt(position);
        if (isSpace(c)) {
            skipTo(position + 1);
        } else if (sql.startsWith("--", position)) {
            int end = sql.indexOf('\n', position);
            skipTo(end < 0 ? sql.length() : end);
        } else if (sql.startsWith("/*", position)) {
            skipTo(closing("*/", position + 2, "a comment") + 2);
        } else if (c == '\'') {
            quoted('\'', Kind.STRING);
        } else if (c == '"' || c == '`') {
            quoted(c, Kind.QUOTED);
        } else if (c == '[') {
            int end = closing("]", position + 1, "a name in brackets");
            take(Kind.QUOTED, sql.substring(position + 1, end), end + 1);
        } else if (isBlob(c)) {
            position++;
            quoted('\'', Kind.STRING);
        } else if (isDigit(c)) {
            int end = endOfWord(position);
            take(Kind.NUMBER, sql.substring(position, end), end);
        } else if (isWordCharacter(c) && c != '$') {
            int end = endOfWord(position);
            take(Kind.WORD, sql.substring(position, end), end);
        } else if (";(),.*+-/%<>=!|&~".indexOf(c) >= 0) {
            take(Kind.SYMBOL, String.valueOf(c), position + 1);
        } else {
            throw new UnreadableSqlException(line, "a character that SQL has no use for here (%s)".formatted(shown(c)));
        }
    }

    /** Quotes within are doubled. */
    private void quoted(char quote, Kind kind) {
        StringBuilder text = new StringBuilder();
        int from = position + 1;
        while (true) {
            int end = closing(String.valueOf(quote), from, "a text in quotes");
            text.append(sql, from, end);
            boolean doubled = end + 1 < sql.length() && sql.charAt(end + 1) == quote;
            if (!doubled) {
                take(kind, text.toString(), end + 1);
                return;
            }
            text.append(quote);
            from = end + 2;
        }
    }

    private int closing(String end, int from, String what) {
        int found = sql.indexOf(end, from);
        // SQLite takes an open comment to the end of everything, and so the note that a migration was applied with it.
        if (found < 0) {
            throw new UnreadableSqlException(line, what + " that is never closed");
        }
        return found;
    }

    private void take(Kind kind, String text, int end) {
        if (text.indexOf('\0') >= 0) {
            throw new UnreadableSqlException(line, "a character that SQL has no use for here (U+0000)");
        }
        tokens.add(new SqlToken(kind, text, line));
        skipTo(end);
    }

    private void skipTo(int end) {
        for (; position < end; position++) {
            char c = sql.charAt(position);
            if (c == '\0') {
                throw new UnreadableSqlException(line, "a character that SQL has no use for here (U+0000)");
            }
            if (c == '\n') {
                line++;
            }
        }
    }

    private int endOfWord(int from) {
        int end = from;
        while (end < sql.length() && isWordCharacter(sql.charAt(end))) {
            end++;
        }
        return end;
    }

    private boolean isBlob(char c) {
        return (c == 'x' || c == 'X') && sql.startsWith("'", position + 1);
    }

    /** A byte order mark is a space to SQLite where a token could begin, and a letter within a word. */
    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r' || c == '\uFEFF';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isWordCharacter(char c) {
        boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
        return letter || isDigit(c) || c == '_' || c == '$' || c >= 0x80;
    }

    private static String shown(char c) {
        return c > ' ' && c < 0x7f ? String.valueOf(c) : "U+%04X".formatted((int) c);
    }
}
