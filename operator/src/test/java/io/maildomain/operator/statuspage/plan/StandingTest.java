package io.maildomain.operator.statuspage.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandingTest {

    private static MailDomainStatus saying(long generation, Condition... conditions) {
        return MailDomainStatus.ofOwnership(null).withConditions(generation, List.of(conditions));
    }

    private static Condition condition(String type, String status) {
        return new Condition(type, status, 1L, Facts.NOW, "Reason", "message");
    }

    @Test
    void readyIsReady() {
        assertThat(Standing.of(saying(1, condition("Ready", "True")), 1L)).isEqualTo(Standing.READY);
    }

    @Test
    void whatGoesOnByItselfWaits() {
        assertThat(Standing.of(saying(1, condition("Ready", "False"), condition("Reconciling", "True")), 1L))
                .isEqualTo(Standing.WAITING);
        assertThat(Standing.of(saying(1, condition("Ready", "Unknown")), 1L)).isEqualTo(Standing.WAITING);
    }

    @Test
    void whatIsStalledNeedsPeople() {
        assertThat(Standing.of(saying(1, condition("Ready", "False"), condition("Stalled", "True")), 1L))
                .isEqualTo(Standing.STOPPED);
    }

    @Test
    void readyAndYetNotDeliverableIsARemark() {
        assertThat(Standing.of(saying(1, condition("Ready", "True"), condition("MailDeliverable", "False")), 1L))
                .isEqualTo(Standing.DOUBTFUL);
        assertThat(Standing.of(saying(1, condition("Ready", "True"), condition("InSync", "False")), 1L))
                .isEqualTo(Standing.DOUBTFUL);
    }

    @ParameterizedTest
    @CsvSource({
        "DeployTokenValid, TokenExpired, DOUBTFUL",
        "DeployTokenValid, NotConfigured, READY",
        "ChecksCurrent, ChecksOverdue, DOUBTFUL",
        "ZoneReady, ZonePending, DOUBTFUL",
        "DomainBindingEnabled, AccountIdMissing, READY"
    })
    void whatIsWrongBesideReadyIsARemark(String type, String reason, Standing standing) {
        MailDomainStatus status = saying(
                1, condition("Ready", "True"), new Condition(type, "False", 1L, Facts.NOW, reason, "why it is so"));

        assertThat(Standing.of(status, 1L)).isEqualTo(standing);
        assertThat(Said.of(status, standing).message())
                .isEqualTo(standing == Standing.DOUBTFUL ? "why it is so" : "message");
    }

    @Test
    void whatIsNotKnownIsNoRemark() {
        assertThat(Standing.of(saying(1, condition("Ready", "True"), condition("MailDeliverable", "Unknown")), 1L))
                .isEqualTo(Standing.READY);
    }

    @Test
    void aSpecThatWasNotLookedAtYetIsNotReady() {
        assertThat(Standing.of(null, 1L)).isEqualTo(Standing.UNSEEN);
        assertThat(Standing.of(saying(1), 1L)).isEqualTo(Standing.UNSEEN);
        assertThat(Standing.of(saying(1, condition("Ready", "True")), 2L)).isEqualTo(Standing.UNSEEN);
    }

    /** Who has just mended the spec is not told that it needs them, with the words of before. */
    @Test
    void whatWasStalledBeforeItsSpecChangedIsNotStalledYet() {
        assertThat(Standing.of(saying(1, condition("Ready", "False"), condition("Stalled", "True")), 2L))
                .isEqualTo(Standing.UNSEEN);
    }

    @Test
    void whatIsLeftAsItsMailDomainIsSuspendedIsNoTask() {
        Condition ready = new Condition("Ready", "False", 1L, Facts.NOW, "DomainSuspended", "message");

        assertThat(Standing.of(saying(1, ready, condition("Reconciling", "True")), 1L))
                .isEqualTo(Standing.SUSPENDED);
    }

    @Test
    void whereNoGenerationIsKnownTheConditionsCount() {
        assertThat(Standing.of(saying(1, condition("Ready", "True")), null)).isEqualTo(Standing.READY);
    }
}
