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
import static io.maildomain.operator.controller.mailbox.plan.Mailboxes.team;
import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.AccessGrant;
import io.maildomain.api.v1alpha1.Action;
import io.maildomain.api.v1alpha1.MailDomainSpec;
import io.maildomain.api.v1alpha1.MailRule;
import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.api.v1alpha1.MailboxDomainRef;
import io.maildomain.api.v1alpha1.MailboxGrant;
import io.maildomain.api.v1alpha1.MailboxSpec;
import io.maildomain.api.v1alpha1.MailboxState;
import io.maildomain.api.v1alpha1.NamespaceSelector;
import io.maildomain.operator.access.Grants;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which Mailboxes attach, and what those are told that do not. */
class MailboxAttachmentTest {

    private static final MailDomainSpec OPEN = domain(letting("team-a", "*@in.example.com"), letting("team-b", "*"));

    @Test
    void aMailboxThatIsLetInAddsARule() {
        MailboxPlan plan = plan(OPEN, mailbox("team-a", "pr-1", 0, "pr-1@in.example.com", WORKER));

        assertThat(plan.rules()).containsExactly(MailRule.of("pr-1@in.example.com", WORKER));
    }

    @Test
    void aDisabledMailboxAddsADisabledRule() {
        MailboxSpec disabled = new MailboxSpec(
                new MailboxDomainRef("example-com", "mail"), "a@in.example.com", WORKER, false, null, null, null);

        assertThat(plan(OPEN, mailbox("team-a", "a", 0, disabled)).rules())
                .containsExactly(new MailRule("a@in.example.com", WORKER, false, null));
    }

    @Test
    void aMailDomainThatSaysNothingLetsNoneAttachNotEvenOfItsOwnNamespace() {
        MailboxPlan plan = plan(domain(), mailbox("mail", "a", 0, "a@example.com", WORKER));

        assertThat(plan.rules()).isEmpty();
        assertThat(states(plan)).containsExactly(MailboxState.NotAttached);
    }

    /** Else a namespace could find out which MailDomains there are. */
    @Test
    void oneThatIsNotLetInIsToldTheSameAsOneWhoseMailDomainIsNotThere() {
        MailboxPlan plan = plan(OPEN, mailbox("team-c", "a", 0, "a@in.example.com", WORKER));

        assertThat(sentences(plan)).containsExactly(MailboxMessages.notLetIn("mail/example-com", "team-c"));
        assertThat(sentences(plan).get(0))
                .contains("there is no MailDomain mail/example-com, or")
                .contains("team-c");
    }

