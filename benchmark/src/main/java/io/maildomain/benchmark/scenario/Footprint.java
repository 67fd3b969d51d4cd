package io.maildomain.benchmark.scenario;

import io.maildomain.benchmark.Figure;
import io.maildomain.benchmark.Laboratory;
import io.maildomain.benchmark.Results;
import io.maildomain.benchmark.Rig;
import io.maildomain.benchmark.Setting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The process by itself: how fast it is ready, and what memory it takes with the chart's options, without and with domains. */
final class Footprint implements Scenario {

    private static final int STARTS = 5;

    @Override
    public boolean isQuick() {
        return false;
    }

    @Override
    public void play(Laboratory lab, Results results) {
        try (Rig rig = lab.rig("footprint", Setting.unlimited(), 1)) {
            rig.awaitQuiet();
            results.put(Figure.MEMORY_IDLE, rig.operatorMemory());
            results.put(Figure.START_TIME, medianStart(rig));
        }
        Rig fleet = lab.fleet().rig();
        fleet.restart(Setting.unlimited());
        lab.fleet().awaitLooks(1);
        fleet.awaitQuiet();
        results.put(Figure.MEMORY_FLEET, fleet.operatorMemory());
    }

    private static double medianStart(Rig rig) {
        List<Duration> starts = new ArrayList<>();
        for (int i = 0; i < STARTS; i++) {
            Instant start = Instant.now();
            rig.restartOperator();
            rig.awaitOperator();
            starts.add(Duration.between(start, Instant.now()));
        }
        Collections.sort(starts);
        return starts.get(STARTS / 2).toMillis() / 1000.0;
    }
}
