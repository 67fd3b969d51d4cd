package io.maildomain.operator.limits;

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

    private RequestBudget budget(int requests, int reserve) {
        return new RequestBudget(settings(requests, reserve), ticker);
    }

    private static LimitSettings settings(int requests, int reserve) {
        return new LimitSettings(requests, WINDOW, reserve, Duration.ofSeconds(10), Duration.ofMinutes(5));
    }

    private static int takeAll(RequestBudget budget, Priority priority) {
        int taken = 0;
        while (budget.take(priority).isZero()) {
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
        // A budget of one keeps its burst of one beside the one that comes back.
        int most = allowed == 1 ? 2 : allowed;
        ArrayDeque<Duration> sent = new ArrayDeque<>();
        for (int pause : pauses) {
            ticker.pass(Duration.ofSeconds(pause));
            while (budget.take(Priority.CHANGE).isZero()) {
                sent.addLast(ticker.elapsed());
            }
            Duration begin = ticker.elapsed().minus(WINDOW);
            while (!sent.isEmpty() && sent.peekFirst().compareTo(begin) <= 0) {
                sent.removeFirst();
            }
            assertThat(sent).hasSizeLessThanOrEqualTo(most);
        }
    }

    @Example
    void theDefaultsLeaveAFifthToPeopleAndSendAThirdOfTheRestAtOnce() {
        RequestBudget budget = budget(1200, 20);

        assertThat(takeAll(budget, Priority.CHANGE)).isEqualTo(320);
        ticker.pass(WINDOW);
        assertThat(takeAll(budget, Priority.CHANGE)).isEqualTo(320);
    }

    @Example
    void aRequestIsThereWhenTheTimeToldHasPassed() {
        RequestBudget budget = budget(1200, 20);
        takeAll(budget, Priority.CHANGE);

        Duration pause = budget.take(Priority.CHANGE);
        assertThat(pause).isPositive().isLessThan(Duration.ofSeconds(1));
        ticker.pass(pause.minusNanos(1));
        assertThat(budget.take(Priority.CHANGE)).isPositive();
        ticker.pass(Duration.ofNanos(1));
        assertThat(budget.take(Priority.CHANGE)).isZero();
    }

    @Example
    void checksGiveWayToChangesWhileTheBudgetIsShort() {
        RequestBudget budget = budget(1200, 20);

        assertThat(takeAll(budget, Priority.CHECK)).isEqualTo(240);
        assertThat(takeAll(budget, Priority.CHANGE)).isEqualTo(80);
    }

    @Example
    void aTinyBudgetStillServesBothPriorities() {
        RequestBudget budget = budget(1, 90);

        assertThat(budget.take(Priority.CHECK)).isZero();
        assertThat(budget.take(Priority.CHANGE)).isPositive();
        ticker.pass(WINDOW);
        assertThat(budget.take(Priority.CHECK)).isZero();
    }

    @Example
    void whatOthersUsedUpAtCloudflareIsNotSpentAgain() {
        RequestBudget budget = budget(1200, 20);

        budget.serverHasLeft(250);

        assertThat(takeAll(budget, Priority.CHANGE)).isEqualTo(10);
    }

    @Example
    void whilePeopleUseTheirReserveTheOperatorGoesOnAtItsEvenPace() {
        RequestBudget budget = budget(1200, 20);

        budget.serverHasLeft(3);
        assertThat(takeAll(budget, Priority.CHANGE)).isZero();
        ticker.pass(Duration.ofSeconds(30));
        assertThat(takeAll(budget, Priority.CHANGE)).isEqualTo(64);
    }

    @Example
    void aServerThatHasMoreLeftAddsNothing() {
        RequestBudget budget = budget(1200, 20);
        takeAll(budget, Priority.CHANGE);

        budget.serverHasLeft(1_000_000);

        assertThat(budget.take(Priority.CHANGE)).isPositive();
    }

    @Example
    void aStricterPolicySlowsDownUntilItIsLifted() {
        RequestBudget budget = budget(1200, 20);

        budget.serverAllows(120, WINDOW);
        assertThat(takeAll(budget, Priority.CHANGE)).isEqualTo(32);
        budget.serverAllows(1200, WINDOW);
        ticker.pass(WINDOW);
        assertThat(takeAll(budget, Priority.CHANGE)).isEqualTo(320);
    }

    @Example
    void aMoreGenerousPolicyDoesNotOverruleTheSettings() {
        RequestBudget budget = budget(1200, 20);

        budget.serverAllows(100_000, WINDOW);

        assertThat(takeAll(budget, Priority.CHANGE)).isEqualTo(320);
    }

    @Example
    void aPolicyOfNothingLeavesOneRequestToFindOutWhenItEnds() {
        RequestBudget budget = budget(1200, 20);

        budget.serverAllows(0, WINDOW);

        assertThat(takeAll(budget, Priority.CHANGE)).isEqualTo(1);
    }
}
