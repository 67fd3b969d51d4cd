package io.maildomain.operator.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.MailboxGrant;
import io.maildomain.api.v1alpha1.NamespaceSelector;
import io.maildomain.operator.ownership.MailAction;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailboxGrantsTest {

    private static final MailboxGrant FOR_TEAM = new MailboxGrant(
            new NamespaceSelector(Map.of("team", "a"), null),
            List.of("pr-*@in.example.com"),
            List.of("mailbox-*"),
            List.of("*@corp.example"),
            null);

    @Test
    void anEntryIsForTheNamespacesThatItSelects() {
        MailboxGrants grants = new MailboxGrants(List.of(FOR_TEAM));

        assertThat(grants.selecting(Map.of("team", "a", "other", "x"))).containsExactly(FOR_TEAM);
        assertThat(grants.selecting(Map.of("team", "b"))).isEmpty();
    }

    /** Each namespace has the label of its name: one without any is not known yet. */
    @Test
    void anEntryForAllIsForNoneThatIsNotKnown() {
        MailboxGrants all = new MailboxGrants(
                List.of(new MailboxGrant(NamespaceSelector.everything(), List.of("*"), null, null, null)));

        assertThat(all.selecting(Map.of())).isEmpty();
        assertThat(all.selecting(Map.of("any", ""))).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "pr-1@in.example.com, true",
        "PR-1@in.example.com, true",
        "pr-@in.example.com, true",
        "apr-1@in.example.com, false",
        "pr-1@example.com, false",
        "pr-1@in.example.com.evil.example, false",
        "pr-1@x.in.example.com, false"
    })
    void anAddressIsCoveredByItsPattern(String address, boolean covered) {
        assertThat(MailboxGrants.covers(FOR_TEAM, address)).isEqualTo(covered);
    }

    @Test
    void anActionIsAllowedWhereItsListSaysSo() {
        assertThat(MailboxGrants.allows(FOR_TEAM, new MailAction.Worker("mailbox-x")))
                .isTrue();
        assertThat(MailboxGrants.allows(FOR_TEAM, new MailAction.Worker("other")))
                .isFalse();
        assertThat(MailboxGrants.allows(FOR_TEAM, new MailAction.Forward("x@corp.example")))
                .isTrue();
        assertThat(MailboxGrants.allows(FOR_TEAM, new MailAction.Forward("x@evil.example")))
                .isFalse();
        assertThat(MailboxGrants.allows(FOR_TEAM, new MailAction.Drop())).isTrue();
    }

    @Test
    void whatIsLeftOutAllowsNothingButToDrop() {
        MailboxGrant bare = new MailboxGrant(NamespaceSelector.everything(), List.of("*"), null, null, null);

        assertThat(MailboxGrants.allows(bare, new MailAction.Worker("mailbox"))).isFalse();
        assertThat(MailboxGrants.allows(bare, new MailAction.Forward("x@corp.example")))
                .isFalse();
        assertThat(MailboxGrants.allows(bare, new MailAction.Drop())).isTrue();
    }
}
