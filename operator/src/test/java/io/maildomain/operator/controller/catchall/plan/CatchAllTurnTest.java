package io.maildomain.operator.controller.catchall.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CatchAllRuleStatus;
import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.Reason;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Whether a rule was looked at yet: that it waits for Cloudflare's requests is no look. */
class CatchAllTurnTest {

    private static CatchAllRule saying(Reason reason) {
        CatchAllRule rule = new CatchAllRule();
        Condition ready = new Condition("Ready", "Unknown", 1L, Instant.EPOCH, reason.name(), "");
        rule.setStatus(new CatchAllRuleStatus(1L, List.of(ready), null));
        return rule;
    }

    @ParameterizedTest
    @EnumSource(value = Reason.class, names = "WaitingForBudget")
    void oneThatOnlySaysThatItWaitsHadNoTurn(Reason reason) {
        assertThat(CatchAllPrecedence.hasHadItsTurn(saying(reason))).isFalse();
        assertThat(CatchAllPrecedence.awaitsTurn(saying(reason))).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {"WaitingForBudget", "Conflict"},
            mode = Mode.EXCLUDE)
    void whateverElseItSaysIsALook(Reason reason) {
        assertThat(CatchAllPrecedence.hasHadItsTurn(saying(reason))).isTrue();
        assertThat(CatchAllPrecedence.awaitsTurn(saying(reason))).isFalse();
    }
}
