package io.maildomain.operator.cloudflare.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.operator.cloudflare.ratelimit.Permit.Cause;
import io.maildomain.operator.cloudflare.ratelimit.Permit.Granted;
import io.maildomain.operator.cloudflare.ratelimit.Permit.Held;
import io.maildomain.operator.cloudflare.ratelimit.Permit.Ticket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenLimitsTest {
    private static final Duration WINDOW = Duration.ofSeconds(300);
    private static final Duration BASE = Duration.ofSeconds(10);
    private static final Duration CAP = Duration.ofSeconds(60);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualTicker ticker = new ManualTicker();
    private final TokenLimits limits = new TokenLimits(new LimitSettings(1200, WINDOW, 20, BASE, CAP), ticker);

    private Ticket granted() {
        Permit permit = limits.admit(Allowance.none());
        assertThat(permit).isInstanceOf(Granted.class);
        return ((Granted) permit).ticket();
    }

    private Held held() {
        Permit permit = limits.admit(Allowance.none());
        assertThat(permit).isInstanceOf(Held.class);
        return (Held) permit;
    }

    private void refuse(Ticket ticket) {
        limits.tokenRefused(ticket, "HTTP 403, code 9109: Invalid access token", false);
    }

    @Test
    void afterARefusedTokenOneRequestProbesAndTheRestWaits() {
        refuse(granted());
        assertThat(held()).isEqualTo(new Held(BASE, Cause.AUTH_GATE, "HTTP 403, code 9109: Invalid access token"));

        ticker.pass(BASE);
        Ticket probe = granted();
        assertThat(probe.probe()).isTrue();
        assertThat(held().cause()).isEqualTo(Cause.AUTH_GATE);

        limits.accepted();
        assertThat(granted().probe()).isFalse();
        assertThat(granted().probe()).isFalse();
    }

    @Test
    void theLevelSaysWhatIsLeftOfWhatThereMayBe() {
        assertThat(limits.level()).isEqualTo(new BudgetLevel(240, 240));
        granted();
        assertThat(limits.level()).isEqualTo(new BudgetLevel(239, 240));
        limits.rateLimited(SECOND);
        assertThat(limits.level()).isEqualTo(new BudgetLevel(0, 240));
    }

    @Test
    void thePauseDoublesWithEachRefusedProbeUpToTheCap() {
        refuse(granted());
        List<Duration> pauses = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Duration pause = held().pause();
            pauses.add(pause);
            ticker.pass(pause);
            refuse(granted());
        }
        assertThat(pauses).containsExactly(BASE, BASE.multipliedBy(2), BASE.multipliedBy(4), CAP, CAP);
    }

    @Test
    void whoeverSeesToTheTokenOpensTheGateAtOnce() {
        Ticket old = granted();
        refuse(granted());
        ticker.pass(BASE);
        refuse(granted());
        assertThat(held().pause()).isEqualTo(BASE.multipliedBy(2));

        limits.reset();

        assertThat(granted().probe()).isFalse();
        refuse(old);
        assertThat(held().pause()).as("refused again, it begins anew").isEqualTo(BASE);
    }

    @Test
    void aTokenThatWorkedAgainBeginsWithTheShortestPause() {
        refuse(granted());
        ticker.pass(BASE);
        refuse(granted());
        ticker.pass(BASE.multipliedBy(2));
        granted();
        limits.accepted();

        refuse(granted());
        refuse(granted());

        assertThat(held().pause()).isEqualTo(BASE);
    }

    @Test
    void oneRefusalOfATokenThatWorkedHoldsNobodyBack() {
        limits.accepted();

        refuse(granted());
        assertThat(granted().probe()).isFalse();
        limits.accepted();
        refuse(granted());

        assertThat(granted().probe()).as("a stray one, for the second time").isFalse();
    }

    @Test
    void onlyARequestSentAfterTheFirstRefusalConfirmsIt() {
        limits.accepted();
        Ticket early = granted();
        Ticket late = granted();
        refuse(early);
        refuse(late);

        Ticket next = granted();
        refuse(next);

        assertThat(held().pause()).isEqualTo(BASE);
    }

    @Test
    void requestsThatWereUnderWayWhenTheTokenWasRefusedDoNotLengthenThePause() {
        Ticket first = granted();
        Ticket second = granted();
        Ticket third = granted();
        refuse(first);
        ticker.pass(SECOND);
        refuse(second);
        refuse(third);

        assertThat(held().pause()).isEqualTo(BASE.minus(SECOND));
    }

    @Test
    void aLateRefusalDoesNotEndTheProbe() {
        Ticket late = granted();
        refuse(granted());
        ticker.pass(BASE);
        granted();

        refuse(late);

        assertThat(held().pause()).isEqualTo(BASE);
    }

    @Test
    void aProbeWithoutAnAnswerLetsTheNextRequestProbeAtOnce() {
        refuse(granted());
        ticker.pass(BASE);
        limits.inconclusive(granted(), false);

        assertThat(granted().probe()).isTrue();
    }

    @Test
    void aProbeWhoseAnswerSaysNothingOfTheTokenWaitsAgain() {
        refuse(granted());
        ticker.pass(BASE);
        limits.inconclusive(granted(), true);

        assertThat(held().pause()).isEqualTo(BASE);
    }

    @Test
    void anInconclusiveRequestLeavesAnOpenGateOpen() {
        limits.inconclusive(granted(), true);
        limits.inconclusive(granted(), false);

        assertThat(granted().probe()).isFalse();
    }

    @Test
    void tooManyAuthenticationFailuresMeanTheLongestPauseAtOnce() {
        limits.tokenRefused(granted(), "too many", true);

        assertThat(held().pause()).isEqualTo(CAP);
    }

    @Test
    void aProbeThatTheBudgetHoldsBackDoesNotUseUpTheProbe() {
        refuse(granted());
        while (limits.admitPastBreaker(Allowance.none()) instanceof Granted) {
            // use up what is there
        }
        limits.serverAllows(1, WINDOW);
        ticker.pass(BASE);
        assertThat(held().cause()).isEqualTo(Cause.BUDGET);

        ticker.pass(WINDOW);
        assertThat(granted().probe()).isTrue();
    }

    @Test
    void verificationsPassAClosedGate() {
        refuse(granted());

        assertThat(limits.admitPastBreaker(Allowance.none())).isInstanceOf(Granted.class);
    }

    @Test
    void after429NothingIsSentForAsLongAsCloudflareSays() {
        limits.rateLimited(Duration.ofSeconds(42));
        assertThat(held()).isEqualTo(new Held(Duration.ofSeconds(42), Cause.RATE_LIMITED, ""));
        assertThat(limits.admitPastBreaker(Allowance.none())).isInstanceOf(Held.class);

        ticker.pass(Duration.ofSeconds(42));
        granted();
    }

    @Test
    void aRetryAfterOfZeroStillGivesCloudflareASecond() {
        limits.rateLimited(Duration.ZERO);

        assertThat(held().pause()).isEqualTo(SECOND);
    }

    @Test
    void aRetryAfterOfADayIsNotBelieved() {
        limits.rateLimited(Duration.ofDays(1));

        assertThat(held().pause()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void aShorterRetryAfterDoesNotEndALongerOne() {
        limits.rateLimited(Duration.ofSeconds(300));
        limits.rateLimited(Duration.ofSeconds(2));

        assertThat(held().pause()).isEqualTo(Duration.ofSeconds(300));
    }

    @Test
    void unexplained429sLengthenThePauseUpToTheWindow() {
        List<Long> seconds = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            limits.rateLimited();
            limits.rateLimited();
            seconds.add(held().pause().toSeconds());
            ticker.pass(held().pause());
        }
        assertThat(seconds).containsExactly(30L, 60L, 120L, 240L, 300L, 300L);

        limits.accepted();
        limits.rateLimited();
        assertThat(held().pause()).hasSeconds(30);
    }

    @Test
    void nothingIsSentWhilePeoplesReserveIsAllThatIsLeft() {
        limits.serverHasLeft(241, Duration.ofSeconds(17));
        granted();

        limits.serverHasLeft(240, Duration.ofSeconds(17));

        assertThat(held()).isEqualTo(new Held(Duration.ofSeconds(17), Cause.RATE_LIMITED, ""));
        ticker.pass(Duration.ofSeconds(17));
        granted();
    }

    @Test
    void withoutAWordOnWhenThereIsMoreThatIsAfterAWindow() {
        limits.serverAllows(600, Duration.ofSeconds(60));
        limits.serverHasLeft(1, Duration.ofSeconds(1));
        ticker.pass(Duration.ofSeconds(1));

        limits.serverHasLeft(1);

        assertThat(held().pause()).hasSeconds(60);
    }

    @Test
    void aSettingAboveWhatTheServerStatesStopsNobody() {
        TokenLimits generous = new TokenLimits(new LimitSettings(12_000, WINDOW, 20, BASE, CAP), ticker);
        generous.serverAllows(1200, WINDOW);

        for (int left = 1199; left > 240; left--) {
            generous.serverHasLeft(left, Duration.ofSeconds(300));
        }
        ticker.pass(SECOND);

        assertThat(generous.admit(Allowance.none())).isInstanceOf(Granted.class);
    }

    @Test
    void nothingIsSentWhileCloudflareCountsNothingLeft() {
        limits.serverHasLeft(0, Duration.ofSeconds(17));

        assertThat(held()).isEqualTo(new Held(Duration.ofSeconds(17), Cause.RATE_LIMITED, ""));
    }
}
