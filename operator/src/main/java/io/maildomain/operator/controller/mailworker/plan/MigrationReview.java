package io.maildomain.operator.controller.mailworker.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * What a migration would do to a database, told from its SQL before any of it is run. Pure.
 *
 * <p>It is a safety net under people who make a mistake, not a wall against people who mean harm: those have the Worker. It errs to the
 * safe side. A statement is {@linkplain Severity#DESTRUCTIVE destructive} if it can take away rows or columns that the migration
 * does not pick out, or something that the Worker which still serves may use; a statement that the operator does not know, or that would
 * take away its hold on what has been applied, is {@linkplain Severity#REFUSED refused} whatever the spec allows.
 *
 * @param findings in the order of the SQL; empty: nothing speaks against it
 */
public record MigrationReview(List<Finding> findings) {

    /** How much speaks against a statement. */
    public enum Severity {
        /** Only where {@code migrations.destructive} is {@code Allow}. */
        DESTRUCTIVE,
        /** Never. */
        REFUSED
    }

    /**
     * A statement that something speaks against.
     *
     * @param line that it begins in, from 1
     * @param what it does, as the end of a sentence; holds no part of the SQL beyond keywords
     */
    public record Finding(int line, Severity severity, String what) {}

    /** Statements that only read, or bring up to date what SQLite derives from the rows. */
    private static final Set<String> HARMLESS = Set.of("SELECT", "VALUES", "ANALYZE", "REINDEX");

    /** What can be created without taking anything away. */
    private static final Set<String> CREATED = Set.of("TABLE", "INDEX", "VIEW", "TRIGGER");

    private static final Set<String> BETWEEN_CREATE_AND_KIND = Set.of("TEMP", "TEMPORARY", "UNIQUE", "VIRTUAL");

    /** D1 runs a migration in a transaction of its own; one of the migration's would part the SQL from the note. */
    private static final Set<String> TRANSACTION = Set.of("BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE");

    /** Those that D1 documents ({@code developers.cloudflare.com/d1/sql-api/sql-statements}). */
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

    private static final Set<String> AFTER_CONDITION = Set.of("RETURNING", "ORDER", "LIMIT");

    /**
     * @param sql of one migration
     * @param migrationsTable that says which migrations are applied; no migration may name it
     */
    public static MigrationReview of(String sql, String migrationsTable) {
        List<Finding> findings = new ArrayList<>();
        try {
            for (SqlStatement statement : SqlStatement.split(SqlTokenizer.tokens(sql))) {
                judge(statement, migrationsTable).ifPresent(findings::add);
            }
        } catch (UnreadableSqlException e) {
            findings.add(new Finding(e.line(), Severity.REFUSED, "has " + e.getMessage()));
        }
        return new MigrationReview(List.copyOf(findings));
    }

    /** Whether it may be run. */
    public boolean allows(boolean destructiveAllowed) {
        return findings.stream().allMatch(finding -> destructiveAllowed && finding.severity() == Severity.DESTRUCTIVE);
    }

    private static Optional<Finding> judge(SqlStatement statement, String migrationsTable) {
        if (statement.has(token -> token.mayName(migrationsTable))) {
            return refused(
                    statement, "names the table of the migrations, which is the operator's and wrangler's to write");
        }
        if (statement.createsTrigger()) {
            return statement.body().stream()
                    .filter(inner -> !inner.begins("END"))
                    .flatMap(inner -> judgePlain(inner.fromVerb()).stream())
                    .max(Comparator.comparing(Finding::severity))
                    .map(inner ->
                            new Finding(inner.line(), inner.severity(), "creates a trigger that " + inner.what()));
        }
        return judgePlain(statement.fromVerb());
    }

    private static Optional<Finding> judgePlain(SqlStatement statement) {
        SqlToken verb = statement.first();
        if (verb.kind() != SqlToken.Kind.WORD) {
            return refused(statement, "begins with what is no statement");
        }
        if (verb.isAny(HARMLESS)) {
            return Optional.empty();
        }
        if (verb.isAny(TRANSACTION)) {
            return refused(
                    statement,
                    "begins or ends a transaction (%s); D1 makes one of each migration".formatted(verb.upper()));
        }
        return switch (verb.upper()) {
            case "CREATE" -> create(statement);
            case "ALTER" -> alter(statement);
            case "DROP" -> destructive(statement, "drops something (DROP)");
            case "INSERT" -> insert(statement);
            case "REPLACE" -> destructive(statement, "replaces rows (REPLACE)");
            case "DELETE" ->
                picksRows(statement)
                        ? Optional.empty()
                        : destructive(statement, "deletes all rows (DELETE without a WHERE that names a column)");
            case "UPDATE" -> update(statement);
            case "PRAGMA" -> pragma(statement);
            default -> refused(statement, "is a statement that the operator does not know");
        };
    }

    private static Optional<Finding> create(SqlStatement statement) {
        boolean known = statement.from(1).stream()
                .dropWhile(token -> token.isAny(BETWEEN_CREATE_AND_KIND))
                .findFirst()
                .filter(token -> token.isAny(CREATED))
                .isPresent();
        return known ? Optional.empty() : refused(statement, "creates something that the operator does not know");
    }

    /** {@code ALTER TABLE [schema.]name ADD …} adds a column; what else there is renames, drops or is not known. */
    private static Optional<Finding> alter(SqlStatement statement) {
        List<SqlToken> rest = statement.from(2);
        boolean qualified = rest.size() > 2 && rest.get(1).isSymbol('.');
        List<SqlToken> action = statement.from(qualified ? 5 : 3);
        if (!statement.begins("ALTER", "TABLE") || action.isEmpty()) {
            return refused(statement, "alters something that the operator does not know");
        }
        SqlToken what = action.get(0);
        if (what.is("ADD")) {
            return Optional.empty();
        }
        if (what.is("RENAME")) {
            return destructive(
                    statement,
                    "renames a table or column (ALTER TABLE … RENAME), which the Worker that serves may use");
        }
        if (what.is("DROP")) {
            return destructive(statement, "drops a column (ALTER TABLE … DROP)");
        }
        return refused(statement, "alters a table in a way that the operator does not know");
    }

    private static Optional<Finding> insert(SqlStatement statement) {
        if (orReplace(statement)) {
            return destructive(statement, "replaces rows (INSERT OR REPLACE)");
        }
        return updatesOnConflict(statement)
                ? destructive(
                        statement,
                        "changes rows that are there (INSERT of a SELECT with DO UPDATE, without a WHERE behind it that names a"
                                + " column)")
                : Optional.empty();
    }

    private static Optional<Finding> update(SqlStatement statement) {
        if (!picksRows(statement)) {
            return destructive(statement, "changes all rows (UPDATE without a WHERE that names a column)");
        }
        return orReplace(statement) ? destructive(statement, "replaces rows (UPDATE OR REPLACE)") : Optional.empty();
    }

    private static Optional<Finding> pragma(SqlStatement statement) {
        boolean known =
                statement.tokens().size() > 1 && statement.tokens().get(1).isAny(PRAGMAS);
        return known ? Optional.empty() : refused(statement, "sets or asks a PRAGMA that D1 does not document");
    }

    private static boolean orReplace(SqlStatement statement) {
        return statement.tokens().size() > 2
                && statement.tokens().get(1).is("OR")
                && statement.tokens().get(2).is("REPLACE");
    }

    /** The condition ends where something else begins, in brackets or not: in doubt it names no column. */
    private static boolean picksRows(SqlStatement statement) {
        Predicate<SqlToken> isWhere = token -> token.is("WHERE");
        return statement
                .outside(isWhere)
                .filter(where -> SqlCondition.namesColumn(statement.from(where + 1).stream()
                        .takeWhile(token -> !token.isAny(AFTER_CONDITION))
                        .toList()))
                .isPresent();
    }

    /** VALUES pick out the rows that they are in conflict with; a SELECT may give all that are there. */
    private static boolean updatesOnConflict(SqlStatement insert) {
        List<SqlToken> tokens = insert.tokens();
        return insert.outside(token -> token.is("SELECT")).isPresent()
                && IntStream.range(0, tokens.size() - 1)
                        .filter(i -> tokens.get(i).is("DO") && tokens.get(i + 1).is("UPDATE"))
                        .anyMatch(i -> !picksRows(conflictClause(tokens, i + 2)));
    }

    /** To the next one: there may be several. */
    private static SqlStatement conflictClause(List<SqlToken> tokens, int from) {
        int end = IntStream.range(from, tokens.size() - 1)
                .filter(i -> tokens.get(i).is("ON") && tokens.get(i + 1).is("CONFLICT"))
                .findFirst()
                .orElse(tokens.size());
        return new SqlStatement(tokens.subList(from, end));
    }

    private static Optional<Finding> destructive(SqlStatement statement, String what) {
        return Optional.of(new Finding(statement.line(), Severity.DESTRUCTIVE, what));
    }

    private static Optional<Finding> refused(SqlStatement statement, String what) {
        return Optional.of(new Finding(statement.line(), Severity.REFUSED, what));
    }
}
