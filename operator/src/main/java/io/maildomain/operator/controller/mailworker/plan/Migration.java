package io.maildomain.operator.controller.mailworker.plan;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One file of SQL that changes a D1 database, as wrangler knows it: {@code 0001_init.sql}.
 *
 * @param name of the file, with its ending; what the table of the migrations notes
 */
public record Migration(String name, String sql) {

    /** Also {@code 20260401123000_init.sql}. */
    private static final Pattern NUMBERED = Pattern.compile("([0-9]+)(?:_.*)?\\.sql", Pattern.DOTALL);

    private static final Comparator<Migration> ORDER =
            Comparator.comparing(Migration::number).thenComparing(Migration::name);

    /** @throws IllegalArgumentException where the name does not begin with a number: wrangler puts migrations in order by it */
    public Migration {
        if (!isNamed(name)) {
            throw new IllegalArgumentException("a migration's name begins with a number and ends with .sql");
        }
    }

    /** Whether a file can be a migration. */
    public static boolean isNamed(String name) {
        return NUMBERED.matcher(name).matches();
    }

    /**
     * Those that are still to be run, in order: by the number that the name begins with, then by name.
     *
     * @param applied names, as the table of the migrations has them
     */
    public static List<Migration> pending(Collection<Migration> files, Set<String> applied) {
        List<Migration> pending = new ArrayList<>(files);
        pending.removeIf(migration -> applied.contains(migration.name()));
        pending.sort(ORDER);
        return List.copyOf(pending);
    }

    /**
     * The SQL and the note that it was run, in one query: D1 does both or neither.
     *
     * @param migrationsTable wrangler's, so that both can take turns
     */
    public String query(String migrationsTable) {
        List<SqlToken> tokens = SqlTokenizer.tokens(sql);
        boolean open = !tokens.isEmpty() && !tokens.get(tokens.size() - 1).isSymbol(';');
        // On a line of its own: what ends with a comment must not take the rest with it.
        return sql + (open ? "\n;" : "") + "\n\n"
                + "INSERT INTO \"%s\" (name)\nvalues ('%s');"
                        .formatted(migrationsTable.replace("\"", "\"\""), name.replace("'", "''"));
    }

    private BigInteger number() {
        Matcher matcher = NUMBERED.matcher(name);
        return matcher.matches() ? new BigInteger(matcher.group(1)) : BigInteger.ZERO;
    }
}
