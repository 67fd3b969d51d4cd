package io.maildomain.operator.controller.mailworker;

import static io.maildomain.operator.controller.mailworker.WorkerScenario.HOST;
import static io.maildomain.operator.controller.mailworker.WorkerScenario.SCRIPT;
import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.Conditioned;
import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.operator.cloudflare.deploy.VersionProbe;
import io.maildomain.operator.fixture.ShiftedClock;
import io.maildomain.simulator.control.DeploySpec;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A version that was uploaded and is not to be found is waited for, but not for ever. */
class MissingVersionTest {

    private static final String ADOPTING = "'conflictPolicy':'Adopt','customDomains':['" + HOST
            + "'],'rollout':{'strategy':'Probed','probe':{'url':'https://" + HOST + "/health','attempts':1}}";

    private final WorkerScenario scenario = new WorkerScenario();

    @AfterEach
    void stop() {
        scenario.close();
    }

    @Test
    void oneThatWentWithTheWorkerIsUploadedAnew() {
        scenario.aroundProbe = probe -> question -> VersionProbe.Finding.GOOD;
        scenario.files("index.js", "export default {}");
        MailWorker worker = scenario.worker("mailbox", ADOPTING);
        scenario.settle(worker);
        scenario.aroundProbe = probe -> question -> new VersionProbe.Finding("bad");
        scenario.files("index.js", "export default {two: 2}");
        scenario.settle(worker);
        assertThat(scenario.ready(worker)).isEqualTo("ProbeFailed");

        scenario.simulator.controls().removeWorker(SCRIPT);
        scenario.simulator.controls().putWorker(SCRIPT);
        scenario.platform().deployWorker(SCRIPT, new DeploySpec("wrangler", null, null, null, null, null));
        scenario.aroundProbe = probe -> question -> VersionProbe.Finding.GOOD;
        MailWorker live = scenario.live(worker);
        live.getMetadata().setAnnotations(Map.of(Conditioned.RECONCILE_REQUESTED, "again"));
        scenario.store.put(live);
        scenario.forgetCalls();
        scenario.settle(worker);

        assertThat(scenario.ready(worker)).isEqualTo("Ready");
        assertThat(scenario.writes()).contains("POST /workers/scripts/{script_name}/versions");
    }

    @Test
    void oneThatComesWithinAMinuteIsWaitedFor() {
        ShiftedClock clock = ShiftedClock.running();
        MissingVersions missing = new MissingVersions(clock);

        assertThat(missing.isGone("a", "v1")).isFalse();
        clock.passes(Duration.ofSeconds(30));
        assertThat(missing.isGone("a", "v1")).isFalse();
        assertThat(missing.isGone("a", "")).as("it came").isFalse();
        clock.passes(Duration.ofSeconds(40));
        assertThat(missing.isGone("a", "v1")).as("it is counted anew").isFalse();
        clock.passes(Duration.ofSeconds(30));
        assertThat(missing.isGone("a", "v2")).as("another one").isFalse();
        clock.passes(Duration.ofMinutes(1));
        assertThat(missing.isGone("a", "v2")).isTrue();

        assertThat(missing.uids()).containsExactly("a");
        missing.forget("a");
        assertThat(missing.uids()).isEmpty();
    }
}
