package io.maildomain.benchmark.scenario;

import io.maildomain.benchmark.Calls;
import io.maildomain.benchmark.Figure;
import io.maildomain.benchmark.Fleet;
import io.maildomain.benchmark.Laboratory;
import io.maildomain.benchmark.Results;
import io.maildomain.benchmark.Rig;
import io.maildomain.benchmark.Setting;
import io.maildomain.benchmark.Wait;
import java.util.List;

/**
 * All domains are to be looked at, each by calls of its own, since the token may not list over the account; and the budget allows a third
 * of it: does it collapse, or does each come in its turn?
 */
final class RestartUnderBudget implements Scenario {

    /** What a look takes without a limit: settings and rules; zones are always listed. */
    private static final double CALLS_A_LOOK = 2;

    @Override
    public void play(Laboratory lab, Results results) {
        Fleet fleet = lab.fleet();
        Rig rig = fleet.rig();
        Setting budget = lab.scale().budgetForAThird();
        rig.allowLists(false);
        rig.restart(budget);
        Wait.out(budget.window().multipliedBy(lab.scale().windows()));
        Calls calls = rig.calls();
        rig.allowLists(true);
        double looks = calls.ownLooks();
        results.put(Figure.THIRD_CALLS, calls.total() / Math.max(looks, 1) / CALLS_A_LOOK);
        results.put(Figure.THIRD_STEADY, steadiness(calls.intervals()));
        results.put(Figure.THIRD_IN_TURN, calls.zonesLookedAt().size() / Math.max(1, Math.min(looks, fleet.domains())));
        results.put(Figure.THIRD_REFUSED, calls.refused());
    }

    private static double steadiness(List<Calls.Interval> seconds) {
        int half = seconds.size() / 2;
        return looksPerCall(seconds.subList(half, seconds.size())) / looksPerCall(seconds.subList(0, half));
    }

    private static double looksPerCall(List<Calls.Interval> seconds) {
        long looks = seconds.stream().mapToLong(Calls.Interval::ownLooks).sum();
        long calls = seconds.stream().mapToLong(Calls.Interval::calls).sum();
        return looks / (double) Math.max(1, calls);
    }
}
