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
import org.junit.jupiter.params.provider.ValueSource;

/** Whether a rule was looked at yet: that it waits for Cloudflare's requests is no look, nor is what failed in passing. */
class CatchAllTurnTest {

    private static CatchAllRule saying(String status, Reason reason) {
        CatchAllRule rule = new CatchAllRule();
        Condition ready = new Condition("Ready", status, 1L, Instant.EPOCH, reason.name(), "");
        rule.setStatus(new CatchAllRuleStatus(1L, List.of(ready), null));
        return rule;
    }

    @ParameterizedTest
    @ValueSource(strings = {"False", "Unknown"})
    void oneThatOnlySaysThatItWaitsHadNoTurn(String status) {
        hadNoTurn(saying(status, Reason.WaitingForBudget));
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {"CloudflareUnavailable", "SecretUnreadable"})
    void oneThatFailedInPassingHadNoTurn(Reason reason) {
        hadNoTurn(saying("Unknown", reason));
    }

    private static void hadNoTurn(CatchAllRule rule) {
        assertThat(CatchAllPrecedence.hasHadItsTurn(rule)).isFalse();
        assertThat(CatchAllPrecedence.awaitsTurn(rule)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {"WaitingForBudget", "Conflict"},
            mode = Mode.EXCLUDE)
    void whateverElseItSaysIsALook(Reason reason) {
        assertThat(CatchAllPrecedence.hasHadItsTurn(saying("False", reason))).isTrue();
        assertThat(CatchAllPrecedence.awaitsTurn(saying("False", reason))).isFalse();
    }
}
