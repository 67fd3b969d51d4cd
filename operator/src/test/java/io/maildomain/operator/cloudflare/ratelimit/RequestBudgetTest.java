package io.maildomain.operator.cloudflare.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class RequestBudgetTest {
    private static final Duration WINDOW = Duration.ofSeconds(300);

    private final ManualTicker ticker = new ManualTicker();
    private Duration longest = Duration.ZERO;

    private RequestBudget budget(int requests, int reserve) {
        return new RequestBudget(settings(requests, reserve), ticker);
    }

    private static LimitSettings settings(int requests, int reserve) {
        return new LimitSettings(requests, WINDOW, reserve, Duration.ofSeconds(10), Duration.ofMinutes(5));
    }

    private static int takeAll(RequestBudget budget) {
        int taken = 0;
        while (budget.take().isZero()) {
            taken++;
        }
        return taken;
    }

    @Property(tries = 200)
    void noWindowHoldsMoreThanIsAllowedWhereverItBegins(
            @ForAll @IntRange(min = 1, max = 400) int requests,
            @ForAll @IntRange(max = 90) int reserve,
            @ForAll @Size(min = 1, max = 60) List<@IntRange(max = 120) Integer> pauses) {
        RequestBudget budget = budget(requests, reserve);
        int allowed = Math.max(1, requests * (100 - reserve) / 100);
        ArrayDeque<Duration> sent = new ArrayDeque<>();
        for (int pause : pauses) {
            ticker.pass(Duration.ofSeconds(pause));
            while (budget.takeInTurn().isZero()) {
                sent.addLast(ticker.elapsed());
            }
            Duration begin = ticker.elapsed().minus(WINDOW);
            while (!sent.isEmpty() && sent.peekFirst().compareTo(begin) <= 0) {
                sent.removeFirst();
            }
            assertThat(sent).hasSizeLessThanOrEqualTo(allowed);
        }
    }

    @Property(tries = 50)
    void whileAllIsWantedNearlyAllIsUsedAndNoneWaitsLong(
            @ForAll @IntRange(min = 100, max = 2000) int requests,
            @ForAll @IntRange(max = 3) int before,
            @ForAll @IntRange(max = 300) int quiet) {
        RequestBudget budget = budget(requests, 20);
        sentWithin(before, budget);
        longest = Duration.ZERO;
        ticker.pass(Duration.ofSeconds(quiet));
        takeAll(budget);
        sentWithin(2, budget);
        int allowed = requests * 80 / 100;

        assertThat(sentWithin(3, budget) / 3.0 / allowed).isBetween(0.93, 1.0);
        assertThat(longest).as("for one request").isLessThan(WINDOW.dividedBy(3));
    }

    private int sentWithin(int windows, RequestBudget budget) {
        int sent = 0;
        Duration end = ticker.elapsed().plus(WINDOW.multipliedBy(windows));
        while (ticker.elapsed().compareTo(end) < 0) {
            Duration pause = budget.until(1, false);
            longest = pause.compareTo(longest) > 0 ? pause : longest;
            ticker.pass(pause);
            sent += takeAll(budget);
        }
        return sent;
    }

    @Example
    void afterAQuietWindowNoEarlierBurstIsWaitedFor() {
        RequestBudget budget = budget(1200, 20);
        for (int i = 0; i < 3; i++) {
            takeAll(budget);
            ticker.pass(WINDOW.dividedBy(4));
        }
        ticker.pass(WINDOW.multipliedBy(2));
        takeAll(budget);

        assertThat(budget.until(24, false)).isLessThan(Duration.ofSeconds(12));
    }

    @Property(tries = 100)
    void policiesThatChangeGiveNoMoreThanABurstBesides(
            @ForAll @Size(min = 1, max = 80) List<@IntRange(max = 40) Integer> pauses,
            @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 100, max = 2000) Integer> policies) {
        RequestBudget budget = budget(1200, 20);
        ArrayDeque<Duration> sent = new ArrayDeque<>();
        for (int i = 0; i < pauses.size(); i++) {
            ticker.pass(Duration.ofSeconds(pauses.get(i)));
            budget.serverAllows(policies.get(i % policies.size()), WINDOW);
            while (budget.take().isZero()) {
                sent.addLast(ticker.elapsed());
            }
            Duration begin = ticker.elapsed().minus(WINDOW);
            while (!sent.isEmpty() && sent.peekFirst().compareTo(begin) <= 0) {
                sent.removeFirst();
            }
            assertThat(sent).hasSizeLessThanOrEqualTo(960 + 240);
        }
    }

    @Example
    void aPolicyThatChangesLetsNothingComeBackSooner() {
        RequestBudget budget = budget(1200, 20);
        sentWithin(2, budget);
        ticker.pass(WINDOW.dividedBy(4));
        int burst = takeAll(budget);
        budget.serverAllows(1199, WINDOW);

        assertThat(burst + sentWithin(1, budget)).isLessThan(960);
    }

    @Example
    void moreThanAWindowHoldsIsNotWaitedFor() {
        RequestBudget budget = budget(1200, 20);

        for (int i = 0; i < 10; i++) {
            budget.spend(288);
        }

        assertThat(budget.until(1, false)).isLessThan(WINDOW.plusSeconds(5));
    }

    @Example
    void howLongManyWaitIsToldByWhatComesBack() {
        RequestBudget budget = budget(1200, 20);

        assertThat(budget.until(240 + 672 + 912, false))
                .isBetween(WINDOW.multipliedBy(2), WINDOW.multipliedBy(2).plusSeconds(5));
    }

    @Example
    void theDefaultsLeaveAFifthToPeopleAndSendAQuarterOfTheRestAtOnce() {
        RequestBudget budget = budget(1200, 20);

        assertThat(takeAll(budget)).isEqualTo(240);
        ticker.pass(WINDOW);
        assertThat(takeAll(budget)).isEqualTo(240);
    }

    @Example
    void aRequestIsThereWhenTheTimeToldHasPassed() {
        RequestBudget budget = budget(1200, 20);
        takeAll(budget);

        Duration pause = budget.take();
        assertThat(pause).isPositive().isLessThan(Duration.ofSeconds(2));
        ticker.pass(pause.minusNanos(1));
        assertThat(budget.take()).isPositive();
        ticker.pass(Duration.ofNanos(1));
        assertThat(budget.take()).isZero();
    }

    @Example
    void checksLeaveAQuarterOfTheBurstToChanges() {
        RequestBudget budget = budget(1200, 20);

        assertThat(budget.until(180, true)).isZero();
        assertThat(budget.until(181, true)).isPositive();
        assertThat(budget.until(240, false)).isZero();
    }

    @Example
    void whatIsPromisedIsGivenToNobodyElse() {
        RequestBudget budget = budget(1200, 20);

        budget.reserve(40);
        assertThat(takeAll(budget)).isEqualTo(200);
        for (int i = 0; i < 30; i++) {
            budget.drawReserved();
        }
        budget.release(10);

        assertThat(takeAll(budget)).isEqualTo(10);
    }

    @Example
    void aTurnThatHasBegunGoesOnForATwentiethWhenNothingIsLeft() {
        RequestBudget budget = budget(1200, 20);
        takeAll(budget);

        int more = 0;
        while (budget.takeInTurn().isZero()) {
            more++;
        }

        assertThat(more).isEqualTo(48);
        assertThat(budget.until(1, false)).isGreaterThan(Duration.ofSeconds(20)).isLessThan(Duration.ofSeconds(23));
    }

    @Example
    void aTinyBudgetStillServesATurn() {
        RequestBudget budget = budget(1, 90);

        assertThat(budget.affordable(4)).isEqualTo(1);
        assertThat(budget.until(1, true)).isZero();
        budget.take();
        assertThat(budget.until(1, true)).isBetween(WINDOW, WINDOW.plusSeconds(2));
        ticker.pass(WINDOW.plusSeconds(2));
        assertThat(budget.until(1, true)).isZero();
    }

    @Example
    void whatOthersUsedUpAtCloudflareIsNotSpentAgain() {
        RequestBudget budget = budget(1200, 20);

        budget.serverHasLeft(250);

        assertThat(takeAll(budget)).isEqualTo(10);
    }

    @Example
    void theReserveIsAFifthOfWhatTheServerStates() {
        RequestBudget budget = budget(1200, 20);

        budget.serverAllows(120, WINDOW);

        assertThat(budget.serverHasLeft(25)).isTrue();
        assertThat(takeAll(budget)).isEqualTo(1);
        assertThat(budget.serverHasLeft(24)).isFalse();
    }

    @Example
    void aServerThatStatesMoreThanTheSettingsDoesNotEnlargeTheReserve() {
        RequestBudget budget = budget(100, 20);

        budget.serverAllows(100_000, WINDOW);

        assertThat(budget.serverHasLeft(21)).isTrue();
        assertThat(budget.serverHasLeft(20)).isFalse();
    }

    @Example
    void theReserveIsOfTheWindowThatTheServerCountsBy() {
        RequestBudget budget = budget(1200, 20);

        budget.serverAllows(4800, WINDOW.multipliedBy(4));

        assertThat(budget.serverHasLeft(961)).isTrue();
        assertThat(budget.serverHasLeft(960)).isFalse();
    }

    @Example
    void aServerThatHasMoreLeftAddsNothing() {
        RequestBudget budget = budget(1200, 20);
        takeAll(budget);

        budget.serverHasLeft(1_000_000);

        assertThat(budget.take()).isPositive();
    }

    @Example
    void aStricterPolicySlowsDownUntilItIsLifted() {
        RequestBudget budget = budget(1200, 20);

        budget.serverAllows(120, WINDOW);
        assertThat(takeAll(budget)).isEqualTo(24);
        budget.serverAllows(1200, WINDOW);
        ticker.pass(WINDOW);
        assertThat(takeAll(budget)).isEqualTo(240);
    }

    @Example
    void aMoreGenerousPolicyDoesNotOverruleTheSettings() {
        RequestBudget budget = budget(1200, 20);

        budget.serverAllows(100_000, WINDOW);

        assertThat(takeAll(budget)).isEqualTo(240);
    }

    @Example
    void aPolicyOfNothingLeavesOneRequestToFindOutWhenItEnds() {
        RequestBudget budget = budget(1200, 20);

        budget.serverAllows(0, WINDOW);

        assertThat(takeAll(budget)).isEqualTo(1);
    }
}
