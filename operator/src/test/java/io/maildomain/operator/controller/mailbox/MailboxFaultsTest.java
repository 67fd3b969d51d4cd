package io.maildomain.operator.controller.mailbox;

import static io.maildomain.operator.controller.mailbox.MailboxScenario.OPEN;
import static io.maildomain.operator.controller.mailbox.MailboxScenario.WORKER;
import static io.maildomain.operator.controller.mailbox.MailboxScenario.spec;
import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.simulator.faults.Fault;
import io.maildomain.simulator.faults.FaultPlan;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever call of a Mailbox's life fails, and whether the operator ends then or not: what is asked for comes about, and nothing more. */
class MailboxFaultsTest {

    private static final String RULES = "/email/routing/rules";

    static Stream<Arguments> faults() {
        List<Fault> faults = List.of(
                Fault.status(500), Fault.status(503), Fault.resetBefore(), Fault.resetAfter(), Fault.malformedBody());
        return Stream.of("GET", "POST", "PUT", "DELETE").flatMap(method -> faults.stream()
                .flatMap(fault -> Stream.of(false, true).map(restarts -> Arguments.of(method, fault, restarts))));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aLifeComesToItsEnd(String method, Fault fault, boolean restarts) {
        try (MailboxScenario scenario = new MailboxScenario()) {
            scenario.settled(OPEN);
            Mailbox stays = scenario.mailbox("team-b", "stays", "stays@in.example.com");

            next(scenario, method, fault);
            Mailbox comes = scenario.mailbox("team-a", "comes", "comes@in.example.com");
            heals(scenario, restarts);
            assertThat(scenario.scenario().addresses())
                    .containsExactlyInAnyOrder("stays@in.example.com", "comes@in.example.com");
            assertThat(scenario.stands(comes)).isEqualTo("Active True Ready");

            next(scenario, method, fault);
            scenario.mailbox("team-a", "comes", spec("comes@in.example.com", WORKER, "1h"));
            heals(scenario, restarts);

            next(scenario, method, fault);
            scenario.passes(Duration.ofMinutes(61));
            heals(scenario, restarts);
            assertThat(scenario.scenario().addresses()).containsExactly("stays@in.example.com");
            assertThat(scenario.stands(comes)).isEqualTo("Expired False Expired");

            next(scenario, method, fault);
            scenario.delete(stays);
            heals(scenario, restarts);
            assertThat(scenario.scenario().addresses()).isEmpty();
            assertThat(scenario.scenario().ready(scenario.domain())).isEqualTo("True Ready");
        }
    }

    /** That its rule is gone is said, and the Mailbox deleted, only once it is. */
    @Test
    void oneWhoseRuleCouldNotBeDeletedDoesNotSayThatItIsGone() {
        try (MailboxScenario scenario = new MailboxScenario()) {
            scenario.scenario().env().deletesExpiredMailboxes();
            scenario.settled(OPEN);
            Mailbox mailbox = scenario.mailbox("team-a", "a", MailboxScenario.goingAfter("1h"));

            next(scenario, "DELETE", Fault.status(500));
            scenario.passes(Duration.ofMinutes(61));
            scenario.scenario().env().mailboxController().reconcile(scenario.live(mailbox), null);
            assertThat(scenario.scenario().addresses()).hasSize(1);
            assertThat(scenario.stands(mailbox)).isEqualTo("Pending False Pending");
            assertThat(scenario.status(mailbox).condition("Ready").orElseThrow().message())
                    .contains("its rule is being deleted");

            heals(scenario, false);
            assertThat(scenario.scenario().addresses()).isEmpty();
            assertThat(scenario.stands(mailbox)).isEqualTo("Expired False Expired");
            scenario.passes(Duration.ofHours(1));
            scenario.scenario().env().mailboxController().reconcile(scenario.live(mailbox), null);
            assertThat(scenario.scenario().env().mailboxes().all()).isEmpty();
        }
    }

    private static void next(MailboxScenario scenario, String method, Fault fault) {
        scenario.scenario().controls().addFault(FaultPlan.next(method, RULES, fault));
    }

    private static void heals(MailboxScenario scenario, boolean restarts) {
        // A step without such a call leaves no fault to the next one.
        scenario.scenario().controls().clearFaults();
        if (restarts) {
            scenario.restarts();
        }
        scenario.scenario().settle();
        scenario.runs();
    }
}
