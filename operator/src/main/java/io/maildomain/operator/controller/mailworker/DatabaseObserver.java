package io.maildomain.operator.controller.mailworker;

import io.maildomain.operator.cloudflare.deploy.Database;
import io.maildomain.operator.cloudflare.deploy.DatabasesApi;
import io.maildomain.operator.controller.mailworker.plan.Migration;
import io.maildomain.operator.controller.mailworker.plan.MigrationsTable;
import io.maildomain.operator.controller.mailworker.plan.WorkerIntent;
import io.maildomain.operator.controller.mailworker.plan.WorkerState;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which databases are there, and which of the intent's migrations each has applied. Lives as long as one reconcile. */
final class DatabaseObserver {

    private final DatabasesApi api;
    private final Map<String, Optional<WorkerState.Database>> known;

    DatabaseObserver(DatabasesApi api) {
        this.api = api;
        this.known = new HashMap<>();
    }

    /**
     * The databases of these that are there, by name. One that is bound several times is looked at once, with its migrations, whichever
     * of its bindings has them.
     */
    Map<String, WorkerState.Database> look(List<WorkerIntent.Database> bound) {
        Map<String, WorkerIntent.Database> wanted = new LinkedHashMap<>();
        bound.forEach(database -> wanted.merge(
                database.name(), database, (one, other) -> one.migrations().isEmpty() ? other : one));
        Map<String, WorkerState.Database> there = new HashMap<>();
        wanted.values().forEach(database -> look(database).ifPresent(found -> there.put(database.name(), found)));
        return there;
    }

    private Optional<WorkerState.Database> look(WorkerIntent.Database wanted) {
        return known.computeIfAbsent(wanted.name(), name -> api.named(name).map(found -> seen(wanted, found)));
    }

    /** Something was applied to it. */
    void changed(String name) {
        known.remove(name);
    }

    /** Two questions: SQLite refuses to read a table that is not there, and only rows say that it is not. */
    private WorkerState.Database seen(WorkerIntent.Database wanted, Database found) {
        if (wanted.migrations().isEmpty()) {
            return new WorkerState.Database(found.id(), Set.of());
        }
        // SQLite takes names for the same that differ in the case of their letters.
        List<Map<String, @Nullable Object>> parts = api.read(
                found.id(),
                "SELECT sql FROM sqlite_master WHERE type IN ('table', 'view', 'index') AND tbl_name = "
                        + quoted(wanted.table()) + " COLLATE NOCASE");
        if (parts.isEmpty()) {
            return new WorkerState.Database(found.id(), Set.of());
        }
        boolean keepsAccount = MigrationsTable.notesOnce(texts(parts, "sql"));
        return new WorkerState.Database(
                found.id(), keepsAccount ? applied(wanted, found.id()) : Set.of(), keepsAccount);
    }

    private Set<String> applied(WorkerIntent.Database wanted, String id) {
        String files = wanted.migrations().stream()
                .map(Migration::name)
                .map(DatabaseObserver::quoted)
                .collect(Collectors.joining(", "));
        return texts(
                api.read(id, "SELECT name FROM " + identifier(wanted.table()) + " WHERE name IN (" + files + ")"),
                "name");
    }

    private static Set<String> texts(List<Map<String, @Nullable Object>> rows, String column) {
        return rows.stream()
                .map(row -> row.get(column))
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .collect(Collectors.toSet());
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    static String identifier(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
