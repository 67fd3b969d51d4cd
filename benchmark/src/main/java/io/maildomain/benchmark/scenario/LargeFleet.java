package io.maildomain.benchmark.scenario;

import io.maildomain.benchmark.Figure;
import io.maildomain.benchmark.Fleet;
import io.maildomain.benchmark.Laboratory;
import io.maildomain.benchmark.Results;
import io.maildomain.benchmark.Rig;
import io.maildomain.benchmark.Setting;

/** Five times the fleet: what memory the operator takes once all are adopted, and after a restart. */
final class LargeFleet implements Scenario {

    private static final int TIMES = 5;

    @Override
    public boolean isQuick() {
        return false;
    }

    @Override
    public void play(Laboratory lab, Results results) {
        int domains = TIMES * lab.scale().domains();
        try (Rig rig = lab.rig("large-fleet", Setting.unlimited(), 1)) {
            Fleet fleet = Fleet.adopted(rig, domains);
            results.put(Figure.MEMORY_LARGE_ADOPTED, rig.operatorMemory());
            rig.restartOperator();
            rig.awaitOperator();
            fleet.awaitLooks(1);
            rig.awaitQuiet();
            results.put(Figure.MEMORY_LARGE, rig.operatorMemory());
        }
    }
}
