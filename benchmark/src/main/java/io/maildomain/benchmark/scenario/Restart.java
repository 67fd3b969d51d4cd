package io.maildomain.benchmark.scenario;

import io.maildomain.benchmark.Calls;
import io.maildomain.benchmark.Figure;
import io.maildomain.benchmark.Fleet;
import io.maildomain.benchmark.Laboratory;
import io.maildomain.benchmark.Results;
import io.maildomain.benchmark.Rig;
import io.maildomain.benchmark.Setting;

/** The operator is started again where all domains are healthy: what it costs until all of them are looked at. */
final class Restart implements Scenario {

    @Override
    public void play(Laboratory lab, Results results) {
        Fleet fleet = lab.fleet();
        Rig rig = fleet.rig();
        rig.restart(Setting.unlimited());
        fleet.awaitLooks(1);
        rig.awaitQuiet();
        long before = rig.writesToApiServer();
        rig.restartOperator();
        fleet.awaitLooks(1);
        rig.awaitQuiet();
        Calls calls = rig.calls();
        results.put(Figure.RESTART_CALLS, (double) calls.total() / fleet.domains());
        results.put(Figure.RESTART_WRITES, calls.writes());
        results.put(Figure.RESTART_STATUS, rig.writesToApiServer() - before);
    }
}
