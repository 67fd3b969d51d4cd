package io.maildomain.operator.cloudflare.deploy;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What became of SQL. */
public sealed interface QueryAnswer {
    /**
     * It was run.
     *
     * @param statements what each statement gave: rows, by the names of their columns, in their order; a value is a text, a number, a
     *     boolean, a list of numbers (a blob) or null
     */
    record Rows(List<List<Map<String, @Nullable Object>>> statements) implements QueryAnswer {
        public Rows {
            statements = statements.stream()
                    .map(rows -> rows.stream().map(JsonValues::copy).toList())
                    .toList();
        }

        /** The rows of all statements, one after the other. */
        public List<Map<String, @Nullable Object>> all() {
            return statements.stream().flatMap(List::stream).toList();
        }
    }

    /**
     * The database did not take it, and nothing of it was done.
     *
     * @param words why, as SQLite says it: one line of at most 300 printable characters. They may quote from the SQL.
     */
    record Refused(String words) implements QueryAnswer {}
}
