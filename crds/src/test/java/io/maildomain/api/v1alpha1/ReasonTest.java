package io.maildomain.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReasonTest {

    @ParameterizedTest
    @EnumSource
    void eachSaysWhatItMeansWhatToDoAndWhereItAppears(Reason reason) {
        assertThat(reason.name()).matches("[A-Z][A-Za-z]{2,60}");
        assertThat(reason.meaning()).endsWith(".").doesNotContain("|", "\n");
        assertThat(reason.remedy()).endsWith(".").doesNotContain("|", "\n");
        assertThat(reason.places()).isNotEmpty().doesNotHaveDuplicates();
        assertThat(reason.places().contains(ReasonPlace.UNSAID))
                .isEqualTo(reason.places().get(0) == ReasonPlace.UNSAID);
    }

    @Test
    void aStatusOfAnotherVersionMayHoldAReasonThatThisOneDoesNotKnow() {
        assertThat(Reason.of("ZonePending")).contains(Reason.ZonePending);
        assertThat(Reason.of("Never")).isEmpty();
        assertThat(Reason.of(null)).isEmpty();
    }

    @Test
    void aConditionSaysItsReason() {
        Condition condition = new Condition("Ready", "False", 1L, Instant.EPOCH, "ZonePending", "set the name servers");

        assertThat(condition.says(Reason.ZonePending)).isTrue();
        assertThat(condition.says(Reason.ZoneMoved)).isFalse();
        assertThat(condition.knownReason()).contains(Reason.ZonePending);
    }

    @Test
    void whoLostItsClaimSaysOneOfThree() {
        assertThat(Arrays.stream(Reason.values()).filter(Reason::isLostClaim))
                .containsExactly(Reason.HeldInNamespace, Reason.HeldElsewhere, Reason.ClaimedElsewhere);
    }

    @Test
    void theStateOfATokenIsNotWhatItMayDo() {
        assertThat(Reason.TokenExpired.isAboutToken()).isTrue();
        assertThat(Reason.PermissionMissing.isAboutToken()).isFalse();
    }
}
