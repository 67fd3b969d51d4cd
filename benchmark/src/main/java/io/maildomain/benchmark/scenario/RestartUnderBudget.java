package io.maildomain.benchmark.scenario;

import io.maildomain.benchmark.Calls;
import io.maildomain.benchmark.Figure;
import io.maildomain.benchmark.Fleet;
import io.maildomain.benchmark.Laboratory;
import io.maildomain.benchmark.Results;
import io.maildomain.benchmark.Setting;
import io.maildomain.benchmark.Wait;
import java.util.List;

/** All domains are to be looked at, and the budget allows a third of it: does it collapse, or does each come in its turn? */
final class RestartUnderBudget implements Scenario {

    /** What a look takes without a limit: zone, settings, rules. */
    private static final double CALLS_A_LOOK = 3;

    @Override
    public void play(Laboratory lab, Results results) {
        Fleet fleet = lab.fleet();
        Setting budget = lab.scale().budgetForAThird();
        fleet.rig().restart(budget);
        Wait.out(budget.window().multipliedBy(lab.scale().windows()));
        Calls calls = fleet.rig().calls();
        double looks = calls.looks(fleet.domains());
        results.put(Figure.THIRD_CALLS, calls.total() / Math.max(looks, 1) / CALLS_A_LOOK);
        results.put(Figure.THIRD_STEADY, steadiness(calls.intervals(), fleet.domains()));
        double once = calls.hasSweep(fleet.domains())
                ? fleet.domains()
                : calls.zonesLookedAt().size();
        results.put(Figure.THIRD_IN_TURN, once / Math.max(1, Math.min(looks, fleet.domains())));
    }

    private static double steadiness(List<Calls.Interval> seconds, int domains) {
        int half = seconds.size() / 2;
        return looksPerCall(seconds.subList(half, seconds.size()), domains)
                / looksPerCall(seconds.subList(0, half), domains);
    }

    private static double looksPerCall(List<Calls.Interval> seconds, int domains) {
        double looks =
                seconds.stream().mapToDouble(second -> second.looks(domains)).sum();
        long calls = seconds.stream().mapToLong(Calls.Interval::calls).sum();
        return looks / Math.max(1, calls);
    }
}
