package io.maildomain.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.Reason;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionsTest {

    private static final Instant EARLIER = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-01-02T00:00:00.987Z");

    private static List<Condition> before(Check... checks) {
        return Conditions.of(List.of(), List.of(checks), 1, EARLIER);
    }

    @Test
    void theTimeOfTheTransitionIsKeptWhileTheStatusIs() {
        List<Condition> before = before(Check.yes(ConditionType.READY, Reason.Ready, "all is well"));

        List<Condition> after =
                Conditions.of(before, List.of(Check.yes(ConditionType.READY, Reason.Matched, "other words")), 2, NOW);

        assertThat(after).singleElement().satisfies(condition -> {
            assertThat(condition.lastTransitionTime()).isEqualTo(EARLIER);
            assertThat(condition.reason()).isEqualTo("Matched");
            assertThat(condition.observedGeneration()).isEqualTo(2);
        });
    }

    @Test
    void itMovesWithTheStatusToWholeSeconds() {
        List<Condition> before = before(Check.yes(ConditionType.READY, Reason.Ready, ""));

        assertThat(Conditions.of(before, List.of(Check.no(ConditionType.READY, Reason.Failed, "")), 1, NOW))
                .singleElement()
                .extracting(Condition::lastTransitionTime)
                .isEqualTo(Instant.parse("2026-01-02T00:00:00Z"));
    }

    @Test
    void whatIsNotCheckedFallsAway() {
        List<Condition> before = before(Check.yes(ConditionType.STALLED, Reason.Failed, ""));

        assertThat(Conditions.of(before, List.of(Check.yes(ConditionType.READY, Reason.Ready, "")), 1, NOW))
                .extracting(Condition::type)
                .containsExactly("Ready");
    }

    @Test
    void messagesHoldAtMost512Characters() {
        assertThat(Check.no(ConditionType.READY, Reason.Failed, "x".repeat(513)).message())
                .hasSize(512)
                .endsWith("…");
        assertThat(Check.no(ConditionType.READY, Reason.Failed, "x".repeat(512)).message())
                .hasSize(512)
                .endsWith("x");
    }

    @Test
    void aFindingCanBeSaidOfAnotherCondition() {
        Check pending = Check.no(ConditionType.ZONE_READY, Reason.ZonePending, "set the name servers");

        assertThat(pending.as(ConditionType.READY))
                .isEqualTo(Check.no(ConditionType.READY, Reason.ZonePending, "set the name servers"));
        assertThat(pending.holding(ConditionType.STALLED).holds()).isTrue();
    }

    @Test
    void onlyTrueIsTrue() {
        List<Condition> conditions = before(
                Check.unknown(ConditionType.READY, Reason.Suspended, ""),
                Check.yes(ConditionType.IN_SYNC, Reason.InSync, ""));

        assertThat(Conditions.isTrue(conditions, ConditionType.READY)).isFalse();
        assertThat(Conditions.isTrue(conditions, ConditionType.IN_SYNC)).isTrue();
        assertThat(Conditions.isTrue(conditions, ConditionType.STALLED)).isFalse();
    }
}
