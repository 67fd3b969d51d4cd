package io.maildomain.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.cloudflare.ApiError;
import io.maildomain.operator.cloudflare.CloudflareCall;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.Failure;
import io.maildomain.operator.cloudflare.errors.Diagnosis;
import io.maildomain.operator.cloudflare.errors.FailureKind;
import io.maildomain.operator.cloudflare.ratelimit.Permit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RequeueTest {

    @ParameterizedTest
    @EnumSource
    void whateverIsStillToDoBeatsBeingSettled(Requeue requeue) {
        assertThat(Requeue.RESYNC.sooner(requeue)).isEqualTo(requeue);
        assertThat(requeue.sooner(Requeue.RESYNC)).isEqualTo(requeue);
    }

    @Test
    void theSoonerOneWinsWhicheverComesFirst() {
        assertThat(Requeue.STALLED.sooner(Requeue.WAITING)).isEqualTo(Requeue.WAITING);
        assertThat(Requeue.WAITING.sooner(Requeue.BACKOFF)).isEqualTo(Requeue.WAITING);
        assertThat(Requeue.BACKOFF.sooner(Requeue.CONFLICT)).isEqualTo(Requeue.CONFLICT);
    }

    private static Blocked blocked(Failure failure, FailureKind kind) {
        return Blocked.of(
                ConditionType.ZONE_READY,
                new CloudflareException(CloudflareCall.GET_ZONE, failure),
                new Diagnosis(Reason.RequestRefused, kind, "do this", Duration.ofSeconds(3)));
    }

    @Test
    void waitingForBudgetSaysNothing() {
        Failure budget = new Failure.Postponed(Duration.ofSeconds(3), Permit.Cause.BUDGET);

        assertThat(blocked(budget, FailureKind.TRANSIENT).quiet()).isTrue();
        assertThat(blocked(new Failure.Fenced("not the leader"), FailureKind.TRANSIENT)
                        .quiet())
                .isTrue();
        assertThat(blocked(new Failure.Refused(429, List.of(), null), FailureKind.TRANSIENT)
                        .quiet())
                .isTrue();
    }

    @Test
    void anyOtherFailureSpeaks() {
        Failure refused = new Failure.Refused(403, List.of(new ApiError(10000, "no")), null);

        Blocked blocked = blocked(refused, FailureKind.FINAL);

        assertThat(blocked.quiet()).isFalse();
        assertThat(blocked.notBefore()).isEqualTo(Duration.ofSeconds(3));
        assertThat(blocked.check()).isEqualTo(Check.no(ConditionType.ZONE_READY, Reason.RequestRefused, "do this"));
    }

    @Test
    void whatCouldNotBeLookedAtIsUnknownNotFalse() {
        assertThat(blocked(new Failure.Refused(502, List.of(), null), FailureKind.TRANSIENT)
                        .status())
                .isEqualTo(Check.Status.UNKNOWN);
    }

    @Test
    void oneThatIsHeldBackWithItsTokenSaysSoAndLooksAgainSoon() {
        Failure heldBack = new Failure.Postponed(Duration.ofSeconds(3), Permit.Cause.AUTH_GATE);

        Blocked blocked = blocked(heldBack, FailureKind.FINAL);

        assertThat(blocked.status()).isEqualTo(Check.Status.FALSE);
        assertThat(blocked.quiet()).isFalse();
        assertThat(blocked.requeue()).isEqualTo(Requeue.BACKOFF);
        assertThat(blocked.isHiccup()).isFalse();
    }

    /** Else a resource whose token is refused says in turn that it is stalled, and that it is not. */
    @Test
    void oneThatIsHeldBackDoesNotSayAgainWhatIsToldAlready() {
        Failure heldBack = new Failure.Postponed(Duration.ofSeconds(3), Permit.Cause.AUTH_GATE);
        Blocked blocked = Blocked.of(
                ConditionType.CREDENTIALS_VALID,
                new CloudflareException(CloudflareCall.GET_ZONE, heldBack),
                new Diagnosis(Reason.TokenInvalid, FailureKind.FINAL, "do this", Duration.ofSeconds(3)));

        assertThat(blocked.isToldBy(told(Reason.TokenInvalid))).isTrue();
        assertThat(blocked.isToldBy(told(Reason.TokenExpired))).isFalse();
    }

    private static Condition told(Reason reason) {
        return new Condition("CredentialsValid", "False", 1L, Instant.EPOCH, reason.name(), "do this");
    }
}
