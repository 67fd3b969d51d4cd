package io.maildomain.operator.controller.mailworker.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * The table that says which migrations of a database were applied, told from the SQL that SQLite has of it. It must refuse to note a
 * name twice: that is what keeps a migration from being run a second time where two run it at once. Pure.
 */
public final class MigrationsTable {

    private static final String NAME = "name";
    private static final Set<String> KEEPS_UNIQUE = Set.of("UNIQUE", "PRIMARY");

    private MigrationsTable() {}

    /**
     * Whether it has a column {@code name} that holds no text twice. In doubt it has none.
     *
     * @param definitions of the table and of its indexes, as {@code sqlite_master} has them
     */
    public static boolean notesOnce(Collection<String> definitions) {
        return definitions.stream().anyMatch(MigrationsTable::keepsNameUnique);
    }

    private static boolean keepsNameUnique(String definition) {
        SqlStatement statement;
        List<List<SqlToken>> parts;
        try {
            statement = new SqlStatement(SqlTokenizer.tokens(definition));
            parts = parts(statement.tokens());
        } catch (UnreadableSqlException e) {
            return false;
        }
        if (statement.begins("CREATE", "UNIQUE", "INDEX")) {
            boolean ofAllRows = !statement.has(token -> token.is("WHERE"));
            return ofAllRows && parts.size() == 1 && isName(parts.get(0));
        }
        return statement.begins("CREATE", "TABLE") && parts.stream().anyMatch(MigrationsTable::isUnique);
    }

    /** A column that is unique, or a constraint of the table that says so of this column only. */
    private static boolean isUnique(List<SqlToken> part) {
        boolean unique = part.stream().anyMatch(token -> token.isAny(KEEPS_UNIQUE));
        // ON CONFLICT REPLACE and the like let a second note pass.
        boolean lenient = part.stream().anyMatch(token -> token.is("CONFLICT"));
        if (!unique || lenient) {
            return false;
        }
        if (part.get(0).mayName(NAME)) {
            return true;
        }
        List<SqlToken> constraint =
                part.get(0).is("CONSTRAINT") ? part.subList(Math.min(2, part.size()), part.size()) : part;
        List<List<SqlToken>> columns = parts(constraint);
        return !constraint.isEmpty()
                && constraint.get(0).isAny(KEEPS_UNIQUE)
                && columns.size() == 1
                && isName(columns.get(0));
    }

    private static boolean isName(List<SqlToken> part) {
        return part.size() == 1 && part.get(0).mayName(NAME);
    }

    /** What stands between the first brackets, split at the commas that stand in no brackets within. */
    private static List<List<SqlToken>> parts(List<SqlToken> tokens) {
        List<List<SqlToken>> parts = new ArrayList<>();
        List<SqlToken> part = new ArrayList<>();
        int depth = 0;
        for (SqlToken token : tokens) {
            depth += token.isSymbol('(') ? 1 : 0;
            depth -= token.isSymbol(')') ? 1 : 0;
            if (depth == 0 && token.isSymbol(')') || depth == 1 && token.isSymbol(',')) {
                parts.add(List.copyOf(part));
                part.clear();
            } else if (depth > 0 && !(depth == 1 && token.isSymbol('('))) {
                part.add(token);
            }
            if (depth == 0 && token.isSymbol(')')) {
                break;
            }
        }
        parts.removeIf(List::isEmpty);
        return parts;
    }
}
