package io.maildomain.operator.statuspage.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.DestinationAddress;
import io.maildomain.api.v1alpha1.DestinationAddressStatus;
import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.api.v1alpha1.MailboxStatus;
import io.maildomain.operator.fixture.TestResources;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which resources of other kinds are listed. */
class OtherFactTest {

    private static List<Condition> notReady(String reason, String type) {
        return List.of(
                new Condition("Ready", "False", 1L, Facts.NOW, reason, "why"),
                new Condition(type, "True", 1L, Facts.NOW, reason, "why"));
    }

    private static Optional<OtherFact> mailbox(List<Condition> conditions) {
        Mailbox mailbox = new Mailbox();
        mailbox.setMetadata(TestResources.meta("team", "box", 0));
        return OtherFact.of(mailbox, new MailboxStatus(1L, conditions, null, null, null, null, null));
    }

    private static Optional<OtherFact> destination(List<Condition> conditions) {
        DestinationAddress destination = new DestinationAddress();
        destination.setMetadata(TestResources.meta("team", "late", 0));
        return OtherFact.of(destination, new DestinationAddressStatus(1L, conditions, null, null, null, null, null));
    }

    @ParameterizedTest
    @CsvSource({
        "AccessDenied, Stalled, STOPPED",
        "Conflict, Stalled, STOPPED",
        "NotAttached, Stalled, STOPPED",
        "TooManyRules, Stalled, STOPPED",
        "Failed, Stalled, STOPPED",
        "DriftReported, Stalled, STOPPED",
        "WorkerMissing, Reconciling, WAITING",
        "Pending, Reconciling, WAITING"
    })
    void aMailboxThatIsNotAsAskedIsListed(String reason, String type, Standing standing) {
        assertThat(mailbox(notReady(reason, type))).hasValueSatisfying(fact -> {
            assertThat(fact.kind()).isEqualTo("Mailbox");
            assertThat(fact.resource()).isEqualTo("team/box");
            assertThat(fact.standing()).isEqualTo(standing);
            assertThat(fact.said().reason()).isEqualTo(reason);
        });
    }

    /** Of these there may be thousands, and none is a task of its own. */
    @ParameterizedTest
    @CsvSource({"Expired, Stalled", "DomainNotReady, Reconciling", "DestinationUnverified, Reconciling"})
    void aMailboxWhoseTimeIsOverOrThatWaitsForAnotherResourceIsNot(String reason, String type) {
        assertThat(mailbox(notReady(reason, type))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "AccessDenied, Stalled, true",
        "Failed, Stalled, true",
        "DestinationGone, Stalled, true",
        "TokenMissing, Stalled, true",
        "DestinationUnverified, Reconciling, false"
    })
    void aDestinationAddressIsListedUnlessItWaitsForAClick(String reason, String type, boolean listed) {
        assertThat(destination(notReady(reason, type)).isPresent()).isEqualTo(listed);
    }

    @Test
    void whatIsReadyIsNotListed() {
        assertThat(mailbox(List.of(new Condition("Ready", "True", 1L, Facts.NOW, "Ready", "fine"))))
                .isEmpty();
    }

    @Test
    void ofOtherKindsAllThatIsNotReadyIs() {
        MailWorker worker = new MailWorker();
        worker.setMetadata(TestResources.meta("team", "worker", 0));

        assertThat(OtherFact.of(
                        worker,
                        new MailboxStatus(1L, notReady("DomainNotReady", "Reconciling"), null, null, null, null, null)))
                .isPresent();
        assertThat(OtherFact.of(worker, null)).isEmpty();
    }
}
