package io.maildomain.operator.controller.mailworker.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.operator.controller.mailworker.plan.DeployArbitraries.Push;
import io.maildomain.operator.controller.mailworker.plan.ModelDeployer.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * One spec comes while the rollout of the one before is still under way, or has failed. {@link ModelAccount} holds each step back against
 * what it has seen: it leads to a version that was found good, with every migration that the operator applied by then.
 */
class SupersededRolloutProperties {

    @Property(tries = 1500)
    void nothingGoesBackToAVersionOlderThanAMigrationNorToOneThatWasNeverFoundGood(
            @ForAll("pushes") List<Push> pushes, @ForAll("moments") Set<Integer> crashes) {
        ModelDeployer operator = new ModelDeployer(account()).crashingAt(crashes);

        for (Push push : pushes) {
            operator.disturbed(push.others()).run(push.intent(), push.looks());
        }
        operator.disturbed(Map.of());
        WorkerIntent last = pushes.get(pushes.size() - 1).intent();
        Outcome end = operator.run(last);

        assertThat(operator.run(last)).isEqualTo(end);
    }

    private static ModelAccount account() {
        return new ModelAccount().database("mail-db").bucket("mail-bucket").database("foreign-db", "0001_theirs.sql");
    }

    @Provide
    Arbitrary<List<Push>> pushes() {
        return DeployArbitraries.pushes();
    }

    @Provide
    Arbitrary<Set<Integer>> moments() {
        return Arbitraries.integers().between(0, 60).set().ofMaxSize(4);
    }
}
