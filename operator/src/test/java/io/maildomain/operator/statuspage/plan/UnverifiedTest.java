package io.maildomain.operator.statuspage.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.maildomain.api.v1alpha1.Action;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CatchAllRuleSpec;
import io.maildomain.api.v1alpha1.CatchAllRuleStatus;
import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.DestinationAddress;
import io.maildomain.api.v1alpha1.DestinationAddressSpec;
import io.maildomain.api.v1alpha1.DestinationAddressStatus;
import io.maildomain.api.v1alpha1.DestinationState;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainSpec;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.api.v1alpha1.MailRule;
import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.api.v1alpha1.MailboxDomainRef;
import io.maildomain.api.v1alpha1.MailboxSpec;
import io.maildomain.api.v1alpha1.MailboxState;
import io.maildomain.api.v1alpha1.MailboxStatus;
import io.maildomain.api.v1alpha1.RuleState;
import io.maildomain.api.v1alpha1.RuleStatus;
import io.maildomain.operator.fixture.TestResources;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses are listed as waiting for the click of their owner. */
class UnverifiedTest {

    private static final Action LATE = Action.forwarding("late@corp.example");

    private final MailDomain domain = TestResources.domain("mail", "a.example", 0);
    private final CatchAllRule catchAll = new CatchAllRule();
    private final Mailbox mailbox = new Mailbox();
    private final DestinationAddress destination = new DestinationAddress();

    @BeforeEach
    void eachWaits() {
        domain("True", "ZoneActive", false);
        catchAll.setMetadata(TestResources.meta("mail", "all", 0));
        catchAll.setSpec(CatchAllRuleSpec.of("a-example", LATE));
        catchAll.setStatus(new CatchAllRuleStatus(
                1L, List.of(condition("CatchAllApplied", "False", "DestinationUnverified")), null));
        mailbox.setMetadata(TestResources.meta("team", "box", 0));
        mailbox.setSpec(MailboxSpec.of(new MailboxDomainRef("a-example", "mail"), "box@a.example", LATE));
        mailbox.setStatus(new MailboxStatus(1L, List.of(), MailboxState.DestinationUnverified, null, null, null, null));
        destination.setMetadata(TestResources.meta("mail", "late", 0));
        destination.setSpec(DestinationAddressSpec.of("late@corp.example"));
        destination.setStatus(
                new DestinationAddressStatus(1L, List.of(), DestinationState.Unverified, null, null, null, null));
    }

    private void domain(String zoneReady, String reason, boolean suspended) {
        MailRule rule = MailRule.of("shop@a.example", LATE);
        domain.setSpec(new MailDomainSpec(
                "a.example", null, null, null, null, null, List.of(rule), null, null, null, null, suspended));
        domain.setStatus(new MailDomainStatus(
                1L,
                List.of(condition("ZoneReady", zoneReady, reason)),
                null,
                null,
                null,
                null,
                List.of(),
                List.of(new RuleStatus(rule.address(), null, RuleState.DestinationUnverified, "not verified", null)),
                null,
                null,
                null,
                null,
                null,
                null));
    }

    private static Condition condition(String type, String status, String reason) {
        return new Condition(type, status, 1L, Facts.NOW, reason, type + " says why");
    }

    private List<String> whoWaits() {
        return Unverified.of(List.of(domain), List.of(catchAll), List.of(mailbox), List.of(destination)).stream()
                .flatMap(fact -> fact.askedBy().stream())
                .toList();
    }

    @Test
    void eachKindThatForwardsMayWait() {
        assertThat(whoWaits())
                .containsExactlyInAnyOrder(
                        "MailDomain mail/a-example",
                        "CatchAllRule mail/all",
                        "Mailbox team/box",
                        "DestinationAddress mail/late");
    }

    /** The address of now may be verified; the state is about another one. */
    @Test
    void aStatusOfAnotherSpecNamesNoAddress() {
        for (HasMetadata resource : List.of(domain, catchAll, mailbox, destination)) {
            resource.getMetadata().setGeneration(2L);
        }

        assertThat(whoWaits()).isEmpty();
    }

    @Test
    void whatIsBeingDeletedWaitsForNoAddress() {
        for (HasMetadata resource : List.of(domain, catchAll, mailbox, destination)) {
            resource.getMetadata().setDeletionTimestamp(Facts.NOW.toString());
        }

        assertThat(whoWaits()).isEmpty();
    }

    @Test
    void aMailDomainThatIsSuspendedWaitsForNoAddress() {
        domain("Unknown", "Suspended", true);

        assertThat(whoWaits()).doesNotContain("MailDomain mail/a-example").hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HeldElsewhere", "HeldInNamespace", "ClaimedElsewhere"})
    void aMailDomainThatLostItsDomainWaitsForNoAddress(String reason) {
        domain("False", reason, false);

        assertThat(whoWaits()).doesNotContain("MailDomain mail/a-example").hasSize(3);
    }
}
