package io.maildomain.operator.controller.mailbox;

import static io.maildomain.operator.controller.mailbox.MailboxScenario.OPEN;
import static io.maildomain.operator.controller.mailbox.MailboxScenario.WORKER;
import static io.maildomain.operator.controller.mailbox.MailboxScenario.spec;
import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.Action;
import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.simulator.faults.Fault;
import io.maildomain.simulator.faults.FaultPlan;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where a MailDomain only reports drift, what users ask for by a Mailbox is done all the same, whenever it is seen; and nothing else is. */
class MailboxReportTest {

    private static final String REPORTING = OPEN.replaceFirst("\\{", "{'drift':'Report',");
    private static final String RULES = "/email/routing/rules";

    private final MailboxScenario scenario = new MailboxScenario();

    @AfterEach
    void close() {
        scenario.close();
    }

    @Test
    void oneThatIsDeletedWhileNoOperatorRunsLosesItsRule() {
        scenario.settled(REPORTING);
        Mailbox mailbox = scenario.mailbox("team-a", "a", "a@in.example.com");

        scenario.scenario().env().mailboxes().remove(scenario.live(mailbox));
        scenario.restarts();
        scenario.runs();
        scenario.scenario().settle();

        assertThat(scenario.scenario().addresses()).isEmpty();
    }

    @Test
    void oneThatComesWhileNoOperatorRunsGetsItsRule() {
        scenario.settled(REPORTING);
        Mailbox mailbox = scenario.apply("team-a", "a", spec("a@in.example.com", WORKER, null));

        scenario.restarts();
        scenario.scenario().env().wokenByMailboxes().clear();
        scenario.scenario().settle();
        scenario.runs();

        assertThat(scenario.stands(mailbox)).isEqualTo("Active True Ready");
    }

    @Test
    void aDeletionThatFailsIsTriedAgain() {
        scenario.settled(REPORTING);
        Mailbox mailbox = scenario.mailbox("team-a", "a", "a@in.example.com");
        scenario.scenario().controls().addFault(FaultPlan.next("DELETE", RULES, Fault.status(500)));
        scenario.delete(mailbox);
        assertThat(scenario.scenario().addresses()).hasSize(1);
        scenario.scenario().settle();

        assertThat(scenario.scenario().addresses()).isEmpty();
    }

    /** A look comes between the end of its time and the tick. */
    @Test
    void oneWhoseEndIsSeenByAnotherLookFirstLosesItsRule() {
        scenario.settled(REPORTING);
        Mailbox mailbox = scenario.mailbox("team-a", "a", spec("a@in.example.com", WORKER, "1h"));

        scenario.scenario().later(Duration.ofMinutes(61));
        scenario.scenario().settle();
        scenario.passes(Duration.ofSeconds(1));

        assertThat(scenario.scenario().addresses()).isEmpty();
        assertThat(scenario.stands(mailbox)).isEqualTo("Expired False Expired");
    }

    @Test
    void aClockThatGoesBackGivesAnExpiredOneItsRuleBack() {
        scenario.settled(REPORTING);
        Mailbox mailbox = scenario.mailbox("team-a", "a", spec("a@in.example.com", WORKER, "1h"));
        scenario.passes(Duration.ofMinutes(61));
        assertThat(scenario.scenario().addresses()).isEmpty();

        scenario.scenario().later(Duration.ofMinutes(-2));
        scenario.restarts();
        scenario.scenario().settle();
        scenario.runs();

        assertThat(scenario.stands(mailbox)).isEqualTo("Active True Ready");
    }

    @Test
    void aRuleThatAnotherToolChangedIsReportedAndNotBroughtBack() {
        scenario.settled(REPORTING);
        Mailbox mailbox = scenario.mailbox("team-a", "a", "a@in.example.com");
        scenario.changesAtCloudflare(rule -> Optional.empty());

        for (int i = 0; i < 3; i++) {
            scenario.scenario().settle();
            scenario.runs();
        }

        assertThat(scenario.scenario().addresses()).isEmpty();
        assertThat(scenario.stands(mailbox)).isEqualTo("Drifted False DriftReported");
        assertThat(scenario.domain().getStatus().pendingChanges()).hasSize(1);

        scenario.mailbox("team-a", "a", spec("a@in.example.com", Action.dropping(), null));
        assertThat(scenario.stands(mailbox)).isEqualTo("Active True Ready");
    }

    /** One that never comes right must not switch the reporting off. */
    @Test
    void oneThatWaitsForItsDestinationLeavesWhatOthersChangedAsItIs() {
        scenario.settled(REPORTING);
        scenario.mailbox("team-a", "a", "a@in.example.com");
        scenario.mailbox("team-b", "b", spec("b@in.example.com", Action.forwarding("new@corp.example"), null));
        scenario.changesAtCloudflare(rule -> Optional.empty());

        scenario.scenario().settle();
        scenario.runs();

        assertThat(scenario.scenario().addresses()).isEmpty();
    }

    /** An administrator, in Report on purpose, points a rule of the spec elsewhere; a team that creates a Mailbox must not delete it. */
    @Test
    void aRuleOfTheSpecThatOthersChangedIsNotTouchedByWhatAMailboxAsksFor() {
        scenario.settled(REPORTING.replaceFirst(
                "\\{", "{'rules':[{'address':'ceo@in.example.com','action':{'worker':'mailbox'}}],"));
        scenario.changesAtCloudflare(rule -> Optional.of(MailboxScenario.to(rule, "cfo@in.example.com")));

        Mailbox mailbox = scenario.mailbox("team-a", "a", "a@in.example.com");

        assertThat(scenario.stands(mailbox)).isEqualTo("Active True Ready");
        assertThat(scenario.scenario().addresses()).containsExactlyInAnyOrder("cfo@in.example.com", "a@in.example.com");
    }

    /** Two teams ask for the same: the rule differs by its name only, and that says whose it is. */
    @Test
    void aRuleThatPassesToAnotherTeamWhichAsksForTheSameBearsItsName() {
        scenario.settled(REPORTING);
        Mailbox older = scenario.mailbox("team-a", "a", "x@in.example.com");
        scenario.scenario().later(Duration.ofMinutes(1));
        Mailbox younger = scenario.mailbox("team-b", "b", "x@in.example.com");
        assertThat(scenario.stands(younger)).isEqualTo("Conflict False Conflict");

        scenario.delete(older);
        scenario.scenario().settle();
        scenario.runs();

        assertThat(scenario.stands(younger)).isEqualTo("Active True Ready");
        assertThat(scenario.ruleNames()).singleElement().asString().contains("[mailbox:team-b]");
    }
}
