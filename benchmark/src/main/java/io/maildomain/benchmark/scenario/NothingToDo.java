package io.maildomain.benchmark.scenario;

import io.maildomain.benchmark.Calls;
import io.maildomain.benchmark.Figure;
import io.maildomain.benchmark.Fleet;
import io.maildomain.benchmark.Laboratory;
import io.maildomain.benchmark.Results;
import io.maildomain.benchmark.Setting;
import java.time.Duration;

/** A fleet of healthy domains is checked again and again: what one check of all of them costs. */
final class NothingToDo implements Scenario {

    /** Long enough for a sweep to end in it, and the checks of its domains: in life it is ten minutes. */
    private static final Duration SHORTEST = Duration.ofSeconds(4);

    private static final Duration A_DOMAIN = Duration.ofMillis(25);

    /** Of each domain. */
    private static final int CHECKS = 3;

    @Override
    public void play(Laboratory lab, Results results) {
        Fleet fleet = lab.fleet();
        Duration all = A_DOMAIN.multipliedBy(fleet.domains());
        Duration interval = all.compareTo(SHORTEST) < 0 ? SHORTEST : all;
        fleet.rig().restart(Setting.unlimited().with("--drift-interval=" + interval.toSeconds() + "s"));
        fleet.awaitLooks(1);
        fleet.rig().clearCalls();
        long before = fleet.rig().writesToApiServer();
        fleet.awaitLooks(CHECKS);
        Calls calls = fleet.rig().calls();
        results.put(Figure.SWEEP_CALLS, calls.total() / calls.looks(fleet.domains()));
        results.put(Figure.SWEEP_WRITES, calls.writes());
        results.put(Figure.SWEEP_STATUS, fleet.rig().writesToApiServer() - before);
    }
}
