package io.maildomain.operator.controller.mailworker.plan;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * What stands behind a WHERE, as far as it tells whether rows are picked out. A name counts as that of a column unless it is known to be
 * something else: a keyword, a function, a collation, a type, an alias or a table. Pure.
 */
final class SqlCondition {

    /** Words that a condition can consist of without naming a column. */
    private static final Set<String> NO_COLUMN = Set.of(
            "TRUE",
            "FALSE",
            "NULL",
            "NOT",
            "AND",
            "OR",
            "IS",
            "IN",
            "LIKE",
            "GLOB",
            "MATCH",
            "REGEXP",
            "BETWEEN",
            "ISNULL",
            "NOTNULL",
            "DISTINCT",
            "FROM",
            "EXISTS",
            "SELECT",
            "VALUES",
            "ALL",
            "AS",
            "CASE",
            "WHEN",
            "THEN",
            "ELSE",
            "END",
            "COLLATE",
            "ESCAPE",
            "UNION",
            "INTERSECT",
            "EXCEPT",
            "WHERE",
            "GROUP",
            "BY",
            "HAVING",
            "JOIN",
            "ON",
            "USING",
            "CURRENT_DATE",
            "CURRENT_TIME",
            "CURRENT_TIMESTAMP");

    /** What ends the list of tables behind FROM. */
    private static final Set<String> AFTER_TABLES =
            Set.of("WHERE", "ON", "USING", "GROUP", "HAVING", "UNION", "INTERSECT", "EXCEPT", "SELECT", "VALUES");

    /** Keywords that a value can end with. */
    private static final Set<String> VALUE =
            Set.of("NULL", "TRUE", "FALSE", "END", "CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP");

    /** What stands behind one of these is the name of a collation, or of a table. */
    private static final Set<String> BEFORE_OTHER_NAME = Set.of("COLLATE", "IN");

    private final List<SqlToken> tokens;
    /** For each open bracket, and what stands in none, whether names there are those of tables. */
    private final Deque<Boolean> tables = new ArrayDeque<>(List.of(false));

    private SqlCondition(List<SqlToken> tokens) {
        this.tokens = tokens;
    }

    /** @param tokens of the condition; empty where there is none */
    static boolean namesColumn(List<SqlToken> tokens) {
        return new SqlCondition(tokens).namesColumn();
    }

    private boolean namesColumn() {
        int at = 0;
        while (at < tokens.size()) {
            SqlToken token = tokens.get(at);
            follow(token, at);
            if (isColumn(token, at)) {
                return true;
            }
            at = next(token, at);
        }
        return false;
    }

    private int next(SqlToken token, int at) {
        if (token.is("AS")) {
            return behindAlias(at + 1);
        }
        return token.isAny(BEFORE_OTHER_NAME) && isName(at + 1) ? at + 2 : at + 1;
    }

    private void follow(SqlToken token, int at) {
        if (token.isSymbol('(')) {
            tables.push(false);
        } else if (token.isSymbol(')') && tables.size() > 1) {
            tables.pop();
        } else if (token.is("JOIN") || token.is("FROM") && !comesAfterDistinct(at)) {
            tables.pop();
            tables.push(true);
        } else if (token.isAny(AFTER_TABLES)) {
            tables.pop();
            tables.push(false);
        }
    }

    /** IS DISTINCT FROM compares. */
    private boolean comesAfterDistinct(int at) {
        return at > 0 && tokens.get(at - 1).is("DISTINCT");
    }

    private boolean isColumn(SqlToken token, int at) {
        boolean function = at + 1 < tokens.size() && tokens.get(at + 1).isSymbol('(');
        boolean alias = at > 0 && endsValue(at - 1);
        return isName(at) && !token.isAny(NO_COLUMN) && !function && !alias && !tables.element();
    }

    /** A name right behind a value is its alias. */
    private boolean endsValue(int at) {
        SqlToken token = tokens.get(at);
        return switch (token.kind()) {
            case STRING, NUMBER, QUOTED -> true;
            case WORD -> token.isAny(VALUE) || !token.isAny(NO_COLUMN);
            case SYMBOL -> token.isSymbol(')');
        };
    }

    private boolean isName(int at) {
        return at < tokens.size()
                && (tokens.get(at).kind() == SqlToken.Kind.QUOTED
                        || tokens.get(at).kind() == SqlToken.Kind.WORD);
    }

    /** An alias is one name; the type that CAST names may be several. */
    private int behindAlias(int at) {
        int end = at;
        while (isName(end) && !tokens.get(end).isAny(NO_COLUMN)) {
            end++;
        }
        return end;
    }
}
