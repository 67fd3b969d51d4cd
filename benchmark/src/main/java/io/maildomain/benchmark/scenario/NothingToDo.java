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

    private static final Duration INTERVAL = Duration.ofSeconds(4);

    /** Of each domain. */
    private static final int CHECKS = 3;

    @Override
    public void play(Laboratory lab, Results results) {
        Fleet fleet = lab.fleet();
        fleet.rig().restart(Setting.unlimited().with("--drift-interval=" + INTERVAL.toSeconds() + "s"));
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
