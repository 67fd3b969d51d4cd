package io.maildomain.operator.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.Action;
import io.maildomain.operator.cloudflare.RuleAction;
import java.util.List;
import org.junit.jupiter.api.Test;

class MailActionTest {

    @Test
    void eachActionGoesToCloudflareAndBack() {
        for (Action action :
                List.of(Action.forwarding("team@corp.example"), Action.handingTo("mailbox"), Action.dropping())) {
            MailAction asked = MailAction.of(action);
            assertThat(MailAction.of(List.of(asked.toCloudflare()))).contains(asked);
            assertThat(MailAction.of(asked.type(), asked.value())).contains(asked);
        }
    }

    @Test
    void dropHasNoValue() {
        assertThat(new MailAction.Drop().toCloudflare()).isEqualTo(RuleAction.drop());
        assertThat(MailAction.of("drop", null)).contains(new MailAction.Drop());
    }

    @Test
    void addressesAreTheSameInAnyCaseAndWorkersAreNot() {
        assertThat(new MailAction.Forward("Team@Corp.example").sameAs(new MailAction.Forward("team@corp.example")))
                .isTrue();
        assertThat(new MailAction.Worker("Mailbox").sameAs(new MailAction.Worker("mailbox")))
                .isFalse();
        assertThat(new MailAction.Worker("x").sameAs(new MailAction.Forward("x")))
                .isFalse();
    }

    @Test
    void whatWeHaveNoWordsForIsNoAction() {
        assertThat(MailAction.of(List.of())).isEmpty();
        assertThat(MailAction.of(List.of(RuleAction.drop(), RuleAction.drop()))).isEmpty();
        assertThat(MailAction.of(List.of(new RuleAction("forward", List.of("a@b.example", "c@d.example")))))
                .isEmpty();
        assertThat(MailAction.of(List.of(new RuleAction("forward", List.of())))).isEmpty();
        assertThat(MailAction.of("teleport", "mars")).isEmpty();
        assertThat(MailAction.of(null, (String) null)).isEmpty();
    }

    @Test
    void wordsReadInASentence() {
        assertThat(new MailAction.Forward("team@corp.example").describe()).isEqualTo("team@corp.example");
        assertThat(new MailAction.Worker("mailbox").describe()).isEqualTo("Worker mailbox");
        assertThat(new MailAction.Drop().describe()).isEqualTo("drop");
    }
}
