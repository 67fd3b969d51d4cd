package io.maildomain.operator.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.operator.conditions.Check;
import io.maildomain.operator.conditions.ConditionType;
import io.maildomain.operator.outcome.Halt;
import io.maildomain.operator.outcome.Pace;
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

    private final MailDomain resource = MemoryStore.mailDomain("example", Bench.spec("{}"));

    private DomainReport report() {
        return new DomainReport(resource, NOW);
    }

    private static Condition condition(Turn turn, String type) {
        return turn.said().orElseThrow().condition(type).orElseThrow();
    }

    private static List<String> types(Turn turn) {
        return turn.said().orElseThrow().conditions().stream()
                .map(Condition::type)
                .toList();
    }

    private static Halt halt(ConditionType at, String reason, Pace pace) {
        return new Halt(at, Check.Status.FALSE, reason, "do this", pace, Duration.ZERO, false);
    }

    private static Halt heldElsewhere() {
        return Halt.stalled(ConditionType.ZONE_READY, ClaimCheck.HELD_ELSEWHERE, "managed elsewhere");
    }

    private void stands(Turn turn) {
        resource.setStatus(turn.said().orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({
        "WAITING,   true,  false",
        "TRANSIENT, true,  false",
        "FINAL,     false, true",
        "SETTLED,   false, false",
    })
    void reconcilingAndStalledAreThereOnlyWhenTrue(Pace pace, boolean reconciling, boolean stalled) {
        Turn turn = report().halted(halt(ConditionType.ZONE_READY, "Why", pace));

        assertThat(types(turn).contains("Reconciling")).isEqualTo(reconciling);
        assertThat(types(turn).contains("Stalled")).isEqualTo(stalled);
    }

    @Test
    void aLostClaimIsAConflictInReadyAndToldApartInZoneReady() {
        Turn turn = report().halted(heldElsewhere());

        assertThat(condition(turn, "Ready").reason()).isEqualTo("Conflict");
        assertThat(condition(turn, "ZoneReady").reason()).isEqualTo("HeldElsewhere");
        assertThat(types(turn)).contains("Stalled");
    }

    @Test
    void aLostClaimIsRememberedWhateverElseEndsTheNextReconcile() {
        stands(report().halted(heldElsewhere()));
        stands(report().halted(halt(ConditionType.CREDENTIALS_VALID, "SecretMissing", Pace.WAITING)));
        stands(report().halted(halt(ConditionType.ZONE_READY, "CloudflareError", Pace.TRANSIENT)));
        stands(report().suspended());

        assertThat(resource.getStatus().condition("ZoneReady").orElseThrow().reason())
                .isEqualTo("HeldElsewhere");
    }

    @Test
    void itIsForgottenOnceTheZoneIsOurs() {
        stands(report().halted(heldElsewhere()));
        DomainReport report = report();
        report.zone(ModelZone.ZONE);

        Turn turn = report.halted(halt(ConditionType.RULES_SYNCED, "PermissionMissing", Pace.FINAL));

        assertThat(condition(turn, "ZoneReady").reason()).isEqualTo("ZoneActive");
    }

    @Test
    void everyStepHasItsConditionWhereverItEnded() {
        Turn turn = report().halted(halt(ConditionType.RULES_SYNCED, "PermissionMissing", Pace.FINAL));

        assertThat(types(turn))
                .containsExactly(
                        "Ready",
                        "CredentialsValid",
                        "ZoneReady",
                        "RoutingEnabled",
                        "DNSReady",
                        "RulesSynced",
                        "Stalled");
        assertThat(condition(turn, "DNSReady").status()).isEqualTo("Unknown");
    }

    @Test
    void theTimeOfATransitionIsKept() {
        Turn first = new DomainReport(resource, EARLIER).halted(halt(ConditionType.ZONE_READY, "One", Pace.FINAL));
        stands(first);

        Turn second = report().halted(halt(ConditionType.ZONE_READY, "Two", Pace.FINAL));

        assertThat(condition(second, "Ready").lastTransitionTime()).isEqualTo(EARLIER);
        assertThat(condition(second, "Ready").reason()).isEqualTo("Two");
    }

    @Test
    void whatWasKnownStaysWhereThisTurnDidNotGetThatFar() {
        DomainReport known = report();
        known.zone(ModelZone.ZONE);
        stands(known.halted(halt(ConditionType.RULES_SYNCED, "X", Pace.FINAL)));

        MailDomainStatus status = report().halted(halt(ConditionType.CREDENTIALS_VALID, "SecretMissing", Pace.WAITING))
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

        Turn turn = report.watched("Observing");

        assertThat(turn.said().orElseThrow().pendingChanges()).hasSize(50);
        assertThat(turn.said().orElseThrow().pendingChangesTotal()).isEqualTo(120);
        assertThat(condition(turn, "Ready").status()).isEqualTo("True");
        assertThat(condition(turn, "InSync").status()).isEqualTo("False");
    }

    @Test
    void whateverIsSaidFitsIntoTheStatus() {
        DomainReport report = report();
        report.driftCorrected("x".repeat(2000));
        Halt wordy = new Halt(
                ConditionType.ZONE_READY,
                Check.Status.FALSE,
                "Why",
                "y".repeat(2000),
                Pace.FINAL,
                Duration.ZERO,
                false);

        Turn turn = report.halted(wordy);

        assertThat(turn.said().orElseThrow().lastDriftCorrected().what()).hasSize(512);
        assertThat(turn.said().orElseThrow().conditions())
                .allMatch(condition -> condition.message().length() <= 512);
    }
}
