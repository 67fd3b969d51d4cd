package io.maildomain.operator.controller.mailbox.plan;

import static io.maildomain.operator.controller.mailbox.plan.Mailboxes.START;
import static io.maildomain.operator.controller.mailbox.plan.Mailboxes.WORKER;
import static io.maildomain.operator.controller.mailbox.plan.Mailboxes.domain;
import static io.maildomain.operator.controller.mailbox.plan.Mailboxes.letting;
import static io.maildomain.operator.controller.mailbox.plan.Mailboxes.mailbox;
import static io.maildomain.operator.controller.mailbox.plan.Mailboxes.plan;
import static io.maildomain.operator.controller.mailbox.plan.Mailboxes.sentences;
import static io.maildomain.operator.controller.mailbox.plan.Mailboxes.spec;
import static io.maildomain.operator.controller.mailbox.plan.Mailboxes.states;
import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.Action;
import io.maildomain.api.v1alpha1.MailDomainSpec;
import io.maildomain.api.v1alpha1.MailRule;
import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.api.v1alpha1.MailboxState;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which of several Mailboxes, and of Mailboxes and rules, has an address. */
class MailboxPrecedenceTest {

    private static final MailDomainSpec OPEN = domain(letting("team-a", "*@in.example.com"), letting("team-b", "*"));

    @Test
    void aRuleOfTheSpecComesFirstAndIsNotTouched() {
        MailDomainSpec spec = domain(
                List.of(MailRule.of("support@in.example.com", Action.dropping())),
                null,
                List.of(letting("team-a", "*")));

        MailboxPlan plan = plan(spec, mailbox("team-a", "a", 0, "support@in.example.com", WORKER));

        assertThat(plan.rules()).isEmpty();
        assertThat(states(plan)).containsExactly(MailboxState.Conflict);
    }

    @Test
    void ofSeveralTheOldestHasTheAddressAndTheOthersAreNotToldWhoThatIs() {
        MailboxPlan plan = plan(
                OPEN,
                mailbox("team-b", "young", 2, "a@in.example.com", Action.dropping()),
                mailbox("team-a", "first-comer", 1, "a@in.example.com", WORKER));

        assertThat(plan.rules()).containsExactly(MailRule.of("a@in.example.com", WORKER));
        assertThat(sentences(plan))
                .singleElement()
                .asString()
                .contains("another namespace")
                .doesNotContain("team-a", "first-comer", "mailbox-worker");
    }

    @Test
    void withinOneNamespaceTheOtherIsNamed() {
        MailboxPlan plan = plan(
                OPEN,
                mailbox("team-a", "one", 1, "a@in.example.com", WORKER),
                mailbox("team-a", "two", 2, "a@in.example.com", WORKER));

        assertThat(sentences(plan)).singleElement().asString().contains("Mailbox one, which is older");
    }

    @Test
    void ofOneSecondTheSmallerUidComesFirst() {
        Mailbox b = mailbox("team-b", "b", 0, "a@in.example.com", Action.dropping());
        Mailbox a = mailbox("team-a", "a", 0, "a@in.example.com", WORKER);

        assertThat(plan(OPEN, b, a).rules()).containsExactly(MailRule.of("a@in.example.com", WORKER));
    }

    @Test
    void oneThatIsNotLetInKeepsNoAddressFromOthers() {
        MailboxPlan plan = plan(
                OPEN,
                mailbox("team-c", "squatter", 0, "a@in.example.com", WORKER),
                mailbox("team-b", "b", 1, "a@in.example.com", WORKER));

        assertThat(plan.attached().map(it -> it.mailbox().getMetadata().getName()))
                .containsExactly("b");
    }

    @Test
    void oneThatIsBeingDeletedKeepsNoAddressAndIsToldNothing() {
        Mailbox going = mailbox("team-a", "going", 0, "a@in.example.com", WORKER);
        going.getMetadata().setDeletionTimestamp(START.toString());

        MailboxPlan plan = plan(OPEN, going, mailbox("team-b", "b", 1, "a@in.example.com", Action.dropping()));

        assertThat(plan.verdicts()).hasSize(1);
        assertThat(plan.rules()).containsExactly(MailRule.of("a@in.example.com", Action.dropping()));
    }

    /** Else a namespace could park a Mailbox for each address, and take the mail of another one by an edit. */
    @Test
    void oneWhoseActionIsNotGrantedKeepsItsAddressAllTheSame() {
        Mailbox parked = mailbox("team-a", "parked", 0, "a@in.example.com", Action.handingTo("not-granted"));
        Mailbox young = mailbox("team-b", "young", 1, "a@in.example.com", WORKER);

        MailboxPlan plan = plan(OPEN, parked, young);

        assertThat(plan.rules()).isEmpty();
        assertThat(states(plan)).containsExactly(MailboxState.NotAttached, MailboxState.Conflict);
    }

    // Subaddresses.

    @Test
    void anAddressWithADetailTakesNoMailFromAnotherNamespace() {
        MailboxPlan plan = plan(
                OPEN,
                mailbox("team-a", "a", 0, "shop@in.example.com", WORKER),
                mailbox("team-b", "b", 1, "shop+orders@in.example.com", WORKER));

        assertThat(plan.rules()).containsExactly(MailRule.of("shop@in.example.com", WORKER));
        assertThat(sentences(plan)).singleElement().asString().contains("follows the rule of shop@in.example.com");
    }

    @Test
    void norFromTheMailDomainsOwnRules() {
        List<MailRule> rules = List.of(MailRule.of("shop@in.example.com", WORKER));
        MailDomainSpec spec = domain(rules, null, List.of(letting("team-a", "*"), letting("mail", "*")));

        MailboxPlan plan = plan(
                spec,
                mailbox("team-a", "a", 0, "shop+orders@in.example.com", WORKER),
                mailbox("mail", "own", 1, "shop+returns@in.example.com", WORKER));

        assertThat(plan.rules()).containsExactly(MailRule.of("shop+returns@in.example.com", WORKER));
    }

    @Test
    void whereDetailsAreSwitchedOffTheyAreAddressesLikeOthers() {
        MailDomainSpec off = domain(List.of(), false, List.of(letting("team-a", "*"), letting("team-b", "*")));

        MailboxPlan plan = plan(
                off,
                mailbox("team-a", "a", 0, "shop@in.example.com", WORKER),
                mailbox("team-b", "b", 1, "shop+orders@in.example.com", WORKER));

        assertThat(plan.rules()).hasSize(2);
    }

    @Test
    void anOlderAddressWithADetailStays() {
        MailboxPlan plan = plan(
                OPEN,
                mailbox("team-b", "b", 0, "shop+orders@in.example.com", WORKER),
                mailbox("team-a", "a", 1, "shop@in.example.com", WORKER));

        assertThat(plan.rules()).hasSize(2);
    }
}
