package io.maildomain.operator.controller.mailworker.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * One statement of SQL, or one that a trigger consists of.
 *
 * @param tokens without the semicolon that ends it; never empty
 */
record SqlStatement(List<SqlToken> tokens) {

    private static final Set<String> TEMPORARY = Set.of("TEMP", "TEMPORARY");

    /** What a statement of a trigger begins with, after its common table expressions. All but REPLACE are reserved: none of them can be a name. */
    private static final Set<String> VERBS = Set.of("INSERT", "UPDATE", "DELETE", "SELECT", "VALUES", "REPLACE");

    /**
     * Splits at the semicolons; a trigger goes on to the END that stands by itself.
     *
     * @throws UnreadableSqlException where a trigger does not end
     */
    static List<SqlStatement> split(List<SqlToken> tokens) {
        List<SqlStatement> statements = new ArrayList<>();
        List<SqlToken> current = new ArrayList<>();
        int begin = 0;
        for (SqlToken token : tokens) {
            if (!token.isSymbol(';')) {
                current.add(token);
            } else if (isOpenTrigger(current, begin)) {
                current.add(token);
                begin = current.size();
            } else {
                end(current, statements);
                begin = 0;
            }
        }
        if (isOpenTrigger(current, begin)) {
            throw new UnreadableSqlException(current.get(0).line(), "a trigger that does not end");
        }
        end(current, statements);
        return statements;
    }

    /** @param begin where its last statement begins, which ends it if that is END by itself */
    private static boolean isOpenTrigger(List<SqlToken> tokens, int begin) {
        boolean ends = tokens.size() - begin == 1 && tokens.get(begin).is("END");
        return isTrigger(tokens) && !ends;
    }

    private static void end(List<SqlToken> current, List<SqlStatement> statements) {
        if (!current.isEmpty()) {
            statements.add(new SqlStatement(List.copyOf(current)));
            current.clear();
        }
    }

    private static boolean isTrigger(List<SqlToken> tokens) {
        int at = tokens.size() > 1 && tokens.get(1).isAny(TEMPORARY) ? 2 : 1;
        return tokens.size() > at
                && tokens.get(0).is("CREATE")
                && tokens.get(at).is("TRIGGER");
    }

    boolean createsTrigger() {
        return isTrigger(tokens);
    }

    /**
     * What a trigger does when it fires. It begins after a BEGIN that a verb follows: BEGIN can also be a name.
     *
     * @throws UnreadableSqlException where that is not to be told
     */
    List<SqlStatement> body() {
        List<Integer> begins = IntStream.range(0, tokens.size() - 1)
                .filter(i -> tokens.get(i).is("BEGIN") && beginsStatement(tokens.get(i + 1)))
                .boxed()
                .toList();
        if (begins.size() != 1) {
            throw new UnreadableSqlException(line(), "a trigger whose beginning cannot be told");
        }
        List<SqlStatement> body = new ArrayList<>();
        List<SqlToken> current = new ArrayList<>();
        for (SqlToken token : tokens.subList(begins.get(0) + 1, tokens.size())) {
            if (token.isSymbol(';')) {
                end(current, body);
            } else {
                current.add(token);
            }
        }
        return body;
    }

    private static boolean beginsStatement(SqlToken token) {
        return token.is("WITH") || token.isAny(VERBS);
    }

    int line() {
        return first().line();
    }

    SqlToken first() {
        return tokens.get(0);
    }

    /** Whether it begins with these keywords. */
    boolean begins(String... keywords) {
        return tokens.size() >= keywords.length
                && IntStream.range(0, keywords.length)
                        .allMatch(i -> tokens.get(i).is(keywords[i]));
    }

    /** Whether a token is there, in brackets or not. */
    boolean has(Predicate<SqlToken> which) {
        return tokens.stream().anyMatch(which);
    }

    /** Without what stands in front of the verb: EXPLAIN, and common table expressions. */
    SqlStatement fromVerb() {
        List<SqlToken> rest = tokens;
        if (begins("EXPLAIN")) {
            rest = rest.subList(begins("EXPLAIN", "QUERY", "PLAN") ? 3 : 1, rest.size());
        }
        if (rest.isEmpty() || !rest.get(0).is("WITH")) {
            return rest.isEmpty() ? this : new SqlStatement(rest);
        }
        SqlStatement with = new SqlStatement(rest);
        return with.outside(token -> token.isAny(VERBS))
                .map(at -> new SqlStatement(with.tokens.subList(at, with.tokens.size())))
                .orElse(with);
    }

    /** The place of the first such token that stands in no brackets. */
    Optional<Integer> outside(Predicate<SqlToken> which) {
        int depth = 0;
        for (int i = 0; i < tokens.size(); i++) {
            SqlToken token = tokens.get(i);
            if (token.isSymbol('(')) {
                depth++;
            } else if (token.isSymbol(')')) {
                depth--;
            } else if (depth == 0 && which.test(token)) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    /** The tokens from a place on. */
    List<SqlToken> from(int index) {
        return tokens.subList(Math.min(index, tokens.size()), tokens.size());
    }
}
