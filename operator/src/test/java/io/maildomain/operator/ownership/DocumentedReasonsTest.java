package io.maildomain.operator.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CatchAllRuleStatus;
import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.status.ConditionType;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each status that a test writes is read by this: {@link MemoryStore#writeStatus}. */
class DocumentedReasonsTest {

    private static CatchAllRuleStatus status(ConditionType type, Reason reason) {
        Condition condition = new Condition(type.value(), "False", 1L, Instant.EPOCH, reason.name(), "what to do");
        return new CatchAllRuleStatus(1L, List.of(condition), null);
    }

    private static List<String> violations(ConditionType type, Reason reason) {
        return DocumentedReasons.violations("CatchAllRule", status(type, reason));
    }

    @Test
    void aReasonOfTheConditionIsFineThereAndInTheConditionsThatRepeatIt() {
        assertThat(violations(ConditionType.CATCH_ALL_APPLIED, Reason.Applied)).isEmpty();
        assertThat(violations(ConditionType.READY, Reason.Applied)).isEmpty();
        assertThat(violations(ConditionType.STALLED, Reason.Applied)).isEmpty();
    }

    @Test
    void aReasonOfAnotherKindOrOfEventsIsNot() {
        assertThat(violations(ConditionType.CATCH_ALL_APPLIED, Reason.RecordsReady))
                .singleElement()
                .asString()
                .contains("CatchAllApplied of a CatchAllRule says RecordsReady");
        assertThat(violations(ConditionType.READY, Reason.Restored)).hasSize(1);
    }

    @Test
    void anEventHasAReasonOfEventsOrWhileItsResourceGoesTheOneThatItWaitsFor() {
        CatchAllRule rule = new CatchAllRule();
        rule.setMetadata(new ObjectMetaBuilder().withName("rest").build());
        assertThat(DocumentedReasons.allowsEvent(rule, Reason.Restored)).isTrue();
        assertThat(DocumentedReasons.allowsEvent(rule, Reason.SecretMissing)).isFalse();

        rule.getMetadata().setDeletionTimestamp("2026-11-28T12:00:00Z");
        assertThat(DocumentedReasons.allowsEvent(rule, Reason.SecretMissing)).isTrue();
    }
}
