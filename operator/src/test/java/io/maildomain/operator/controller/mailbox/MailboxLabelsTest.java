package io.maildomain.operator.controller.mailbox;

import static io.maildomain.operator.controller.mailbox.MailboxScenario.OPEN;
import static io.maildomain.operator.controller.mailbox.MailboxScenario.spec;
import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.Action;
import io.maildomain.api.v1alpha1.Mailbox;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A label that a tool takes away and sets again loses no mail, and sends it to no other team. */
class MailboxLabelsTest {

    private final MailboxScenario scenario = new MailboxScenario();
    private Mailbox older;
    private Mailbox younger;

    @BeforeEach
    void twoTeamsWantAnAddress() {
        scenario.settled(OPEN);
        older = scenario.mailbox("team-a", "a", "x@in.example.com");
        scenario.scenario().later(Duration.ofMinutes(1));
        younger =
                scenario.mailbox("team-b", "b", spec("x@in.example.com", Action.forwarding("team@corp.example"), null));
        scenario.scenario().controls().clearCalls();
    }

    @AfterEach
    void close() {
        scenario.close();
    }

    @Test
    void oneThatComesBackSoonChangesNothing() {
        scenario.labels("team-a", Map.of("mail", "no"));
        assertThat(scenario.stands(older)).isEqualTo("NotAttached False NotAttached");
        assertThat(scenario.status(older).condition("Ready").orElseThrow().message())
                .contains("its rule stays until");
        assertThat(scenario.stands(younger)).isEqualTo("Conflict False Conflict");

        scenario.passes(Duration.ofMinutes(5));
        scenario.scenario().settle();
        scenario.runs();
        scenario.labels("team-a", Map.of("mail", "yes"));

        assertThat(scenario.scenario().writes()).isEmpty();
        assertThat(scenario.stands(older)).isEqualTo("Active True Ready");
        assertThat(scenario.stands(younger)).isEqualTo("Conflict False Conflict");
    }

    @Test
    void oneThatDoesNotFreesTheAddressAfterAWhile() {
        scenario.labels("team-a", Map.of("mail", "no"));

        scenario.passes(Duration.ofMinutes(11));

        assertThat(scenario.scenario().zone().rules())
                .singleElement()
                .matches(rule -> rule.forwardsTo("team@corp.example"));
        assertThat(scenario.stands(older)).isEqualTo("NotAttached False NotAttached");
        assertThat(scenario.status(older).condition("Ready").orElseThrow().message())
                .doesNotContain("stays until");
        assertThat(scenario.stands(younger)).isEqualTo("Active True Ready");
    }

    @Test
    void whatTheOwnerOfTheMailDomainTakesAwayIsGoneAtOnce() {
        scenario.domain(OPEN.replace("{'mail':'yes'}", "{'kubernetes.io/metadata.name':'team-z'}"));

        assertThat(scenario.scenario().addresses()).isEmpty();
        assertThat(scenario.stands(older)).isEqualTo("NotAttached False NotAttached");
    }
}
