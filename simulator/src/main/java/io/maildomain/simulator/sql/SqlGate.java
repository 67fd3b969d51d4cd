package io.maildomain.simulator.sql;

import java.util.Set;

/** What D1 does not let through, and what must not reach the machine that the simulator runs on. */
final class SqlGate {

    private static final Set<String> OF_FILES = Set.of("ATTACH", "DETACH", "VACUUM", "BACKUP", "RESTORE");
    private static final Set<String> OF_TRANSACTIONS =
            Set.of("BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE");

    /** Those that D1's documentation lists. */
    private static final Set<String> PRAGMAS = Set.of(
            "CASE_SENSITIVE_LIKE",
            "DEFER_FOREIGN_KEYS",
            "FOREIGN_KEYS",
            "FOREIGN_KEY_CHECK",
            "FOREIGN_KEY_LIST",
            "IGNORE_CHECK_CONSTRAINTS",
            "INDEX_INFO",
            "INDEX_LIST",
            "INDEX_XINFO",
            "LEGACY_ALTER_TABLE",
            "OPTIMIZE",
            "QUICK_CHECK",
            "RECURSIVE_TRIGGERS",
            "REVERSE_UNORDERED_SELECTS",
            "TABLE_INFO",
            "TABLE_LIST",
            "TABLE_XINFO");

    private SqlGate() {}

    static void check(SqlStatement statement) throws SqlFailure {
        int kind = 0;
        if (statement.word(0).equals("EXPLAIN")) {
            kind = statement.word(1).equals("QUERY") ? 3 : 1;
        }
        String word = statement.word(kind);
        if (OF_FILES.contains(word)) {
            throw new SqlFailure("not authorized: SQLITE_AUTH");
        }
        if (OF_TRANSACTIONS.contains(word)) {
            throw new SqlFailure(
                    "a query is one transaction already: write no BEGIN TRANSACTION, COMMIT, ROLLBACK or SAVEPOINT");
        }
        // A schema in front of the pragma's name ("main.") is a word of its own.
        if (word.equals("PRAGMA")
                && !PRAGMAS.contains(statement.word(kind + 1))
                && !(statement.word(kind + 1).equals("MAIN") && PRAGMAS.contains(statement.word(kind + 2)))) {
            throw new SqlFailure("not authorized: SQLITE_AUTH");
        }
    }
}
