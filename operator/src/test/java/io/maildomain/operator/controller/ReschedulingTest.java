package io.maildomain.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.fixture.FakeEnvironment;
import io.maildomain.operator.status.Requeue;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReschedulingTest {

    private final Rescheduling rescheduling = FakeEnvironment.rescheduling();

    private Duration after(Requeue requeue, Duration notBefore) {
        return rescheduling.after("uid", requeue, Reason.RollingOut, notBefore);
    }

    @Test
    void whatIsUnderWayGoesOnAtTheTimeThatIsKnownHoweverOften() {
        for (int times = 0; times < 5; times++) {
            assertThat(after(Requeue.ONGOING, Duration.ofSeconds(7))).isEqualTo(Duration.ofSeconds(7));
        }
    }

    @Test
    void whatWasTriedBeforeIsForgottenOnceSomethingIsUnderWay() {
        Duration first = after(Requeue.BACKOFF, Duration.ZERO);
        assertThat(after(Requeue.BACKOFF, Duration.ZERO)).isGreaterThan(first);

        after(Requeue.ONGOING, Duration.ofSeconds(1));

        assertThat(after(Requeue.BACKOFF, Duration.ZERO)).isEqualTo(first);
    }
}
