package io.maildomain.operator.controller.mailbox.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.Action;
import io.maildomain.api.v1alpha1.MailRule;
import io.maildomain.api.v1alpha1.MailboxState;
import io.maildomain.api.v1alpha1.RuleState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the state of a rule means for the Mailbox that it comes from. */
class StandingTest {

    private static final MailRule RULE = MailRule.of("a@in.example.com", Action.forwarding("team@corp.example"));
    private static final MailRule DISABLED = new MailRule("a@in.example.com", RULE.action(), false, null);

    @ParameterizedTest
    @CsvSource({
        "Synced, Active",
        "Matched, Active",
        "Pending, Pending",
        "Failed, Failed",
        "Conflict, Conflict",
        "NotExpressible, Conflict",
        "Contested, Conflict",
        "DestinationUnverified, DestinationUnverified",
        "WorkerMissing, WorkerMissing",
        "AccessDenied, AccessDenied"
    })
    void eachStateOfARuleIsOneOfTheMailbox(RuleState rule, MailboxState mailbox) {
        assertThat(Standing.of(RULE, rule).state()).isEqualTo(mailbox);
    }

    @ParameterizedTest
    @EnumSource
    void eachSaysSomething(RuleState state) {
        assertThat(Standing.of(RULE, state).message()).isNotBlank();
    }

    @Test
    void aRuleThatIsSwitchedOffIsNotActive() {
        assertThat(Standing.of(DISABLED, RuleState.Synced))
                .isEqualTo(new Standing(
                        MailboxState.Disabled,
                        "the rule is switched off, as the spec says: mail goes to the catch-all"));
    }

    /** Who reads it must not think that the mail ends with the Mailbox. */
    @Test
    void aRuleOfOthersThatDoesTheSameStaysAndThatIsSaid() {
        assertThat(Standing.of(RULE, RuleState.Matched).message()).contains("stays when this Mailbox goes");
    }
}
