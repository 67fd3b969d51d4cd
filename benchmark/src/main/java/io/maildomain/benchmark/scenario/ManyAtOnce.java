package io.maildomain.benchmark.scenario;

import io.maildomain.benchmark.Figure;
import io.maildomain.benchmark.Fleet;
import io.maildomain.benchmark.Laboratory;
import io.maildomain.benchmark.Results;
import io.maildomain.benchmark.Rig;
import io.maildomain.benchmark.Setting;
import java.time.Duration;
import java.time.Instant;

/** 200 zones that are there, with a network in between and no limit: what Terraform and OpenTofu are compared by. */
final class ManyAtOnce implements Scenario {

    private static final int ZONES = 200;
    private static final Duration LATENCY = Duration.ofMillis(50);

    @Override
    public boolean isQuick() {
        return false;
    }

    @Override
    public void play(Laboratory lab, Results results) {
        int zones = Math.min(ZONES, lab.scale().domains());
        try (Rig rig = lab.rig("many-at-once", Setting.unlimited().withLatency(LATENCY), 1)) {
            Fleet.zones(zones).forEach(rig::existingZone);
            Instant applied = Instant.now();
            Fleet.zones(zones).forEach(zone -> rig.apply(rig.tenant().mailDomain(zone, Fleet.RULES)));
            rig.awaitReady(zones, Fleet.patience(zones));
            results.put(Figure.MANY_APPLY, secondsSince(applied));
            rig.awaitQuiet();
            rig.restartOperator();
            rig.awaitOperator();
            Instant ready = Instant.now();
            rig.await(
                    "all are looked at",
                    Fleet.patience(zones),
                    () -> rig.calls().looks(zones) >= zones);
            results.put(Figure.MANY_CHECK, secondsSince(ready));
        }
    }

    private static double secondsSince(Instant start) {
        return Duration.between(start, Instant.now()).toMillis() / 1000.0;
    }
}
