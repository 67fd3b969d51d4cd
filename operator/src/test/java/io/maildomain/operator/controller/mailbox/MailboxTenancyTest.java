package io.maildomain.operator.controller.mailbox;

import static io.maildomain.operator.controller.mailbox.MailboxScenario.OPEN;
import static io.maildomain.operator.controller.mailbox.MailboxScenario.WORKER;
import static io.maildomain.operator.controller.mailbox.MailboxScenario.spec;
import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.Action;
import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.api.v1alpha1.MailboxDomainRef;
import io.maildomain.api.v1alpha1.MailboxSpec;
import io.maildomain.api.v1alpha1.MailboxState;
import io.maildomain.api.v1alpha1.MailboxStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ways to get at an address, a destination or a Worker that was not granted. None works, and Cloudflare is not written to. */
class MailboxTenancyTest {

    /** Where mail of an attacker would go. */
    private static final Action THEIRS = Action.forwarding("spy@corp.example");

    private final MailboxScenario scenario = new MailboxScenario();

    @BeforeEach
    void theAccountGrantsLittle() {
        scenario.scenario()
                .account(
                        "default",
                        "tokens",
                        scenario.scenario().env().simulator().accountId(),
                        "[{'namespaces':{},'domains':['example.com'],'createZones':true,'workers':['mailbox'],'forwardTo':['*@corp.example']}]");
        scenario.scenario().controls().putAddress("spy@corp.example", true);
        scenario.scenario().controls().putAddress("spy@evil.example", true);
        scenario.scenario().controls().putWorker("other");
    }

    @AfterEach
    void close() {
        scenario.close();
    }

    /** What stands before the attack is what stands after it. */
    private void fails(String domain, Runnable attack) {
        scenario.settled(domain);
        failsNow(attack);
    }

    private void failsNow(Runnable attack) {
        var before = scenario.scenario().zone().rules();
        scenario.scenario().controls().clearCalls();

        attack.run();
        scenario.scenario().settle();
        scenario.runs();

        assertThat(scenario.scenario().writes()).isEmpty();
        assertThat(scenario.scenario().zone().rules()).isEqualTo(before);
    }

    @Test
    void fromANamespaceThatIsNotLetIn() {
        fails(OPEN, () -> scenario.mailbox("team-c", "a", spec("a@in.example.com", WORKER, null)));
    }

    @Test
    void withAnAddressThatIsNotLet() {
        fails(OPEN, () -> scenario.mailbox("team-a", "a", spec("ceo@example.com", WORKER, null)));
    }

    @Test
    void withAnAddressOfAnotherDomainThoughAllAreLet() {
        fails(
                OPEN.replace("*@in.example.com", "*"),
                () -> scenario.mailbox("team-a", "a", spec("a@other.example", WORKER, null)));
    }

    @Test
    void withAHostOfItsOwn() {
        fails(
                OPEN.replace("*@in.example.com", "*"),
                () -> scenario.mailbox("team-a", "a", spec("a@new.example.com", WORKER, null)));
    }

    @Test
    void withAWorkerThatIsNotLet() {
        fails(OPEN, () -> scenario.mailbox("team-a", "a", spec("a@in.example.com", Action.handingTo("other"), null)));
    }

    @Test
    void withADestinationThatIsNotLet() {
        fails(
                OPEN,
                () -> scenario.mailbox(
                        "team-a", "a", spec("a@in.example.com", Action.forwarding("spy@evil.example"), null)));
    }

    /** Through MailDomain and Mailbox together: an owner who lets its own namespace have everything. */
    @Test
    void withAWorkerOrADestinationThatTheAccountDoesNotGrantTheOwner() {
        String generous = OPEN.replace("'workers':['mailbox']", "'workers':['*']")
                .replace("*@corp.example", "*")
                .replace("{'mail':'yes'}", "{'kubernetes.io/metadata.name':'mail'}");

        fails(generous, () -> {
            scenario.mailbox("mail", "a", spec("a@in.example.com", Action.handingTo("other"), null));
            scenario.mailbox("mail", "b", spec("b@in.example.com", Action.forwarding("spy@evil.example"), null));
        });
    }

    @Test
    void withTheAddressOfTheOwnersOwnRule() {
        fails(
                OPEN.replaceFirst("\\{", "{'rules':[{'address':'a@in.example.com','action':{'worker':'mailbox'}}],"),
                () -> scenario.mailbox("team-a", "a", spec("a@in.example.com", THEIRS, null)));
    }

