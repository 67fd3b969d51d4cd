package io.maildomain.operator.cloudflare.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.operator.cloudflare.ratelimit.Permit.Cause;
import io.maildomain.operator.cloudflare.ratelimit.Permit.Granted;
import io.maildomain.operator.cloudflare.ratelimit.Permit.Held;
import io.maildomain.operator.cloudflare.ratelimit.Place.InLine;
import io.maildomain.operator.cloudflare.ratelimit.Place.Served;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Tokens of one user share one budget, whichever of them asks; and nothing else. */
class BudgetGroupProperties {

    private static final Duration WINDOW = Duration.ofSeconds(300);
    private static final int ALLOWED = 320;

    private final ManualTicker ticker = new ManualTicker();
    private final LimitSettings settings =
            new LimitSettings(400, WINDOW, 20, Duration.ofSeconds(10), Duration.ofSeconds(60));
    private final BudgetGroup team = new BudgetGroup(settings, ticker);
    private final TokenLimits one = new TokenLimits(settings, ticker, team);
    private final TokenLimits other = new TokenLimits(settings, ticker, team);

    private static Applicant applicant(String uid) {
        return new Applicant(uid, "team-" + uid, ServiceClass.CHANGE, 4);
    }

    private int takeAll(TokenLimits limits) {
        int taken = 0;
        while (limits.admit(Allowance.none()) instanceof Granted) {
            taken++;
        }
        return taken;
    }

    @Property(tries = 60)
    void noWindowHoldsMoreThanOneUserMaySend(
            @ForAll @Size(min = 1, max = 200) List<@IntRange(max = 1_000_000) Integer> seeds) {
        ArrayDeque<Duration> inWindow = new ArrayDeque<>();
        for (int seed : seeds) {
            ticker.pass(Duration.ofMillis(seed % 20_000));
            TokenLimits asking = seed % 2 == 0 ? one : other;
            Place place = asking.enter(applicant("r" + seed % 7));
            Allowance allowance = place instanceof Served served ? served.allowance() : Allowance.none();
            for (int call = 0; call < seed % 60 && asking.admit(allowance) instanceof Granted; call++) {
                inWindow.addLast(ticker.elapsed());
            }
            asking.leave(allowance);
            while (!inWindow.isEmpty()
                    && inWindow.peekFirst().compareTo(ticker.elapsed().minus(WINDOW)) <= 0) {
                inWindow.removeFirst();
            }
            assertThat(inWindow).hasSizeLessThanOrEqualTo(ALLOWED);
        }
    }

    @Example
    void whatOneTakesTheOtherHasNot() {
        assertThat(takeAll(one)).isEqualTo(80);
        assertThat(takeAll(other)).isZero();
        assertThat(other.left()).isZero();
    }

    @Example
    void whoWaitsWithOneTokenComesBeforeWhoAsksLaterWithTheOther() {
        takeAll(one);
        assertThat(one.enter(applicant("first"))).isInstanceOf(InLine.class);
        ticker.pass(Duration.ofSeconds(7));

        assertThat(other.enter(applicant("second"))).isInstanceOf(InLine.class);
        assertThat(one.enter(applicant("first"))).isInstanceOf(Served.class);
        assertThat(team.waiting()).containsExactly("second");
    }

    @Example
    void aRefusedTokenHoldsNoOtherOne() {
        Permit.Ticket ticket = ((Granted) one.admit(Allowance.none())).ticket();
        one.tokenRefused(ticket, "refused", false);

        assertThat(one.admit(Allowance.none())).isInstanceOfSatisfying(Held.class, held -> assertThat(held.cause())
                .isEqualTo(Cause.AUTH_GATE));
        assertThat(other.admit(Allowance.none())).isInstanceOf(Granted.class);
    }

    @Example
    void whatATokenHasUsedUpIsNotForgottenWhenItJoins() {
        TokenLimits alone = new TokenLimits(settings, ticker);
        takeAll(alone);
        alone.rateLimited(Duration.ofSeconds(30));

        alone.join(team);

        assertThat(one.left()).isZero();
        assertThat(one.admit(Allowance.none())).isInstanceOfSatisfying(Held.class, held -> assertThat(held.cause())
                .isEqualTo(Cause.RATE_LIMITED));
    }

    @Example
    void aTokenThatLeavesGetsNothingBack() {
        takeAll(one);
        other.join(new BudgetGroup(settings, ticker));

        assertThat(other.left()).isZero();
    }

    @Example
    void aTurnEndsOnTheBudgetThatItBeganOn() {
        Allowance turn = ((Served) one.enter(applicant("a"))).allowance();
        BudgetGroup fresh = new BudgetGroup(settings, ticker);
        one.join(fresh);
        long before = fresh.left();

        assertThat(one.admit(turn)).isInstanceOf(Granted.class);
        one.leave(turn);

        assertThat(fresh.left()).isEqualTo(before);
        assertThat(team.left()).isEqualTo(79);
    }
}
