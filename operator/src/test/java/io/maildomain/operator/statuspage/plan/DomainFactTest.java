package io.maildomain.operator.statuspage.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainSpec;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.api.v1alpha1.MailDomainSummary;
import io.maildomain.api.v1alpha1.ZoneStatus;
import io.maildomain.operator.fixture.TestResources;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DomainFactTest {

    private static final List<String> NAME_SERVERS = List.of("ada.ns.example", "bob.ns.example");

    private static MailDomain domain(Condition... conditions) {
        MailDomain domain = TestResources.domain("mail", "a.example", 0);
        domain.setStatus(new MailDomainStatus(
                1L,
                List.of(conditions),
                new MailDomainSummary("2/3", "default", null, null),
                new ZoneStatus("z", "pending", NAME_SERVERS, null),
                null,
                null,
                null,
                null,
                List.of("create rule"),
                1,
                null,
                null,
                null,
                null));
        return domain;
    }

    private static Condition condition(String type, String status, String reason) {
        return new Condition(type, status, 1L, Facts.NOW, reason, type + " says so");
    }

    @Test
    void whatItsStatusSaysIsRepeated() {
        DomainFact fact = DomainFact.of(
                domain(condition("Ready", "False", "AccessDenied"), condition("Stalled", "True", "AccessDenied")));

        assertThat(fact.resource()).isEqualTo("mail/a-example");
        assertThat(fact.standing()).isEqualTo(Standing.STOPPED);
        assertThat(fact.said().reason()).isEqualTo("AccessDenied");
        assertThat(fact.said().message()).isEqualTo("Ready says so");
        assertThat(fact.said().remedy()).isNotBlank();
        assertThat(fact.said().since()).isEqualTo(Facts.NOW);
        assertThat(fact.rules()).isEqualTo("2/3");
        assertThat(fact.account()).isEqualTo("default");
        assertThat(fact.pendingChanges()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "ZoneReady, False, ZonePending, true",
        "ZoneReady, False, AccessDenied, false",
        "ZoneReady, True, ZoneActive, false",
        "MailDeliverable, False, DelegatedElsewhere, true",
        "MailDeliverable, False, SenderPolicyIncomplete, false"
    })
    void nameServersAreToBeSetWhereTheZoneWaitsForThemOrTheWorldIsSentElsewhere(
            String type, String status, String reason, boolean wanted) {
        DomainFact fact = DomainFact.of(domain(condition("Ready", "True", "Ready"), condition(type, status, reason)));

        assertThat(fact.nameServers()).isEqualTo(wanted ? NAME_SERVERS : List.of());
    }

    @Test
    void aRemarkIsWhatIsShownOfOneThatIsReady() {
        DomainFact fact = DomainFact.of(domain(
                condition("Ready", "True", "Ready"), condition("MailDeliverable", "False", "SenderPolicyIncomplete")));

        assertThat(fact.standing()).isEqualTo(Standing.DOUBTFUL);
        assertThat(fact.said().message()).isEqualTo("MailDeliverable says so");
    }

    @Test
    void oneThatIsReadyHasNothingToDo() {
        assertThat(DomainFact.of(domain(condition("Ready", "True", "Ready")))
                        .said()
                        .remedy())
                .isEmpty();
    }

    @Test
    void aReasonOfAnotherVersionIsRepeatedWithoutAdvice() {
        Said said = DomainFact.of(domain(condition("Ready", "False", "NotOfThisVersion")))
                .said();

        assertThat(said.reason()).isEqualTo("NotOfThisVersion");
        assertThat(said.remedy()).isEmpty();
    }

    @Test
    void oneThatIsSuspendedIsNoTaskUnlessItIsStopped() {
        assertThat(DomainFact.of(suspended(condition("Ready", "Unknown", "Suspended")))
                        .standing())
                .isEqualTo(Standing.SUSPENDED);
        assertThat(DomainFact.of(suspended(
                                condition("Ready", "False", "AccessDenied"),
                                condition("Stalled", "True", "AccessDenied")))
                        .standing())
                .isEqualTo(Standing.STOPPED);
    }

    private static MailDomain suspended(Condition... conditions) {
        MailDomain domain = domain(conditions);
        MailDomainSpec spec = domain.getSpec();
        domain.setSpec(
                new MailDomainSpec(spec.domain(), null, null, null, null, null, null, null, null, null, null, true));
        return domain;
    }

    /** Deletion runs though it is suspended, and may wait for people. */
    @Test
    void oneThatIsBeingDeletedWaitsAndHasNoNameServersToSet() {
        MailDomain domain =
                suspended(condition("Ready", "False", "ZonePending"), condition("ZoneReady", "False", "ZonePending"));
        domain.getMetadata().setDeletionTimestamp(Facts.NOW.toString());
        domain.getMetadata().setGeneration(2L);

        DomainFact fact = DomainFact.of(domain);

        assertThat(fact.goes()).isTrue();
        assertThat(fact.standing()).isEqualTo(Standing.WAITING);
        assertThat(fact.nameServers()).isEmpty();
    }

    @Test
    void oneWithoutAStatusWasNotLookedAt() {
        DomainFact fact = DomainFact.of(TestResources.domain("mail", "a.example", 0));

        assertThat(fact.standing()).isEqualTo(Standing.UNSEEN);
        assertThat(fact.said()).isEqualTo(Said.NOTHING);
        assertThat(fact.rules()).isEmpty();
        assertThat(fact.nameServers()).isEmpty();
    }

    /** Who may write a status may write anything. */
    @Test
    void aForgedStatusWithoutWordsBreaksNothing() {
        DomainFact fact = DomainFact.of(domain(new Condition("Ready", null, null, null, null, null)));

        assertThat(fact.standing()).isEqualTo(Standing.WAITING);
        assertThat(fact.said()).isEqualTo(new Said("", "", "", null));
        assertThat(fact.matches("a.example")).isTrue();
    }
}
