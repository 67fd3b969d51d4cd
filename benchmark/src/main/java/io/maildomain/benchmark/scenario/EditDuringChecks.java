package io.maildomain.benchmark.scenario;

import io.maildomain.benchmark.Figure;
import io.maildomain.benchmark.Fleet;
import io.maildomain.benchmark.Laboratory;
import io.maildomain.benchmark.Results;
import io.maildomain.benchmark.Rig;
import io.maildomain.benchmark.Setting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** While a sweep over the fleet is under way, over a network, and its domains are checked, users change rules: how long until the first write. */
final class EditDuringChecks implements Scenario {

    private static final int EDITS = 50;
    private static final Duration LATENCY = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Override
    public boolean isQuick() {
        return false;
    }

    @Override
    public void play(Laboratory lab, Results results) {
        Fleet fleet = lab.fleet();
        Rig rig = fleet.rig();
        // After the start all are checked: a sweep over a thousand takes eight seconds at that latency, the checks that
        // follow it longer.
        rig.restart(Setting.unlimited().withLatency(LATENCY));
        rig.await("a sweep is under way", PATIENCE, () -> rig.calls().hasBegunToSweep());
        List<Duration> times = new ArrayList<>();
        for (String zone : Fleet.zones(Math.min(EDITS, fleet.domains()))) {
            // Few calls are soon listed: what is asked again and again is not to take the time that is measured.
            rig.clearCalls();
            Instant edited = Instant.now();
            rig.apply(rig.tenant().mailDomain(zone, Fleet.RULES).replaceFirst("forwardTo: [^}]*", "drop: true"));
            rig.await("a write", PATIENCE, () -> rig.calls().writes() > 0);
            times.add(Duration.between(edited, Instant.now()));
        }
        Collections.sort(times);
        results.put(
                Figure.EDIT_TIME,
                times.get((int) Math.ceil(times.size() * 0.99) - 1).toMillis() / 1000.0);
    }
}
