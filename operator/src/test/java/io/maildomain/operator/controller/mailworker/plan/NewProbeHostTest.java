package io.maildomain.operator.controller.mailworker.plan;

import static io.maildomain.operator.controller.mailworker.plan.DeployArbitraries.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.ConflictPolicy;
import io.maildomain.api.v1alpha1.DriftPolicy;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.controller.mailworker.plan.ModelDeployer.Outcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Code and the host of its probe come in one spec: the host leads to the version that serves first, so that the new one can be asked. */
class NewProbeHostTest {

    private static final String API = HOST + "/*";

    private final ModelAccount account = new ModelAccount().bucket("mail-bucket");
    private final ModelDeployer operator = new ModelDeployer(account);

    @Test
    void theNewVersionIsAskedAtZeroAndGivesWayWhereItFailsOnceItServes() {
        operator.run(without("sha256:one"));

        operator.run(with("sha256:late"));

        assertThat(operator.stepNames())
                .containsExactly(
                        "NoteIntent",
                        "UploadVersion",
                        "PutDomain",
                        "DeployAtZero",
                        "Probe",
                        "Promote",
                        "Probe",
                        "Probe",
                        "GoBack");
        assertThat(account.current()).isEqualTo(Map.of("v1", 100));
    }

    @Test
    void aRouteLeadsThereFirstToo() {
        operator.run(without("sha256:one"));

        Outcome outcome = operator.run(routed("sha256:two"));

        assertThat(operator.stepNames()).containsSubsequence("AddRoute", "DeployAtZero", "Promote", "NoteTriggers");
        assertThat(outcome.decision()).isEqualTo(new WorkerDecision.Done("v2"));
    }

    @Test
    void whatFailsAtAHostThatIsNewIsAskedAgainAndDoesNotServeMeanwhile() {
        operator.run(without("sha256:one"));

        Outcome outcome = operator.run(with("sha256:bad"));

        assertThat(operator.stepNames()).doesNotContain("Promote", "GoBack");
        assertThat(account.current()).isEqualTo(Map.of("v1", 100, "v2", 0));
        assertThat(outcome.decision()).isInstanceOfSatisfying(WorkerDecision.Stopped.class, stopped -> {
            assertThat(stopped.why().reason()).isEqualTo(Reason.ProbeFailed);
            assertThat(stopped.why().sentence()).contains("v1 serves as before").contains("it is probed again");
        });
        assertThat(operator.ledger().noted().map(DeployLedger.Rollout::stage)).contains(DeployLedger.Stage.UNDER_WAY);
    }

    @Test
    void whenTheSpecReturnsToTheOldVersionTheHostGoesAgain() {
        operator.run(without("sha256:one"));
        operator.run(with("sha256:late"));
        assertThat(account.domains()).containsKey(HOST);

        assertThat(operator.run(without("sha256:one")).decision()).isEqualTo(new WorkerDecision.Done("v1"));

        assertThat(account.domains()).isEmpty();
    }

    private static WorkerIntent without(String digest) {
        return intent(digest, List.of(), List.of(), null);
    }

    private static WorkerIntent with(String digest) {
        return intent(digest, List.of(HOST), List.of(), new WorkerIntent.Probe(HOST, 2));
    }

    private static WorkerIntent routed(String digest) {
        return intent(digest, List.of(), List.of(API), new WorkerIntent.Probe(HOST, 2));
    }

    private static WorkerIntent intent(
            String digest, List<String> domains, List<String> routes, WorkerIntent.Probe probe) {
        return DeployArbitraries.intent(
                digest,
                List.of(),
                new WorkerIntent.Triggers(null, null, domains, routes),
                probe,
                ConflictPolicy.Refuse,
                DriftPolicy.Report);
    }
}
