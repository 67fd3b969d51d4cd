package io.maildomain.operator.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.operator.cloudflare.ApiError;
import io.maildomain.operator.cloudflare.CloudflareCall;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.Failure;
import io.maildomain.operator.conditions.Check;
import io.maildomain.operator.conditions.ConditionType;
import io.maildomain.operator.diagnosis.Diagnosis;
import io.maildomain.operator.diagnosis.Kind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PaceTest {

    @ParameterizedTest
    @EnumSource
    void whateverIsStillToDoBeatsBeingSettled(Pace pace) {
        assertThat(Pace.SETTLED.sooner(pace)).isEqualTo(pace);
        assertThat(pace.sooner(Pace.SETTLED)).isEqualTo(pace);
    }

    @Test
    void theSoonerOneWinsWhicheverComesFirst() {
        assertThat(Pace.FINAL.sooner(Pace.WAITING)).isEqualTo(Pace.WAITING);
        assertThat(Pace.WAITING.sooner(Pace.TRANSIENT)).isEqualTo(Pace.WAITING);
        assertThat(Pace.TRANSIENT.sooner(Pace.BUSY)).isEqualTo(Pace.BUSY);
    }

    private static Halt halt(Failure failure, Kind kind) {
        return Halt.of(
                ConditionType.ZONE_READY,
                new CloudflareException(CloudflareCall.GET_ZONE, failure),
                new Diagnosis("Reason", kind, "do this", Duration.ofSeconds(3)));
    }

    @Test
    void waitingForBudgetSaysNothing() {
        Failure budget = new Failure.Postponed(Duration.ofSeconds(3), Failure.Postponed.Why.BUDGET);

        assertThat(halt(budget, Kind.TRANSIENT).quiet()).isTrue();
        assertThat(halt(new Failure.Fenced("not the leader"), Kind.TRANSIENT).quiet())
                .isTrue();
        assertThat(halt(new Failure.Refused(429, List.of(), null), Kind.TRANSIENT)
                        .quiet())
                .isTrue();
    }

    @Test
    void anyOtherFailureSpeaks() {
        Failure refused = new Failure.Refused(403, List.of(new ApiError(10000, "no")), null);

        Halt halt = halt(refused, Kind.FINAL);

        assertThat(halt.quiet()).isFalse();
        assertThat(halt.notBefore()).isEqualTo(Duration.ofSeconds(3));
        assertThat(halt.check()).isEqualTo(Check.no(ConditionType.ZONE_READY, "Reason", "do this"));
    }

    @Test
    void whatCouldNotBeLookedAtIsUnknownNotFalse() {
        assertThat(halt(new Failure.Refused(502, List.of(), null), Kind.TRANSIENT)
                        .status())
                .isEqualTo(Check.Status.UNKNOWN);
    }
}
