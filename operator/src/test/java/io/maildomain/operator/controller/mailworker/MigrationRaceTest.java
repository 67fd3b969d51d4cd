package io.maildomain.operator.controller.mailworker;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.operator.cloudflare.deploy.Database;
import io.maildomain.operator.cloudflare.deploy.DatabasesApi;
import io.maildomain.operator.cloudflare.deploy.DeployApis;
import io.maildomain.operator.cloudflare.deploy.QueryAnswer;
import io.maildomain.operator.controller.mailworker.WorkerExecution.Outcome;
import io.maildomain.operator.controller.mailworker.plan.DeployLedger;
import io.maildomain.operator.controller.mailworker.plan.DeployStep;
import io.maildomain.operator.controller.mailworker.plan.Migration;
import io.maildomain.operator.controller.mailworker.plan.WorkerState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Wrangler, or another installation, applies a migration while the operator is about to. */
class MigrationRaceTest {

    private static final String TABLE = "CREATE TABLE d1_migrations(id INTEGER, name TEXT UNIQUE)";

    /** A database that refuses all that is to be run, and has noted these names by now. */
    private record Refusing(Set<String> noted) implements DatabasesApi {
        @Override
        public Optional<Database> named(String name) {
            return Optional.of(new Database("id-of-" + name, name));
        }

        @Override
        public Optional<String> bookmark(String databaseId) {
            return Optional.empty();
        }

        @Override
        public List<Map<String, Object>> read(String databaseId, String sql) {
            return sql.contains("sqlite_master")
                    ? List.of(Map.of("sql", TABLE))
                    : noted.stream()
                            .map(name -> Map.<String, Object>of("name", name))
                            .toList();
        }

        @Override
        public QueryAnswer query(String databaseId, String sql) {
            return new QueryAnswer.Refused("UNIQUE constraint failed: d1_migrations.name");
        }
    }

    private static Outcome applying(Set<String> noted) {
        WorkerState state = new WorkerState(
                null,
                Map.of("mail-db", new WorkerState.Database("id-of-mail-db", Set.of())),
                Set.of(),
                Map.of(),
                List.of(),
                Set.of());
        return new WorkerExecution(
                        null, new DeployApis(null, null, new Refusing(noted), null, null), null, null, null, "")
                .carryOut(
                        new DeployStep.ApplyMigration(
                                "mail-db", "d1_migrations", new Migration("0001_init.sql", "SELECT 1;")),
                        new Observation(state, null, Map.of(), Map.of()),
                        DeployLedger.NOTHING);
    }

    @Test
    void whatIsAppliedByThenHasNotFailed() {
        assertThat(applying(Set.of("0001_init.sql"))).isInstanceOf(Outcome.Outrun.class);
    }

    @Test
    void whatIsNotAppliedHasFailed() {
        assertThat(applying(Set.of())).isInstanceOf(Outcome.Refused.class);
    }
}
