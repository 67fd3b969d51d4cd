package io.maildomain.operator.controller.mailbox;

import static io.maildomain.operator.controller.mailbox.MailboxScenario.OPEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.Mailbox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** In doubt the mail of a Mailbox goes on, as that of a rule of the spec does; and what others had before a Mailbox stays theirs. */
class MailboxDoubtTest {

    private final MailboxScenario scenario = new MailboxScenario();

    @AfterEach
    void close() {
        scenario.close();
    }

    @Test
    void anActionThatTheAccountGrantsNoMoreLeavesTheRuleAsItIs() {
        scenario.settled(OPEN.replaceFirst(
                "\\{", "{'rules':[{'address':'spec@in.example.com','action':{'worker':'mailbox'}}],"));
        Mailbox mailbox = scenario.mailbox("team-a", "a", "a@in.example.com");

        scenario.accountGrants("'forwardTo':['*']");

        assertThat(scenario.scenario().addresses())
                .containsExactlyInAnyOrder("spec@in.example.com", "a@in.example.com");
        assertThat(scenario.stands(mailbox)).isEqualTo("AccessDenied False AccessDenied");

        scenario.accountGrants("'workers':['*']");
        assertThat(scenario.stands(mailbox)).isEqualTo("Active True Ready");
    }

    @Test
    void oneThatComesWithAnActionThatTheAccountDoesNotGrantGetsNoRule() {
        scenario.settled(OPEN);
        scenario.accountGrants("'forwardTo':['*']");

        Mailbox mailbox = scenario.mailbox("team-a", "a", "a@in.example.com");

        assertThat(scenario.scenario().addresses()).isEmpty();
        assertThat(scenario.stands(mailbox)).isEqualTo("AccessDenied False AccessDenied");
    }

    @Test
    void aRuleThatWasTakenOverGoesBackToWhoHadItAndNotToAMailbox() {
        scenario.settled(OPEN.replaceFirst("\\{", "{'conflictPolicy':'Adopt',"));
        scenario.scenario()
                .zone(
                        "{'rules':[{'address':'ceo@in.example.com','forward_to':'team@corp.example','name':'by hand','enabled':true}]}");
        scenario.domain(OPEN.replaceFirst(
                "\\{",
                "{'conflictPolicy':'Adopt','rules':[{'address':'ceo@in.example.com','action':{'worker':'mailbox'}}],"));
        Mailbox mailbox = scenario.mailbox("team-a", "a", "ceo@in.example.com");
        assertThat(scenario.stands(mailbox)).isEqualTo("Conflict False Conflict");

        scenario.domain(OPEN.replaceFirst("\\{", "{'conflictPolicy':'Adopt',"));
        scenario.scenario().settle();
        scenario.runs();

        assertThat(scenario.ruleNames()).containsExactly("by hand");
        assertThat(scenario.scenario().zone().rules()).allMatch(rule -> rule.forwardsTo("team@corp.example"));
        assertThat(scenario.stands(mailbox)).isEqualTo("Conflict False Conflict");
    }
}
