package io.maildomain.operator.controller.mailbox;

import static io.maildomain.operator.controller.mailbox.MailboxScenario.OPEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.Mailbox;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Mailboxes, rules of the spec and rules of others in a zone that is full. */
class MailboxRivalryTest {

    private static final String CREATE = "POST /zones/{zone_id}/email/routing/rules";

    private final MailboxScenario scenario = new MailboxScenario();

    @AfterEach
    void close() {
        scenario.close();
    }

    @Test
    void aRuleOfTheSpecComesBeforeMailboxesWhereRulesOfOthersFillTheZone() {
        scenario.settled(OPEN);
        fill(198);
        Mailbox older = scenario.mailbox("team-a", "a", "a@in.example.com");
        scenario.scenario().later(Duration.ofMinutes(1));
        Mailbox younger = scenario.mailbox("team-b", "b", "b@in.example.com");
        assertThat(scenario.stands(younger)).isEqualTo("Active True Ready");

        scenario.domain(OPEN.replaceFirst(
                "\\{", "{'rules':[{'address':'spec@in.example.com','action':{'worker':'mailbox'}}],"));

        assertThat(scenario.scenario().ready(scenario.domain())).isEqualTo("True Ready");
        assertThat(scenario.stands(older)).isEqualTo("Active True Ready");
        assertThat(scenario.stands(younger)).isEqualTo("TooManyRules False TooManyRules");
    }

    @Test
    void whatHasNoRoomIsNotTriedAgainAndAgain() {
        scenario.settled(OPEN);
        fill(199);
        Mailbox older = scenario.mailbox("team-a", "a", "a@in.example.com");
        scenario.scenario().later(Duration.ofMinutes(1));
        scenario.scenario().controls().clearCalls();

        Mailbox younger = scenario.mailbox("team-b", "b", "b@in.example.com");
        scenario.restarts();
        scenario.runs();
        scenario.scenario().settle();
        scenario.runs();

        assertThat(scenario.calls()).doesNotContain(CREATE);
        assertThat(scenario.stands(older)).isEqualTo("Active True Ready");
        assertThat(scenario.stands(younger)).isEqualTo("TooManyRules False TooManyRules");
    }

    /** As with a rule of the spec: three times within an hour. */
    @Test
    void aRuleThatAnotherToolDeletesAgainAndAgainIsLeftToIt() {
        scenario.settled(OPEN);
        Mailbox mailbox = scenario.mailbox("team-a", "a", "a@in.example.com");
        for (int i = 0; i < 3; i++) {
            deletedByAnotherTool();
            assertThat(scenario.stands(mailbox)).isEqualTo("Active True Ready");
        }

        deletedByAnotherTool();

        assertThat(scenario.scenario().addresses()).isEmpty();
        assertThat(scenario.stands(mailbox)).isEqualTo("Conflict False Conflict");
        assertThat(scenario.scenario().ready(scenario.domain())).isEqualTo("True Ready");
    }

    private void deletedByAnotherTool() {
        scenario.changesAtCloudflare(rule -> Optional.empty());
        scenario.scenario().settle();
        scenario.runs();
    }

    private void fill(int rules) {
        scenario.scenario()
                .zone(IntStream.range(0, rules)
                        .mapToObj(i -> "{'address':'r" + i
                                + "@in.example.com','forward_to':'team@corp.example','name':'by hand','enabled':true}")
                        .collect(Collectors.joining(",", "{'rules':[", "]}")));
    }
}