    @Test
    void aNamespaceWhoseLabelsAreNotKnownIsLetInNowhere() {
        MailboxGrant all =
                new MailboxGrant(NamespaceSelector.everything(), List.of("*"), List.of("*"), List.of("*"), null);
        Mailbox of = mailbox("team-x", "a", 0, "a@in.example.com", WORKER);

        assertThat(states(plan(domain(all), of))).containsExactly(MailboxState.NotAttached);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a@example.com", "a@notify.in.example.com", "a@in.example.com.evil.example", "a@xin.example.com"
            })
    void anAddressThatIsNotGrantedIsNotAttached(String address) {
        MailDomainSpec routed = new MailDomainSpec(
                "example.com",
                null,
                null,
                null,
                List.of("in", "notify.in", "xin"),
                null,
                List.of(),
                List.of(letting("team-a", "*@in.example.com")),
                null,
                null,
                null,
                null,
                null);

        assertThat(states(plan(routed, mailbox("team-a", "a", 0, address, WORKER))))
                .containsExactly(MailboxState.NotAttached);
    }

    @Test
    void whoMayNotHaveAnAddressIsToldWhichItMayHave() {
        MailDomainSpec spec =
                domain(letting("team-a", "1@example.com", "2@example.com", "3@example.com", "4@example.com"));

        assertThat(sentences(plan(spec, mailbox("team-a", "a", 0, "5@example.com", WORKER)))
                        .get(0))
                .contains("1@example.com 2@example.com 3@example.com +1)");
    }

    @Test
    void anAddressOfAnotherDomainIsNotAttachedThoughTheEntryIsForAll() {
        MailboxPlan plan = plan(
                OPEN,
                mailbox("team-b", "a", 0, "a@other.example", WORKER),
                mailbox("team-b", "b", 0, "b@example.com.evil.example", WORKER),
                mailbox("team-b", "c", 0, "c@notexample.com", WORKER));

        assertThat(states(plan)).containsOnly(MailboxState.NotAttached);
        assertThat(sentences(plan)).allMatch(sentence -> sentence.contains("neither in example.com nor"));
    }

    @Test
    void aHostThatTheMailDomainDoesNotRouteIsNotAddedByAMailbox() {
        MailboxPlan plan = plan(OPEN, mailbox("team-b", "a", 0, "a@new.example.com", WORKER));

        assertThat(states(plan)).containsExactly(MailboxState.NotAttached);
        assertThat(sentences(plan).get(0)).contains("routes no mail for new.example.com");
    }

    @Test
    void aHostThatOnlyARuleNamesIsRouted() {
        MailDomainSpec spec =
                domain(List.of(MailRule.of("bot@out.example.com", WORKER)), null, List.of(letting("team-a", "*")));

        assertThat(plan(spec, mailbox("team-a", "a", 0, "a@out.example.com", WORKER))
                        .rules())
                .hasSize(1);
    }

    // Where mail may go.

    @ParameterizedTest
    @CsvSource({"mailbox-worker, true", "mailbox-, true", "other-worker, false", "my-mailbox-worker, false"})
    void onlyAWorkerThatTheEntryAllowsIsHandedMail(String worker, boolean attaches) {
        MailboxPlan plan = plan(OPEN, mailbox("team-a", "a", 0, "a@in.example.com", Action.handingTo(worker)));

        assertThat(plan.rules()).hasSize(attaches ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({"team@corp.example, true", "team@corp.example.evil.example, false", "team@evil.example, false"})
    void onlyADestinationThatTheEntryAllowsGetsMail(String to, boolean attaches) {
        MailboxPlan plan = plan(OPEN, mailbox("team-a", "a", 0, "a@in.example.com", Action.forwarding(to)));

        assertThat(plan.rules()).hasSize(attaches ? 1 : 0);
    }

    @Test
    void droppingIsAlwaysAllowed() {
        MailDomainSpec spec = domain(new MailboxGrant(team("team-a"), List.of("*"), null, null, null));

        assertThat(plan(spec, mailbox("team-a", "a", 0, "a@in.example.com", Action.dropping()))
                        .rules())
                .hasSize(1);
    }

    @Test
    void entriesDoNotAddUp() {
        MailDomainSpec spec = domain(
                new MailboxGrant(team("team-a"), List.of("ceo@example.com"), null, List.of("ceo@corp.example"), null),
                new MailboxGrant(team("team-a"), List.of("*@in.example.com"), List.of("*"), null, null));

        MailboxPlan plan = plan(
                spec,
                mailbox("team-a", "a", 0, "ceo@example.com", WORKER),
                mailbox("team-a", "b", 0, "x@in.example.com", Action.forwarding("ceo@corp.example")));

        assertThat(plan.rules()).isEmpty();
        assertThat(sentences(plan).get(0)).contains("Worker mailbox-worker").contains("under workers");
        assertThat(sentences(plan).get(1)).contains("ceo@corp.example").contains("under forwardTo");
    }

    @Test
    void whatTheAccountDoesNotGrantTheMailDomainAttachesForItsRuleMayStandAndTakesNoRoom() {
        Grants account = Grants.of(List.of(new AccessGrant(
                NamespaceSelector.everything(), List.of("example.com"), false, List.of("mailbox-a"), List.of(), null)));
        List<Mailbox> mailboxes = List.of(
                mailbox("team-a", "a", 0, "a@in.example.com", Action.handingTo("mailbox-a")),
                mailbox("team-a", "b", 1, "b@in.example.com", Action.handingTo("mailbox-b")),
                mailbox("team-a", "c", 2, "c@in.example.com", Action.forwarding("team@corp.example")));

        MailboxPlan plan = MailboxPlanner.plan(new MailboxRequests(
                "mail", "example-com", OPEN, account, mailboxes, Mailboxes.LABELS, Map.of(), 1, START));

        assertThat(plan.rules()).extracting(MailRule::host).hasSize(3);
        assertThat(states(plan)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x@example.com", "x@in.example.com", "x@deep.in.example.com"})
    void mailIsNotForwardedIntoTheDomainItself(String to) {
        MailDomainSpec spec = domain(new MailboxGrant(team("team-a"), List.of("*"), List.of(), List.of("*"), null));

        MailboxPlan plan = plan(spec, mailbox("team-a", "a", 0, "a@in.example.com", Action.forwarding(to)));

        assertThat(plan.rules()).isEmpty();
        assertThat(sentences(plan).get(0)).contains("would loop");
    }

    // A label that moves.

    @Test
    void aNamespaceThatLosesItsLabelLosesItsRules() {
        Mailbox a = mailbox("team-a", "a", 0, "a@in.example.com", WORKER);
        MailboxRequests moved = new MailboxRequests(
                "mail",
                "example-com",
                OPEN,
                Grants.everything(),
                List.of(a),
                Map.of("team-a", Map.of("kubernetes.io/metadata.name", "team-a", "team", "team-x")),
                Map.of(),
                200,
                START);

        assertThat(plan(OPEN, a).rules()).hasSize(1);
        assertThat(MailboxPlanner.plan(moved).rules()).isEmpty();
    }
}
