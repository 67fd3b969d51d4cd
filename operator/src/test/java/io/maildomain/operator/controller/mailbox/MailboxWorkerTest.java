package io.maildomain.operator.controller.mailbox;

import static io.maildomain.operator.controller.mailbox.MailboxScenario.OPEN;
import static io.maildomain.operator.controller.mailbox.MailboxScenario.spec;
import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.Action;
import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.operator.fixture.ScenarioDsl;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mailboxes that hand their mail to a Worker which this operator deploys. */
class MailboxWorkerTest {

    private static final Action INBOUND = Action.handingTo("inbound");

    private final MailboxScenario scenario = new MailboxScenario();
    private final ScenarioDsl dsl = scenario.scenario();

    @BeforeEach
    void aDomainAndTheDeployToken() {
        dsl.token("deploy-tokens", "deploy", "Account: Workers Scripts: Edit");
        dsl.account(
                "deploying",
                "deploy-tokens",
                dsl.env().simulator().accountId(),
                "[{'namespaces':{},'domains':['*'],'deploy':{'workers':['inbound']}}]");
        dsl.files("mail", "index.js", "export default {}");
        scenario.settled(OPEN.replace("'workers':['mailbox']", "'workers':['*']"));
    }

    @AfterEach
    void close() {
        scenario.close();
    }

    private MailWorker worker() {
        return dsl.worker(
                "mail", "inbound", "{'script':'inbound','accountRef':{'name':'deploying'},'deletionPolicy':'Delete'}");
    }

    @Test
    void aWorkerStaysUntilNoMailboxHandsMailToIt() {
        MailWorker worker = worker();
        dsl.reconcile(worker);
        Mailbox mailbox = scenario.mailbox("team-a", "a", spec("a@in.example.com", INBOUND, null));
        Mailbox expiring = scenario.mailbox("team-b", "b", spec("b@in.example.com", INBOUND, "1h"));
        assertThat(scenario.stands(mailbox)).isEqualTo("Active True Ready");

        dsl.delete(worker);
        dsl.reconcile(worker);
        assertThat(dsl.ready(worker)).isEqualTo("False WorkerInUse");
        assertThat(scenario.workerSays(worker)).contains("a Mailbox of another namespace");

        scenario.delete(mailbox);
        dsl.settle();
        assertThat(dsl.ready(worker)).isEqualTo("False WorkerInUse");
        scenario.passes(Duration.ofMinutes(61));
        dsl.settle();

        assertThat(scenario.stands(expiring)).isEqualTo("Expired False Expired");
        assertThat(dsl.isGone(worker)).isTrue();
    }

    @Test
    void oneThatWaitsForItsWorkerGoesOnOnceThatIsDeployed() {
        Mailbox mailbox = scenario.mailbox("team-a", "a", spec("a@in.example.com", INBOUND, null));
        assertThat(scenario.stands(mailbox)).isEqualTo("WorkerMissing False WorkerMissing");

        dsl.reconcile(worker());
        dsl.reconcileWoken();
        scenario.runs();

        assertThat(scenario.stands(mailbox)).isEqualTo("Active True Ready");
    }
}