    @Test
    void withTheAddressOfAnOlderMailbox() {
        scenario.settled(OPEN);
        scenario.mailbox("team-a", "a", "a@in.example.com");
        scenario.scenario().later(Duration.ofMinutes(1));

        failsNow(() -> scenario.mailbox("team-b", "b", spec("a@in.example.com", THEIRS, null)));
    }

    @Test
    void withADetailOfAnothersAddress() {
        scenario.settled(OPEN);
        scenario.mailbox("team-a", "shop", "shop@in.example.com");
        scenario.scenario().later(Duration.ofMinutes(1));

        failsNow(() -> scenario.mailbox("team-b", "b", spec("shop+orders@in.example.com", THEIRS, null)));
    }

    /** It was there first, and may not be parked for later. */
    @Test
    void withAParkedMailboxWhoseActionIsMendedOnceAnotherHasTheAddress() {
        scenario.settled(OPEN);
        scenario.mailbox("team-b", "parked", spec("a@in.example.com", Action.handingTo("other"), null));
        scenario.scenario().later(Duration.ofMinutes(1));
        Mailbox victim = scenario.mailbox("team-a", "a", "a@in.example.com");

        // The victim is told from the beginning, and never gets mail that goes elsewhere later.
        assertThat(scenario.stands(victim)).isEqualTo("Conflict False Conflict");
        assertThat(scenario.scenario().addresses()).isEmpty();
    }

    @Test
    void withAMailboxThatHasExpiredAndIsRevived() {
        scenario.settled(OPEN);
        scenario.mailbox("team-b", "over", spec("a@in.example.com", THEIRS, "1h"));
        scenario.passes(Duration.ofHours(2));
        Mailbox victim = scenario.mailbox("team-a", "a", "a@in.example.com");

        assertThat(scenario.stands(victim)).isEqualTo("Conflict False Conflict");
        assertThat(scenario.scenario().addresses()).isEmpty();
    }

    @Test
    void withALabelThatMovesAway() {
        scenario.settled(OPEN);
        scenario.mailbox("team-a", "a", "a@in.example.com");

        scenario.labels("team-a", Map.of("mail", "not any more"));
        scenario.passes(Duration.ofMinutes(11));

        assertThat(scenario.scenario().addresses()).isEmpty();
    }

    /** A status says nothing of who has an address. */
    @Test
    void withAForgedStatus() {
        scenario.settled(OPEN);
        Mailbox victim = scenario.mailbox("team-a", "a", "a@in.example.com");
        scenario.scenario().later(Duration.ofMinutes(1));

        failsNow(() -> {
            Mailbox forged = scenario.apply("team-b", "b", spec("a@in.example.com", THEIRS, null));
            forged.setStatus(new MailboxStatus(
                    1L,
                    List.of(new Condition("Ready", "True", 1L, Instant.EPOCH, "Ready", "it is mine")),
                    MailboxState.Active,
                    null,
                    "never",
                    forged.getMetadata().getUid(),
                    null));
            scenario.scenario().env().mailboxes().put(forged);
            scenario.runs();
        });

        assertThat(scenario.stands(victim)).isEqualTo("Active True Ready");
    }

    /** The MailDomain of that name in its own namespace is meant. */
    @Test
    void withAReferenceWithoutANamespace() {
        fails(
                OPEN,
                () -> scenario.mailbox(
                        "team-a",
                        "a",
                        new MailboxSpec(
                                new MailboxDomainRef("example", null),
                                "a@in.example.com",
                                WORKER,
                                null,
                                null,
                                null,
                                null)));
    }

    @Test
    void byForwardingIntoTheDomainItself() {
        fails(
                OPEN.replace("*@corp.example", "*"),
                () -> scenario.mailbox(
                        "team-a", "a", spec("a@in.example.com", Action.forwarding("b@example.com"), null)));
    }

    @Test
    void aGrantThatIsTakenBackTakesTheRuleBack() {
        scenario.settled(OPEN);
        scenario.mailbox("team-a", "a", "a@in.example.com");

        scenario.domain("{'subdomains':['in']}");

        assertThat(scenario.scenario().addresses()).isEmpty();
    }
}
