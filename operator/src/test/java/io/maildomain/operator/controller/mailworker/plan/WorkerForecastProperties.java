package io.maildomain.operator.controller.mailworker.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.operator.access.DeployGrants;
import io.maildomain.operator.controller.mailworker.plan.ModelDeployer.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What mode Observe foretells is what mode Manage does, whatever stands there and whatever was deployed before. */
class WorkerForecastProperties {

    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

    @Property(tries = 1_000)
    void whatIsForetoldIsWhatIsDone(
            @ForAll("accounts") ModelAccount account,
            @ForAll("histories") List<WorkerIntent> intents,
            @ForAll("disturbances") Map<Integer, Consumer<ModelAccount>> acts) {
        ModelDeployer operator = new ModelDeployer(account.copy());

        for (WorkerIntent intent : intents) {
            WorkerForecast foretold = foretell(operator, intent);
            Outcome outcome = operator.run(intent);

            List<String> done =
                    operator.account().writes().stream().map(StepWords::of).toList();
            if (outcome.refused() == null) {
                assertThat(foretold.describe()).isEqualTo(done);
                assertThat(foretold.end()).hasSameClassAs(outcome.decision());
            } else {
                assertThat(foretold.describe())
                        .as("as far as Cloudflare takes it")
                        .startsWith(done.toArray(String[]::new));
            }
            acts.values().forEach(act -> act.accept(operator.account()));
        }
    }

    @Property(tries = 500)
    void whereItEndedWellNothingIsForetold(
            @ForAll("accounts") ModelAccount account, @ForAll("histories") List<WorkerIntent> intents) {
        ModelDeployer operator = new ModelDeployer(account.copy());

        for (WorkerIntent intent : intents) {
            Outcome outcome = operator.run(intent);

            if (outcome.decision() instanceof WorkerDecision.Done) {
                assertThat(foretell(operator, intent)).isEqualTo(new WorkerForecast(List.of(), -1, outcome.decision()));
            }
        }
    }

    private static WorkerForecast foretell(ModelDeployer operator, WorkerIntent intent) {
        return WorkerForecast.of(
                intent, operator.account().observe(intent), operator.ledger(), DeployGrants.everything(), NOW);
    }

    /** Of a probe that is not as the spec asks nothing can be foretold. */
    @Provide
    Arbitrary<List<WorkerIntent>> histories() {
        return DeployArbitraries.intents()
                .filter(intent -> !intent.content().sourceDigest().matches("sha256:(bad|late)"))
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    @Provide
    Arbitrary<ModelAccount> accounts() {
        return DeployArbitraries.accounts();
    }

    @Provide
    Arbitrary<Map<Integer, Consumer<ModelAccount>>> disturbances() {
        return DeployArbitraries.disturbances();
    }
}
