package io.maildomain.operator.controller.maildomain;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.controller.ReconcileResult;
import io.maildomain.operator.fixture.ScenarioDsl;
import io.maildomain.operator.fixture.TestResources;
import io.maildomain.operator.status.Blocked;
import io.maildomain.operator.status.Check;
import io.maildomain.operator.status.ConditionType;
import io.maildomain.operator.status.Requeue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DomainReportTest {

    private static final Instant EARLIER = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");

    private final MailDomain resource = TestResources.mailDomain("example", ScenarioDsl.spec("{}"));

    private DomainReport report() {
        return new DomainReport(resource, NOW);
    }

    private static Condition condition(ReconcileResult<MailDomainStatus> result, String type) {
        return result.said().orElseThrow().condition(type).orElseThrow();
    }

    private static List<String> types(ReconcileResult<MailDomainStatus> result) {
        return result.said().orElseThrow().conditions().stream()
                .map(Condition::type)
                .toList();
    }

    private static Blocked blocked(ConditionType at, Reason reason, Requeue requeue) {
        return new Blocked(at, Check.Status.FALSE, reason, "do this", requeue, Duration.ZERO, false);
    }

    private static Blocked heldElsewhere() {
        return Blocked.stalled(ConditionType.ZONE_READY, Reason.HeldElsewhere, "managed elsewhere");
    }

    private void stands(ReconcileResult<MailDomainStatus> result) {
        resource.setStatus(result.said().orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({
        "WAITING,   true,  false",
        "BACKOFF,   true,  false",
        "STALLED,   false, true",
        "RESYNC,    false, false",
    })
    void reconcilingAndStalledAreThereOnlyWhenTrue(Requeue requeue, boolean reconciling, boolean stalled) {
        ReconcileResult<MailDomainStatus> result =
                report().blocked(blocked(ConditionType.ZONE_READY, Reason.ZoneNotFound, requeue));

        assertThat(types(result).contains("Reconciling")).isEqualTo(reconciling);
        assertThat(types(result).contains("Stalled")).isEqualTo(stalled);
    }

    @Test
    void aLostClaimIsAConflictInReadyAndToldApartInZoneReady() {
        ReconcileResult<MailDomainStatus> result = report().blocked(heldElsewhere());

        assertThat(condition(result, "Ready").reason()).isEqualTo("Conflict");
        assertThat(condition(result, "ZoneReady").reason()).isEqualTo("HeldElsewhere");
        assertThat(types(result)).contains("Stalled");
    }

    @Test
    void aLostClaimIsRememberedWhateverElseEndsTheNextReconcile() {
        stands(report().blocked(heldElsewhere()));
        stands(report().blocked(blocked(ConditionType.CREDENTIALS_VALID, Reason.SecretMissing, Requeue.WAITING)));
        stands(report().blocked(blocked(ConditionType.ZONE_READY, Reason.CloudflareUnavailable, Requeue.BACKOFF)));
        stands(report().suspended());

        assertThat(resource.getStatus().condition("ZoneReady").orElseThrow().reason())
                .isEqualTo("HeldElsewhere");
    }

    @Test
    void itIsForgottenOnceTheZoneIsOurs() {
        stands(report().blocked(heldElsewhere()));
        DomainReport report = report();
        report.zone(ModelZone.ZONE);

        ReconcileResult<MailDomainStatus> result =
                report.blocked(blocked(ConditionType.RULES_SYNCED, Reason.PermissionMissing, Requeue.STALLED));

        assertThat(condition(result, "ZoneReady").reason()).isEqualTo("ZoneActive");
    }

    @Test
    void everyStepHasItsConditionWhereverItEnded() {
        ReconcileResult<MailDomainStatus> result =
                report().blocked(blocked(ConditionType.RULES_SYNCED, Reason.PermissionMissing, Requeue.STALLED));

        assertThat(types(result))
                .containsExactly(
                        "Ready",
                        "CredentialsValid",
                        "ZoneReady",
                        "RoutingEnabled",
                        "DNSReady",
                        "RulesSynced",
                        "Stalled");
        assertThat(condition(result, "DNSReady").status()).isEqualTo("Unknown");
    }

    @Test
    void theTimeOfATransitionIsKept() {
        ReconcileResult<MailDomainStatus> first = new DomainReport(resource, EARLIER)
                .blocked(blocked(ConditionType.ZONE_READY, Reason.ZoneNotFound, Requeue.STALLED));
        stands(first);

        ReconcileResult<MailDomainStatus> second =
                report().blocked(blocked(ConditionType.ZONE_READY, Reason.ZoneAmbiguous, Requeue.STALLED));

        assertThat(condition(second, "Ready").lastTransitionTime()).isEqualTo(EARLIER);
        assertThat(condition(second, "Ready").reason()).isEqualTo("ZoneAmbiguous");
    }

    @Test
    void whatWasKnownStaysWhereThisTurnDidNotGetThatFar() {
        DomainReport known = report();
        known.zone(ModelZone.ZONE);
        stands(known.blocked(blocked(ConditionType.RULES_SYNCED, Reason.Failed, Requeue.STALLED)));

        MailDomainStatus status = report().blocked(
                        blocked(ConditionType.CREDENTIALS_VALID, Reason.SecretMissing, Requeue.WAITING))
                .said()
                .orElseThrow();

        assertThat(status.zone().id()).isEqualTo(ModelZone.ZONE.id());
        assertThat(status.observedGeneration()).isEqualTo(1);
        assertThat(status.ownership()).isNull();
    }

    @Test
    void atMostFiftyPendingChangesAreShownAndAllAreCounted() {
        DomainReport report = report();
        report.pendingChanges(
                IntStream.range(0, 120).mapToObj(i -> "change " + i).toList());

        ReconcileResult<MailDomainStatus> result = report.watched(Reason.Observing);

        assertThat(result.said().orElseThrow().pendingChanges()).hasSize(50);
        assertThat(result.said().orElseThrow().pendingChangesTotal()).isEqualTo(120);
        assertThat(condition(result, "Ready").status()).isEqualTo("True");
        assertThat(condition(result, "InSync").status()).isEqualTo("False");
    }

    @Test
    void whateverIsSaidFitsIntoTheStatus() {
        DomainReport report = report();
        report.driftCorrected("x".repeat(2000));
        Blocked wordy = new Blocked(
                ConditionType.ZONE_READY,
                Check.Status.FALSE,
                Reason.ZoneNotFound,
                "y".repeat(2000),
                Requeue.STALLED,
                Duration.ZERO,
                false);

        ReconcileResult<MailDomainStatus> result = report.blocked(wordy);

        assertThat(result.said().orElseThrow().lastDriftCorrected().what()).hasSize(512);
        assertThat(result.said().orElseThrow().conditions())
                .allMatch(condition -> condition.message().length() <= 512);
    }
}
