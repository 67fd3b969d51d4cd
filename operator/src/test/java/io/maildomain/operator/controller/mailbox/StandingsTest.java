package io.maildomain.operator.controller.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.MailRule;
import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.api.v1alpha1.MailboxDomainRef;
import io.maildomain.api.v1alpha1.MailboxSpec;
import io.maildomain.api.v1alpha1.MailboxState;
import io.maildomain.operator.controller.mailbox.DomainMailboxes.Outcome;
import io.maildomain.operator.controller.mailbox.plan.Standing;
import io.maildomain.operator.controller.mailbox.plan.Verdict;
import io.maildomain.operator.fixture.TestResources;
import org.junit.jupiter.api.Test;

/** Several looks may be under way: the last word about a Mailbox is that of the latest. */
class StandingsTest {

    private final Standings standings = new Standings();
    private final Mailbox mailbox = mailbox();

    private static Mailbox mailbox() {
        Mailbox mailbox = new Mailbox();
        mailbox.setMetadata(TestResources.meta("team-a", "a", 0));
        mailbox.getMetadata().setGeneration(2L);
        mailbox.setSpec(
                MailboxSpec.of(new MailboxDomainRef("example", "mail"), "a@example.com", MailboxScenario.WORKER));
        return mailbox;
    }

    private boolean attached(MailboxState state, long look) {
        MailRule rule = MailRule.of("a@example.com", MailboxScenario.WORKER);
        return standings.tell(new Verdict.Attached(mailbox, rule), outcome(state), look);
    }

    private boolean turnedAway(MailboxState state, long look) {
        Outcome outcome = outcome(state);
        return standings.tell(new Verdict.TurnedAway(mailbox, outcome.standing()), outcome, look);
    }

    private static Outcome outcome(MailboxState state) {
        return new Outcome(new Standing(state, state.name()), null);
    }

    private MailboxState known() {
        return standings.of(mailbox).orElseThrow().standing().state();
    }

    @Test
    void whatIsSaidAgainIsNoNews() {
        assertThat(attached(MailboxState.Active, 1)).isTrue();
        assertThat(attached(MailboxState.Active, 2)).isFalse();
        assertThat(attached(MailboxState.Failed, 3)).isTrue();
    }

    @Test
    void aLookThatBeganEarlierDoesNotTakeBackWhatWasDecidedSince() {
        turnedAway(MailboxState.Expired, 2);

        assertThat(attached(MailboxState.Active, 1)).isFalse();
        assertThat(known()).isEqualTo(MailboxState.Expired);
    }

    /** Without a look at Cloudflare nothing newer is known of a rule. */
    @Test
    void whatItFoundAtCloudflareOfARuleCounts() {
        attached(MailboxState.Pending, 2);

        assertThat(attached(MailboxState.Active, 1)).isTrue();
        assertThat(known()).isEqualTo(MailboxState.Active);
    }

    @Test
    void ofAnOlderSpecNothingIsTaken() {
        attached(MailboxState.Active, 1);
        mailbox.getMetadata().setGeneration(1L);

        assertThat(attached(MailboxState.Failed, 2)).isFalse();
    }
}
