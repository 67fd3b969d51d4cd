package io.maildomain.operator.controller.mailbox;

import static io.maildomain.operator.controller.mailbox.MailboxScenario.OPEN;
import static io.maildomain.operator.controller.mailbox.MailboxScenario.spec;
import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.Action;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.api.v1alpha1.MailboxDomainRef;
import io.maildomain.api.v1alpha1.MailboxSpec;
import java.time.Duration;
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

    /** What stays as it is stays for whom it was. */
    @Test
    void oneWithAnActionThatTheAccountDoesNotGrantKeepsNoRuleOfAnotherTeam() {
        scenario.settled(OPEN);
        Mailbox first =
                scenario.mailbox("team-b", "b", spec("x@in.example.com", Action.forwarding("team@corp.example"), null));
        scenario.scenario().later(Duration.ofMinutes(1));
        Mailbox second = scenario.mailbox("team-a", "a", "x@in.example.com");
        scenario.accountGrants("'forwardTo':['*']");

        scenario.delete(first);

        assertThat(scenario.scenario().addresses()).isEmpty();
        assertThat(scenario.stands(second)).isEqualTo("AccessDenied False AccessDenied");
    }

    @Test
    void aDetailOfAnAddressThatOthersHaveARuleForDoesNotAttach() {
        scenario.settled(OPEN);
        scenario.scenario()
                .zone(
                        "{'rules':[{'address':'shop@in.example.com','forward_to':'team@corp.example','name':'by hand','enabled':true}]}");

        Mailbox mailbox = scenario.mailbox("team-a", "a", "shop+orders@in.example.com");

        assertThat(scenario.scenario().addresses()).containsExactly("shop@in.example.com");
        assertThat(scenario.stands(mailbox)).isEqualTo("Conflict False Conflict");
    }

    /** Its Mailbox may be there: nothing is known of it here. */
    @Test
    void theRuleOfAMailboxThatIsNotSeenPassesToNoOther() {
        scenario.settled(OPEN);
        scenario.mailbox("team-b", "b", spec("x@in.example.com", Action.forwarding("team@corp.example"), null));
        scenario.restartsSeeing("team-a"::equals);

        Mailbox mailbox = scenario.mailbox("team-a", "a", "x@in.example.com");
        Mailbox detail = scenario.mailbox("team-a", "detail", "x+y@in.example.com");

        assertThat(scenario.stands(mailbox)).isEqualTo("Conflict False Conflict");
        assertThat(scenario.stands(detail)).isEqualTo("Conflict False Conflict");
        assertThat(scenario.scenario().zone().rules())
                .singleElement()
                .matches(rule -> rule.forwardsTo("team@corp.example"));
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

    /** A Mailbox names its MailDomain, and cannot name another one. */
    @Test
    void theRulesOfAMailDomainThatIsAppliedUnderAnotherNameStayAsLongAsTheirMailboxesDo() {
        scenario.settled(OPEN);
        Mailbox ofOld = scenario.mailbox("team-a", "a", "a@in.example.com");
        Mailbox other = scenario.mailbox("team-b", "b", "b@in.example.com");
        MailDomain renamed = scenario.scenario().domain("renamed", OPEN);
        scenario.scenario().delete(scenario.domain());
        scenario.scenario().settle();
        assertThat(scenario.scenario().ready(renamed)).isEqualTo("True Ready");
        assertThat(scenario.scenario().addresses()).containsExactlyInAnyOrder("a@in.example.com", "b@in.example.com");
        assertThat(scenario.scenario().events()).anyMatch(event -> event.startsWith("RuleKept: 2 rules stay"));

        Mailbox ofNew = scenario.mailbox(
                "team-a",
                "a-anew",
                new MailboxSpec(
                        new MailboxDomainRef("renamed", "mail"),
                        "a@in.example.com",
                        MailboxScenario.WORKER,
                        null,
                        null,
                        null,
                        null));
        scenario.scenario().settle();
        scenario.runs();
        assertThat(scenario.stands(ofNew)).isEqualTo("Active True Ready");
        scenario.delete(ofOld);
        scenario.delete(other);
        scenario.scenario().settle();

        assertThat(scenario.scenario().addresses()).containsExactly("a@in.example.com");
        assertThat(scenario.stands(ofNew)).isEqualTo("Active True Ready");
    }
}
