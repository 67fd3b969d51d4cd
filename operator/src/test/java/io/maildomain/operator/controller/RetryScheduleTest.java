package io.maildomain.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.config.OperatorSettings.BackOff;
import io.maildomain.operator.config.OperatorSettings.Budget;
import io.maildomain.operator.config.OperatorSettings.Retries;
import io.maildomain.operator.status.Requeue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryScheduleTest {

    private static final Retries RETRIES = new Retries(
            new BackOff(Duration.ofSeconds(1), Duration.ofMinutes(5)),
            new BackOff(Duration.ofSeconds(5), Duration.ofMinutes(10)),
            new BackOff(Duration.ofSeconds(30), Duration.ofMinutes(30)),
            new BackOff(Duration.ofSeconds(10), Duration.ofMinutes(5)));

    private final RetrySchedule schedule = new RetrySchedule(RETRIES, () -> 0.5);

    private Duration next(Requeue requeue, Reason cause) {
        return schedule.next("uid", requeue, cause, Duration.ZERO);
    }

    @Test
    void finalFailuresAreTriedAfter30SecondsThenTwiceAsLongUpToHalfAnHour() {
        assertThat(next(Requeue.STALLED, Reason.TokenInvalid)).isEqualTo(Duration.ofSeconds(30));
        assertThat(next(Requeue.STALLED, Reason.TokenInvalid)).isEqualTo(Duration.ofSeconds(60));
        assertThat(next(Requeue.STALLED, Reason.TokenInvalid)).isEqualTo(Duration.ofSeconds(120));
        for (int i = 0; i < 100; i++) {
            assertThat(next(Requeue.STALLED, Reason.TokenInvalid)).isLessThanOrEqualTo(Duration.ofMinutes(30));
        }
        assertThat(next(Requeue.STALLED, Reason.TokenInvalid)).isEqualTo(Duration.ofMinutes(30));
    }

    @Test
    void anotherCauseStartsAnew() {
        next(Requeue.WAITING, Reason.ZonePending);
        next(Requeue.WAITING, Reason.ZonePending);

        assertThat(next(Requeue.WAITING, Reason.DestinationUnverified)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void soDoesAnotherRequeueAndAResourceThatWasWellMeanwhile() {
        next(Requeue.WAITING, Reason.TokenInvalid);
        next(Requeue.WAITING, Reason.TokenInvalid);
        assertThat(next(Requeue.BACKOFF, Reason.TokenInvalid)).isEqualTo(Duration.ofSeconds(1));

        schedule.forget("uid");
        assertThat(schedule.attempts("uid")).isZero();
        assertThat(next(Requeue.BACKOFF, Reason.TokenInvalid)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void resourcesDoNotShareTheirAttempts() {
        next(Requeue.STALLED, Reason.TokenInvalid);
        next(Requeue.STALLED, Reason.TokenInvalid);

        assertThat(schedule.next("other", Requeue.STALLED, Reason.TokenInvalid, Duration.ZERO))
                .isEqualTo(Duration.ofSeconds(30));
        assertThat(schedule.attempts("uid")).isEqualTo(2);
    }

    @Test
    void aBusyZoneIsTriedAfterTheShortestRetryAndCountsForNothing() {
        next(Requeue.STALLED, Reason.TokenInvalid);

        assertThat(next(Requeue.CONFLICT, Reason.Busy)).isEqualTo(Duration.ofSeconds(1));
        assertThat(schedule.attempts("uid")).isEqualTo(1);
    }

    @Test
    void whoFindsItBusyTimeAndAgainComesBackEverMoreSeldom() {
        for (int i = 0; i < 3; i++) {
            assertThat(next(Requeue.CONFLICT, Reason.Busy)).isEqualTo(Duration.ofSeconds(1));
        }
        assertThat(next(Requeue.CONFLICT, Reason.Busy)).isEqualTo(Duration.ofSeconds(2));
        assertThat(next(Requeue.CONFLICT, Reason.Busy)).isEqualTo(Duration.ofSeconds(4));
        for (int i = 0; i < 20; i++) {
            next(Requeue.CONFLICT, Reason.Busy);
        }
        assertThat(next(Requeue.CONFLICT, Reason.Busy)).isEqualTo(Duration.ofSeconds(16));

        next(Requeue.WAITING, Reason.TokenInvalid);
        assertThat(next(Requeue.CONFLICT, Reason.Busy)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void nobodyComesBeforeCloudflareAsked() {
        assertThat(schedule.next("uid", Requeue.BACKOFF, Reason.RateLimited, Duration.ofSeconds(100)))
                .isBetween(Duration.ofSeconds(100), Duration.ofSeconds(101));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.25, 0.999})
    void jitterStaysWithinATenthEitherWay(double random) {
        Duration wait = new RetrySchedule(RETRIES, () -> random)
                .next("uid", Requeue.STALLED, Reason.TokenInvalid, Duration.ZERO);

        assertThat(wait).isBetween(Duration.ofSeconds(27), Duration.ofSeconds(33));
    }

    @Test
    void aHealthyResourceWaitsForTheDriftCheckAndForgetsItsFailures() {
        Rescheduling rescheduling = new Rescheduling(schedule, () -> TEN_MINUTES, Runnable::run, gone -> {});
        rescheduling.after("uid", Requeue.STALLED, Reason.TokenInvalid, Duration.ZERO);

        assertThat(rescheduling.after("uid", Requeue.RESYNC, Reason.Ready, Duration.ZERO))
                .isEqualTo(Duration.ofMinutes(10));
        assertThat(schedule.attempts("uid")).isZero();
    }

    @Test
    void whoBearsTheNameOfAResourceThatIsGoneIsLookedAtAgainOnceTheTurnHasEnded() {
        List<HasMetadata> triggered = new ArrayList<>();
        List<Runnable> afterTheTurn = new ArrayList<>();
        Rescheduling rescheduling = new Rescheduling(schedule, () -> TEN_MINUTES, afterTheTurn::add, triggered::add);
        HasMetadata gone = new SecretBuilder()
                .withNewMetadata()
                .withName("a")
                .withUid("uid")
                .endMetadata()
                .build();
        rescheduling.after("uid", Requeue.STALLED, Reason.TokenInvalid, Duration.ZERO);

        rescheduling.gone(gone);

        assertThat(schedule.attempts("uid")).isZero();
        assertThat(triggered).isEmpty();
        afterTheTurn.forEach(Runnable::run);
        assertThat(triggered).containsExactly(gone);
    }

    // The drift interval: 1,200 calls in 300 s less 20 %, a quarter of that for checks: 0.8 calls a second.
    private static final Budget BUDGET = new Budget(1200, Duration.ofSeconds(300), 20);
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 0.999})
    void fewDomainsAreCheckedEveryTenMinutesMoreOrLess(double random) {
        assertThat(DriftInterval.of(TEN_MINUTES, BUDGET, 100, random))
                .isBetween(Duration.ofMinutes(9), Duration.ofMinutes(11));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 0.999})
    void checksTakeAtMostAQuarterOfTheBudget(double random) {
        int calls = 4_000;

        Duration interval = DriftInterval.of(TEN_MINUTES, BUDGET, calls, random);

        assertThat(calls / (double) interval.toSeconds()).isLessThanOrEqualTo(0.8);
    }

    @Test
    void aBudgetThatIsAllReservedDoesNotDivideByNothing() {
        assertThat(DriftInterval.of(TEN_MINUTES, new Budget(1, Duration.ZERO, 100), 5, 0))
                .isPositive();
    }
}
