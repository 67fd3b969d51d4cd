package io.maildomain.operator.controller.mailworker;

import io.maildomain.operator.cloudflare.deploy.Database;
import io.maildomain.operator.cloudflare.deploy.DatabasesApi;
import io.maildomain.operator.cloudflare.deploy.QueryAnswer;
import io.maildomain.operator.controller.mailworker.plan.Migration;
import io.maildomain.operator.controller.mailworker.plan.WorkerIntent;
import io.maildomain.operator.controller.mailworker.plan.WorkerState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which databases are there, and which of the intent's migrations each has applied. Lives as long as one reconcile. */
final class DatabaseObserver {

    private static final String NAME = "name";

    private final DatabasesApi api;
    private final Map<String, Optional<WorkerState.Database>> known;

    DatabaseObserver(DatabasesApi api) {
        this.api = api;
        this.known = new HashMap<>();
    }

    /** Empty where the account has no database of that name. */
    Optional<WorkerState.Database> look(WorkerIntent.Database wanted) {
        return known.computeIfAbsent(wanted.name(), name -> api.named(name).map(found -> seen(wanted, found)));
    }

    /** Something was applied to it. */
    void changed(String name) {
        known.remove(name);
    }

    private WorkerState.Database seen(WorkerIntent.Database wanted, Database found) {
        return new WorkerState.Database(
                found.id(), wanted.migrations().isEmpty() ? Set.of() : applied(wanted, found.id()));
    }

    /** Two questions: SQLite refuses to read a table that is not there, and words of a refusal decide nothing. */
    private Set<String> applied(WorkerIntent.Database wanted, String id) {
        boolean noted = !names(
                        id, "SELECT name FROM sqlite_master WHERE type = 'table' AND name = " + quoted(wanted.table()))
                .isEmpty();
        if (!noted) {
            return Set.of();
        }
        String files = wanted.migrations().stream()
                .map(Migration::name)
                .map(DatabaseObserver::quoted)
                .collect(Collectors.joining(", "));
        return names(id, "SELECT name FROM " + identifier(wanted.table()) + " WHERE name IN (" + files + ")");
    }

    private Set<String> names(String id, String sql) {
        Set<String> names = new HashSet<>();
        // What is no table of migrations has no names either: the first migration then says what is wrong.
        if (api.query(id, sql) instanceof QueryAnswer.Rows rows) {
            rows.all().forEach(row -> {
                if (row.get(NAME) instanceof String name) {
                    names.add(name);
                }
            });
        }
        return names;
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    static String identifier(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
