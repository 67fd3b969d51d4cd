package io.maildomain.operator.controller.mailworker.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.ConflictPolicy;
import io.maildomain.api.v1alpha1.DeletionPolicy;
import io.maildomain.api.v1alpha1.DriftPolicy;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.controller.mailworker.plan.DeployLedger.Origin;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkerCleanupTest {

    private static final List<String> NO_USERS = List.of();

    private final ModelAccount account = new ModelAccount().database("mail-db").bucket("mail-bucket");
    private final ModelDeployer operator = new ModelDeployer(account);

    @Test
    void retainLeavesAllAsItIs() {
        operator.run(intent());

        assertThat(cleanUp(DeletionPolicy.Retain, NO_USERS)).isEqualTo(kept(WorkerCleanup.Kept.RETAINED));
        assertThat(account.writes()).isEmpty();
    }

    @Test
    void whatTheOperatorCreatedGoesWithDomainsAndRoutesFirst() {
        operator.run(intent());

        assertThat(cleanUp(DeletionPolicy.Delete, NO_USERS)).isEqualTo(kept(WorkerCleanup.Kept.NOTHING));
        assertThat(operator.stepNames()).containsExactly("RemoveRoute", "RemoveDomain", "DeleteWorker");
        assertThat(account.isThere()).isFalse();
        assertThat(account.applied("mail-db")).containsExactly("0001_init.sql");
    }

    @Test
    void aWorkerThatMailGoesToWaitsForItsRules() {
        operator.run(intent());

        WorkerCleanup cleanup = cleanUp(DeletionPolicy.Delete, List.of("rule bot@example.com of mail/example-com"));

        assertThat(cleanup).isInstanceOfSatisfying(WorkerCleanup.Wait.class, wait -> {
            assertThat(wait.why().reason()).isEqualTo(Reason.WorkerInUse);
            assertThat(wait.why().sentence()).contains("rule bot@example.com of mail/example-com");
        });
        assertThat(account.writes()).isEmpty();
    }

    @Test
    void anAdoptedWorkerServesOn() {
        account.wranglerDeploys();
        operator.run(intent());

        // Rules that name it are no reason to wait: it stays.
        assertThat(cleanUp(DeletionPolicy.Delete, List.of("rule bot@example.com")))
                .isEqualTo(kept(WorkerCleanup.Kept.NOT_CREATED));
        assertThat(account.current()).containsKey("v2");
        assertThat(account.domains()).isEmpty();
    }

    @Test
    void aWorkerThatOthersDeployedToSinceIsKept() {
        operator.run(intent());
        account.wranglerDeploys();

        assertThat(cleanUp(DeletionPolicy.Delete, NO_USERS)).isEqualTo(kept(WorkerCleanup.Kept.OTHERS_DEPLOYED));
        assertThat(account.isThere()).isTrue();
    }

    @Test
    void aForgedLedgerDeletesNoWorkerOfOthers() {
        account.wranglerDeploys();
        DeployLedger forged = DeployLedger.NOTHING.withOrigin(Origin.CREATED);

        WorkerCleanup cleanup = new ModelDeployer(account, forged).cleanUp(DeletionPolicy.Delete, intent(), NO_USERS);

        assertThat(cleanup).isEqualTo(kept(WorkerCleanup.Kept.OTHERS_DEPLOYED));
    }

    private WorkerCleanup cleanUp(DeletionPolicy policy, List<String> users) {
        return operator.cleanUp(policy, intent(), users);
    }

    private static WorkerCleanup kept(WorkerCleanup.Kept kept) {
        return new WorkerCleanup.Done(kept);
    }

    private static WorkerIntent intent() {
        return DeployArbitraries.intent(
                "sha256:one",
                List.of(new WorkerIntent.Database(
                        "DB", "mail-db", "d1_migrations", false, List.of(DeployArbitraries.FIRST))),
                new WorkerIntent.Triggers(
                        List.of("*/15 * * * *"),
                        false,
                        List.of(DeployArbitraries.HOST),
                        List.of(DeployArbitraries.ROUTE)),
                null,
                ConflictPolicy.Adopt,
                DriftPolicy.Report);
    }
}
