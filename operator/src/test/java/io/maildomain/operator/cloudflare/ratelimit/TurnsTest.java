package io.maildomain.operator.cloudflare.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.operator.cloudflare.ratelimit.Permit.Cause;
import io.maildomain.operator.cloudflare.ratelimit.Permit.Granted;
import io.maildomain.operator.cloudflare.ratelimit.Permit.Held;
import io.maildomain.operator.cloudflare.ratelimit.Place.InLine;
import io.maildomain.operator.cloudflare.ratelimit.Place.Served;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A turn: what is reserved for it, how far it may go beyond that, and what comes back. */
class TurnsTest {
    private static final Duration WINDOW = Duration.ofSeconds(300);

    private final ManualTicker ticker = new ManualTicker();
    /** 960 in 300 s: 240 at once, 48 of debt, 672 over the window. */
    private final TokenLimits limits = new TokenLimits(
            new LimitSettings(1200, WINDOW, 20, Duration.ofSeconds(10), Duration.ofSeconds(60)), ticker);

    private static Applicant applicant(String uid, ServiceClass serviceClass) {
        return new Applicant(uid, "team-" + uid, serviceClass, 4);
    }

    private Allowance served(Applicant applicant) {
        Place place = limits.enter(applicant);
        assertThat(place).isInstanceOf(Served.class);
        return ((Served) place).allowance();
    }

    private InLine inLine(Applicant applicant) {
        Place place = limits.enter(applicant);
        assertThat(place).isInstanceOf(InLine.class);
        return (InLine) place;
    }

    private int takeAll(Allowance allowance) {
        int taken = 0;
        while (limits.admit(allowance) instanceof Granted) {
            taken++;
        }
        return taken;
    }

    @Test
    void whatIsReservedIsThereThoughOthersTakeTheRest() {
        Allowance turn = served(applicant("a", ServiceClass.CHANGE));
        assertThat(takeAll(Allowance.none())).isEqualTo(236);

        for (int i = 0; i < 4; i++) {
            assertThat(limits.admit(turn)).isInstanceOf(Granted.class);
        }
    }

    @Test
    void whatATurnDoesNotNeedComesBackOnce() {
        Allowance turn = served(applicant("a", ServiceClass.CHANGE));
        limits.admit(turn);

        limits.leave(turn);
        limits.leave(turn);

        assertThat(takeAll(Allowance.none())).isEqualTo(239);
    }

    @Test
    void aTurnTakesWhatIsThereWhileNobodyWaitsAndGoesOnForAWhileAfterThat() {
        Allowance turn = served(applicant("a", ServiceClass.CHANGE));

        assertThat(takeAll(turn)).isEqualTo(240);
    }

    @Test
    void aTurnThatFindsNothingLeftGoesIntoDebtOnlySoFar() {
        Allowance turn = served(applicant("a", ServiceClass.CHANGE));
        takeAll(Allowance.none());

        assertThat(takeAll(turn)).isEqualTo(50);
        assertThat(((Held) limits.admit(turn)).cause()).isEqualTo(Cause.BUDGET);
    }

    @Test
    void whileOthersWaitATurnEndsAfterFiftyCalls() {
        Allowance turn = served(applicant("a", ServiceClass.CHANGE));
        takeAll(Allowance.none());
        inLine(applicant("b", ServiceClass.CHANGE));
        ticker.pass(WINDOW);

        assertThat(takeAll(turn)).isEqualTo(50);
    }

    @Test
    void whoeverWaitsIsServedWhenItWasTold() {
        takeAll(Allowance.none());
        Applicant waiting = applicant("a", ServiceClass.CHANGE);

        InLine line = inLine(waiting);
        assertThat(line.cause()).isEqualTo(Cause.BUDGET);
        assertThat(line.expected()).isBetween(Duration.ofMillis(1500), Duration.ofSeconds(2));
        ticker.pass(line.pause());

        assertThat(((Served) limits.enter(waiting)).waited()).isEqualTo(line.pause());
    }

    @Test
    void aUsersChangeComesBeforeChecksThatWaitLonger() {
        takeAll(Allowance.none());
        Applicant check = applicant("check", ServiceClass.CHECK);
        inLine(check);
        Applicant change = applicant("change", ServiceClass.CHANGE);
        Duration pause = inLine(change).pause();
        ticker.pass(pause);

        inLine(check);
        served(change);
    }

    @Test
    void checksLeaveAPartOfTheBurstToChanges() {
        int checks = 0;
        while (limits.enter(applicant("check" + checks, ServiceClass.CHECK)) instanceof Served) {
            checks++;
        }

        assertThat(checks).isEqualTo(45);
        limits.group().forget("check45");
        for (int i = 0; i < 15; i++) {
            served(applicant("change" + i, ServiceClass.CHANGE));
        }
        inLine(applicant("one-more", ServiceClass.CHANGE));
    }

    @Test
    void after429NobodysTurnBegins() {
        limits.rateLimited(Duration.ofSeconds(42));

        assertThat(inLine(applicant("a", ServiceClass.CHANGE)))
                .isEqualTo(
                        new InLine(Duration.ofSeconds(42), Duration.ofSeconds(42), Duration.ZERO, Cause.RATE_LIMITED));
    }

    @Test
    void a429HoldsTheCallsOfTurnsThatHaveBegun() {
        Allowance turn = served(applicant("a", ServiceClass.CHANGE));
        limits.rateLimited(Duration.ofSeconds(42));

        assertThat(limits.admit(turn)).isEqualTo(new Held(Duration.ofSeconds(42), Cause.RATE_LIMITED, ""));
    }

    @Test
    void aRefusedTokenIsSaidByTheCallThatIsHeldAndNotByAWait() {
        takeAll(Allowance.none());
        ticker.pass(Duration.ofSeconds(1));
        Permit.Ticket ticket = ((Granted) limits.admit(Allowance.none())).ticket();
        limits.tokenRefused(ticket, "Invalid access token", false);

        Allowance turn = served(applicant("a", ServiceClass.CHECK));

        assertThat(((Held) limits.admit(turn)).cause()).isEqualTo(Cause.AUTH_GATE);
    }

    @Test
    void whoHasToWaitLongComesBackAfterAMinuteToSaySo() {
        limits.rateLimited(Duration.ofMinutes(10));

        assertThat(inLine(applicant("a", ServiceClass.WAITING)).pause()).hasMinutes(1);
        assertThat(inLine(applicant("b", ServiceClass.CHECK)).pause()).hasMinutes(5);
    }

    @Test
    void aResourceThatIsGoneWaitsNoMore() {
        takeAll(Allowance.none());
        inLine(applicant("a", ServiceClass.CHANGE));

        limits.group().forget("a");

        assertThat(limits.group().waiting()).isEmpty();
        assertThat(limits.group().waiting(ServiceClass.CHANGE)).isZero();
    }

    @Test
    void oneThatDoesNotComeBackLosesItsPlace() {
        takeAll(Allowance.none());
        inLine(applicant("gone", ServiceClass.CHANGE));
        ticker.pass(AdmissionQueue.GRACE.plusSeconds(10));

        limits.enter(applicant("b", ServiceClass.CHANGE));

        assertThat(limits.group().waiting()).isEmpty();
    }
}
