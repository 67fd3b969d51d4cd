package io.maildomain.operator.controller.mailworker;

import static io.maildomain.operator.controller.mailworker.WorkerScenario.HOST;
import static io.maildomain.operator.controller.mailworker.WorkerScenario.SCRIPT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.api.v1alpha1.MailWorkerSpec;
import io.maildomain.operator.cloudflare.deploy.VersionProbe;
import io.maildomain.operator.status.ConditionType;
import io.maildomain.simulator.faults.Fault;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a rollout has begun is ended, though what the next one needs is not there: a bad version does not serve on for that. */
class UnfinishedRolloutTest {

    private static final String PROBED = "'customDomains':['" + HOST
            + "'],'rollout':{'strategy':'Probed','probe':{'url':'https://" + HOST + "/health','attempts':2}}";

    private final WorkerScenario scenario = new WorkerScenario();
    private MailWorker worker;

    /** The second version is good as long as it has no requests; its probe was asked once since it has. */
    @BeforeEach
    void aVersionThatIsNotGoodServes() {
        scenario.aroundProbe = probe -> question -> VersionProbe.Finding.GOOD;
        scenario.files("index.js", "export default {}");
        worker = scenario.worker("mailbox", PROBED);
        scenario.settle(worker);
        assertThat(serving()).isEqualTo(1);
        scenario.aroundProbe = probe ->
                question -> question.override() == null ? new VersionProbe.Finding("bad") : VersionProbe.Finding.GOOD;
        scenario.files("index.js", "export default {two: 2}");
        scenario.reconcile(worker);
        assertThat(serving()).isEqualTo(2);
    }

    @AfterEach
    void stop() {
        scenario.close();
    }

    private int serving() {
        return scenario.platform().worker(SCRIPT).servingVersion().orElseThrow().number();
    }

    private void names(String source, String more) {
        MailWorker live = scenario.worker("mailbox", PROBED + more);
        live.setSpec(WorkerScenario.read(
                "{'script':'mailbox-worker','compatibilityDate':'2026-04-01','source':" + source + "," + PROBED + more
                        + "}",
                MailWorkerSpec.class));
        scenario.store.put(live);
    }

    @Test
    void itGoesBackThoughTheNextSourceIsNotThere() {
        names("{'configMap':{'name':'a-typo'}}", "");

        scenario.settle(worker);

        assertThat(serving()).isEqualTo(1);
        assertThat(scenario.ready(worker)).isEqualTo("SourceNotFound");
    }

    @Test
    void itGoesBackThoughTheSourceCannotBeFetchedAfterARestart() {
        names("{'oci':{'reference':'registry.example.com/gone:v2'}}", "");
        scenario.starts();

        scenario.settle(worker);

        assertThat(serving()).isEqualTo(1);
    }

    @Test
    void itGoesBackThoughASecretOfTheNextVersionIsMissing() {
        names(
                "{'configMap':{'name':'mailbox'}}",
                ",'secrets':[{'name':'SESSION','valueFrom':{'name':'gone','key':'session'}}]");

        scenario.settle(worker);

        assertThat(serving()).isEqualTo(1);
        assertThat(scenario.ready(worker)).isEqualTo("SecretMissing");
    }

    @Test
    void itGoesBackThoughADatabaseOfTheNextVersionIsMissing() {
        names("{'configMap':{'name':'mailbox'}}", ",'databases':[{'binding':'DB','name':'gone'}]");

        scenario.settle(worker);

        assertThat(serving()).isEqualTo(1);
        assertThat(scenario.ready(worker)).isEqualTo("DatabaseNotFound");
    }

    @Test
    void itGoesBackThoughABindingOfTheNextVersionIsNoJson() {
        names("{'configMap':{'name':'mailbox'}}", ",'bindings':[{'name':'Q','type':'queue','properties':{'a':'[no'}}]");

        scenario.settle(worker);

        assertThat(serving()).isEqualTo(1);
        assertThat(scenario.ready(worker)).isEqualTo("RequestInvalid");
    }

    @Test
    void whatCloudflareDidNotTakeIsSentAgainThoughTheSourceIsGone() {
        scenario.simulator.controls().failNext("POST", ".*/deployments", Fault.status(500));
        scenario.clock.passes(Duration.ofSeconds(5));
        scenario.reconcile(worker);
        assertThat(serving()).isEqualTo(2);
        names("{'configMap':{'name':'a-typo'}}", "");

        scenario.settle(worker);

        assertThat(serving()).isEqualTo(1);
    }

    @Test
    void whereCloudflareRefusesTheOldVersionThatIsSaidAndTheNextOneIsDeployed() {
        scenario.simulator
                .controls()
                .failNext(
                        "POST",
                        ".*/deployments",
                        Fault.status(
                                400,
                                WorkerScenario.read(
                                        "{'success':false,'errors':[{'code':10222,'message':'no such version'}],"
                                                + "'messages':[],'result':null}",
                                        JsonNode.class),
                                Map.of()));

        scenario.settle(worker);
        assertThat(serving()).isEqualTo(2);
        assertThat(scenario.ready(worker)).isEqualTo("ProbeFailed");
        assertThat(scenario.condition(worker, ConditionType.DEPLOYED).message())
                .contains("Cloudflare refuses to deploy");

        scenario.aroundProbe = probe -> question -> VersionProbe.Finding.GOOD;
        scenario.files("index.js", "export default {three: 3}");
        scenario.settle(worker);
        assertThat(serving()).isEqualTo(3);
    }

    @Test
    void aVersionThatIsGoodAfterAllStaysThoughTheNextSourceIsNotThere() {
        scenario.aroundProbe = probe -> question -> VersionProbe.Finding.GOOD;
        names("{'configMap':{'name':'a-typo'}}", "");

        scenario.settle(worker);

        assertThat(serving()).isEqualTo(2);
        assertThat(scenario.ownership(worker).notedRollout()).isEmpty();
    }
}
