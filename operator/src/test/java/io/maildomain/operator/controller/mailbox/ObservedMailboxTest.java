package io.maildomain.operator.controller.mailbox;

import static io.maildomain.operator.controller.mailbox.MailboxScenario.OPEN;
import static io.maildomain.operator.controller.mailbox.MailboxScenario.WORKER;
import static io.maildomain.operator.controller.mailbox.MailboxScenario.spec;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.api.v1alpha1.Action;
import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.operator.fixture.ScenarioDsl;
import io.maildomain.operator.fixture.ZoneChanges;
import io.maildomain.simulator.state.Zone;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Mailboxes of a MailDomain in mode Observe: it shows what mode Manage then does for them, and till then nothing is written. */
class ObservedMailboxTest {

    private static final String OBSERVED = ScenarioDsl.with(OPEN, "'mode':'Observe'");

    private final MailboxScenario scenario = new MailboxScenario();

    @AfterEach
    void close() {
        scenario.close();
    }

    @Test
    void theRulesOfMailboxesAreShownAndWrittenOnceItManages() {
        scenario.scenario().zone("{'status':'active','routing':true,'subdomains':['in']}");
        scenario.domain(OBSERVED);

        Mailbox mailbox = scenario.mailbox("team-a", "pr-1", "pr-1@in.example.com");
        Mailbox notLetIn = scenario.mailbox("team-c", "pr-2", "pr-2@in.example.com");
        List<String> shown = observed();

        assertThat(shown).containsExactly("create rule pr-1@in.example.com -> Worker mailbox");
        assertThat(scenario.stands(mailbox)).isEqualTo("Waiting False DomainNotReady");
        assertThat(managed()).isEqualTo(shown);
        assertThat(scenario.stands(mailbox)).isEqualTo("Active True Ready");
        assertThat(scenario.stands(notLetIn)).isEqualTo("NotAttached False NotAttached");
    }

    @Test
    void whatComesChangesExpiresOrGoesMeanwhileWaitsForTheSwitch() {
        scenario.settled(OPEN);
        Mailbox kept = scenario.mailbox("team-a", "kept", "kept@in.example.com");
        Mailbox going = scenario.mailbox("team-a", "going", "going@in.example.com");
        Mailbox expiring = scenario.mailbox("team-b", "expiring", spec("expiring@in.example.com", WORKER, "1h"));
        scenario.mailbox("team-b", "changing", "changing@in.example.com");
        scenario.domain(OBSERVED);
        scenario.scenario().controls().clearCalls();

        scenario.delete(going);
        scenario.mailbox("team-b", "changing", spec("changing@in.example.com", Action.dropping(), null));
        Mailbox coming = scenario.mailbox("team-a", "coming", "coming@in.example.com");
        scenario.passes(Duration.ofHours(2));
        assertThat(scenario.scenario().writes()).isEmpty();
        List<String> shown = observed();
        scenario.restarts();
        scenario.runs();

        assertThat(observed()).isEqualTo(shown);
        assertThat(shown)
                .containsExactlyInAnyOrder(
                        "create rule coming@in.example.com -> Worker mailbox",
                        "update rule changing@in.example.com -> drop",
                        "delete rule going@in.example.com",
                        "delete rule expiring@in.example.com");
        assertThat(managed()).containsExactlyInAnyOrderElementsOf(shown);
        assertThat(scenario.stands(kept)).isEqualTo("Active True Ready");
        assertThat(scenario.stands(coming)).isEqualTo("Active True Ready");
        assertThat(scenario.stands(expiring)).startsWith("Expired ");
    }

    private List<String> observed() {
        scenario.scenario().controls().clearCalls();
        JsonNode before = scenario.scenario().controls().comparableState();
        scenario.scenario().settle();
        assertThat(scenario.scenario().ready(scenario.domain())).isEqualTo("True Observing");
        assertThat(scenario.scenario().writes()).isEmpty();
        assertThat(scenario.scenario().controls().comparableState()).isEqualTo(before);
        return scenario.domain().getStatus().pendingChanges();
    }

    private List<String> managed() {
        Zone before = scenario.scenario().zone();
        scenario.scenario().controls().clearCalls();
        scenario.domain(OPEN);
        scenario.scenario().settle();
        scenario.runs();
        List<String> done = ZoneChanges.between(before, scenario.scenario().zone());
        assertThat(scenario.scenario().writes()).hasSameSizeAs(done);
        return done;
    }
}
