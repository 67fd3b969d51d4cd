package io.maildomain.operator.edges;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.operator.fixture.ScenarioDsl;
import io.maildomain.simulator.state.RoutingRule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A Worker and the rules that hand mail to it: each goes on by itself once the other lets it. */
class WorkerAndRulesTest {

    private static final String TO_THE_WORKER =
            "{'rules':[{'address':'bot@example.com','action':{'worker':'inbound'}}]}";

    private final ScenarioDsl scenario = new ScenarioDsl().usual();

    @BeforeEach
    void aDomainAndTheDeployToken() {
        scenario.zone("example.com", "{'status':'active','routing':true}");
        scenario.token("deploy-tokens", "deploy", "Account: Workers Scripts: Edit");
        scenario.account(
                "deploying",
                "deploy-tokens",
                scenario.env().simulator().accountId(),
                "[{'namespaces':{},'domains':['*'],'deploy':{'workers':['inbound']}}]");
        scenario.files("mail", "index.js", "export default {}");
    }

    @AfterEach
    void stop() {
        scenario.close();
    }

    private MailWorker worker(String more) {
        return scenario.worker("mail", "inbound", "{'script':'inbound','accountRef':{'name':'deploying'}" + more + "}");
    }

    @Test
    void aRuleThatWaitsForItsWorkerGoesOnOnceThatIsDeployed() {
        MailDomain domain = scenario.domain("example", TO_THE_WORKER);
        CatchAllRule rule = scenario.catchAll("all", "{'action':{'worker':'inbound'}}");
        scenario.turn();
        scenario.turn();
        assertThat(scenario.ready(domain)).isEqualTo("False WorkerMissing");
        assertThat(scenario.ready(rule)).isEqualTo("False WorkerMissing");

        MailWorker worker = worker("");
        scenario.reconcile(worker);
        assertThat(scenario.ready(worker)).isEqualTo("True Ready");
        scenario.reconcileWoken();

        assertThat(scenario.ready(domain)).isEqualTo("True Ready");
        assertThat(scenario.ready(rule)).isEqualTo("True Applied");
        assertThat(scenario.addresses()).contains("bot@example.com");
        scenario.nothingFlaps();
    }

    /** Each try fails alike: what is noted before it stays noted, and nothing is written anew. */
    @Test
    void whatWaitsForItsWorkerIsStillMeanwhileAndLeavesNothingBehind() {
        scenario.domain("example", TO_THE_WORKER);
        CatchAllRule rule = scenario.catchAll("all", "{'action':{'worker':'inbound'}}");
        scenario.settle();
        assertThat(scenario.ready(rule)).isEqualTo("False WorkerMissing");
        RoutingRule before = scenario.zone().catchAll();

        scenario.delete(rule);
        scenario.settle();

        assertThat(scenario.isGone(rule)).isTrue();
        assertThat(scenario.zone().catchAll()).isEqualTo(before);
        assertThat(scenario.events()).noneMatch(event -> event.contains("CatchAllKept"));
    }

    @Test
    void aWorkerStaysUntilNoRuleHandsMailToIt() {
        MailWorker worker = worker(",'deletionPolicy':'Delete'");
        scenario.reconcile(worker);
        MailDomain domain = scenario.domain("example", TO_THE_WORKER);
        scenario.settle();
        assertThat(scenario.ready(domain)).isEqualTo("True Ready");

        scenario.delete(worker);
        scenario.reconcile(worker);
        assertThat(scenario.ready(worker)).isEqualTo("False WorkerInUse");
        scenario.domain("example", ScenarioDsl.SPAM);
        scenario.settle();

        assertThat(scenario.isGone(worker)).isTrue();
        assertThat(scenario.ready(domain)).isEqualTo("True Ready");
        assertThat(scenario.addresses()).containsExactly("spam@example.com");
    }

    @Test
    void whatTheAccountDoesNotGrantIsNotDeployed() {
        MailWorker worker = scenario.worker("mail", "other", "{'script':'other','accountRef':{'name':'deploying'}}");
        scenario.controls().clearCalls();

        scenario.reconcile(worker);

        assertThat(scenario.ready(worker)).isEqualTo("False DeployNotGranted");
        assertThat(scenario.controls().calls()).isEmpty();
    }
}
