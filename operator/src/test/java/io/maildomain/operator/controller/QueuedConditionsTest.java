package io.maildomain.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.operator.cloudflare.Admission;
import io.maildomain.operator.cloudflare.ratelimit.Permit.Cause;
import io.maildomain.operator.cloudflare.ratelimit.ServiceClass;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QueuedConditionsTest {
    private static final Instant NOW = Instant.parse("2026-11-28T10:01:00Z");
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Instant EARLIER = Instant.parse("2026-11-28T09:00:00Z");

    private static Condition condition(String type, String status, long generation) {
        return new Condition(type, status, generation, EARLIER, "Some", "words");
    }

    private static Admission.Waiting waiting(Duration waited, Duration expected) {
        return new Admission.Waiting(Duration.ofSeconds(1), expected, waited, Cause.BUDGET);
    }

    private static Optional<List<Condition>> said(List<Condition> before, ServiceClass service, Duration waited) {
        return QueuedConditions.of(before, service, 2, waiting(waited, Duration.ofSeconds(90)), NOW);
    }

    @Test
    void aShortWaitIsNotSaid() {
        assertThat(said(List.of(), ServiceClass.FIRST_SIGHT, Duration.ofSeconds(59)))
                .isEmpty();
    }

    @Test
    void oneThatWasNeverLookedAtSaysWhenItIsServed() {
        List<Condition> all = said(List.of(), ServiceClass.FIRST_SIGHT, Duration.ofSeconds(60))
                .orElseThrow();

        assertThat(all).extracting(Condition::type).containsExactly("Ready", "Reconciling");
        assertThat(all).extracting(Condition::status).containsExactly("Unknown", "True");
        assertThat(all).extracting(Condition::reason).containsOnly("WaitingForBudget");
        assertThat(all).extracting(Condition::message).allMatch(words -> words.endsWith("by 2026-11-28T10:05:00Z"));
    }

    @Test
    void readyStaysAsItWas() {
        Condition ready = condition("Ready", "True", 1);

        List<Condition> all = said(List.of(ready, condition("Stalled", "True", 1)), ServiceClass.CHANGE, LONG)
                .orElseThrow();

        assertThat(all).contains(ready);
        assertThat(all).extracting(Condition::type).containsExactly("Ready", "Reconciling");
    }

    @Test
    void aRoutineCheckSaysNothing() {
        assertThat(said(List.of(condition("Ready", "True", 2)), ServiceClass.CHECK, LONG))
                .isEmpty();
    }

    @Test
    void whatStallsIsNotSaidToBeUnderWay() {
        List<Condition> before = List.of(condition("Ready", "False", 2), condition("Stalled", "True", 2));

        assertThat(said(before, ServiceClass.WAITING, LONG)).isEmpty();
    }

    @Test
    void theNextLookInTheQueueSaysTheSame() {
        List<Condition> first = said(List.of(), ServiceClass.FIRST_SIGHT, LONG).orElseThrow();

        List<Condition> next = QueuedConditions.of(
                        first, ServiceClass.FIRST_SIGHT, 2, waiting(LONG, Duration.ofSeconds(40)), NOW.plusSeconds(55))
                .orElseThrow();

        assertThat(next).isEqualTo(first);
    }

    @Test
    void aLongWaitIsToldByTheHalfHour() {
        List<Condition> all = QueuedConditions.of(
                        List.of(), ServiceClass.FIRST_SIGHT, 1, waiting(LONG, Duration.ofHours(2)), NOW)
                .orElseThrow();

        assertThat(all.get(0).message()).endsWith("by 2026-11-28T12:30:00Z");
    }
}
