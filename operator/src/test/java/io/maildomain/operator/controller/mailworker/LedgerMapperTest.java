package io.maildomain.operator.controller.mailworker;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.RestorePoint;
import io.maildomain.api.v1alpha1.WorkerOwnership;
import io.maildomain.operator.controller.mailworker.plan.DeployLedger;
import io.maildomain.operator.controller.mailworker.plan.DeployLedger.Asked;
import io.maildomain.operator.controller.mailworker.plan.DeployLedger.Deployed;
import io.maildomain.operator.controller.mailworker.plan.DeployLedger.Origin;
import io.maildomain.operator.controller.mailworker.plan.DeployLedger.Planned;
import io.maildomain.operator.controller.mailworker.plan.DeployLedger.Rollout;
import io.maildomain.operator.controller.mailworker.plan.DeployLedger.Stage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LedgerMapperTest {

    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(60);

    private static DeployLedger ledger(Origin origin, Stage stage, Asked asked) {
        return new DeployLedger(
                origin,
                new Deployed("v1", "f1", Map.of("mail-db", "0-1")),
                new Rollout(
                        "f2",
                        "again",
                        stage,
                        "v1",
                        "v2",
                        asked,
                        Map.of("mail-db", "0-2"),
                        List.of(new Planned("mail-db", "0002_more.sql"))),
                Set.of("api.example.com"),
                Set.of("example.com/api/*"),
                List.of("*/15 * * * *"),
                "hash");
    }

    private static DeployLedger there(DeployLedger ledger) {
        return LedgerMapper.ledger(LedgerMapper.record(ledger, WorkerOwnership.nothing(), "account", NOW));
    }

    @ParameterizedTest
    @EnumSource
    void aLedgerSurvivesTheStatusWhateverTheStage(Stage stage) {
        DeployLedger ledger = ledger(Origin.CREATED, stage, Asked.AT_ZERO);

        assertThat(there(ledger)).isEqualTo(ledger);
    }

    @ParameterizedTest
    @EnumSource
    void aLedgerSurvivesTheStatusWhoeverCreatedTheWorker(Origin origin) {
        DeployLedger ledger = ledger(origin, Stage.UNDER_WAY, Asked.NEVER);

        assertThat(there(ledger)).isEqualTo(ledger);
    }

    @Test
    void nothingIsNothing() {
        assertThat(LedgerMapper.ledger(WorkerOwnership.nothing())).isEqualTo(DeployLedger.NOTHING);
        assertThat(there(DeployLedger.NOTHING)).isEqualTo(DeployLedger.NOTHING);
    }

    @Test
    void aRestorePointKeepsTheTimeAtWhichItWasTaken() {
        DeployLedger ledger = ledger(Origin.CREATED, Stage.UNDER_WAY, Asked.NEVER);
        WorkerOwnership first = LedgerMapper.record(ledger, WorkerOwnership.nothing(), "account", NOW);

        WorkerOwnership second = LedgerMapper.record(ledger, first, "account", LATER);

        assertThat(second).isEqualTo(first);
        assertThat(second.rollout().restorePoints()).containsExactly(RestorePoint.of("mail-db", "0-2", NOW));
    }
}
