package io.maildomain.benchmark.scenario;

import io.maildomain.benchmark.Figure;
import io.maildomain.benchmark.Fleet;
import io.maildomain.benchmark.Laboratory;
import io.maildomain.benchmark.Pace;
import io.maildomain.benchmark.Results;
import io.maildomain.benchmark.Rig;
import io.maildomain.benchmark.Setting;
import io.maildomain.benchmark.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Cloudflare cannot be reached for an hour, or others leave nothing of the budget for so long: an hour is six drift intervals. Is it
 * said, and once; does what was Ready stay Ready; and what does it cost to be up to date again?
 */
final class Outage implements Scenario {

    /** An hour of intervals of ten minutes. */
    private static final int INTERVALS = 6;

    private static final String AGE = "maildomain_sweep_age_seconds";
    private static final Map<String, ?> UNREACHABLE = Map.of("reset", "before");
    private static final Map<String, ?> USED_UP = Map.of("status", 429, "headers", Map.of("Retry-After", "1"));

    @Override
    public void play(Laboratory lab, Results results) {
        Fleet fleet = lab.fleet();
        int speedup = lab.scale().speedupOfOutage();
        Duration interval = Pace.DRIFT.dividedBy(speedup);
        fleet.rig().restart(Setting.hurried(speedup));
        fleet.awaitLooks(1);
        Gone unreachable = gone(fleet, interval, UNREACHABLE);
        results.put(Figure.OUTAGE_SAID, unreachable.saidAfter());
        results.put(Figure.OUTAGE_LINES, unreachable.lines());
        results.put(Figure.OUTAGE_METRIC, unreachable.age());
        results.put(Figure.OUTAGE_READY, unreachable.notReady());
        results.put(Figure.OUTAGE_STATUS, unreachable.writes());
        results.put(Figure.OUTAGE_CALLS, unreachable.calls());
        results.put(Figure.OUTAGE_AFTER, callsUntilLookedAt(fleet));
        if (lab.scale().quick()) {
            return;
        }
        Gone usedUp = gone(fleet, interval, USED_UP);
        results.put(Figure.USED_UP_SAID, usedUp.saidAfter());
        results.put(Figure.USED_UP_CALLS, usedUp.calls());
    }

    /**
     * What was seen.
     *
     * @param saidAfter intervals until the log said that what is known is old
     * @param age that the metric gave in the end, of the time that was gone; 0: there was no such metric
     * @param calls that were tried, in an interval
     */
    private record Gone(double saidAfter, int lines, double age, long notReady, long writes, double calls) {}

    private static Gone gone(Fleet fleet, Duration interval, Map<String, ?> fault) {
        Rig rig = fleet.rig();
        int before = rig.warnings().size();
        long writes = rig.writesToApiServer();
        rig.clearCalls();
        rig.breakDown(fault);
        Instant start = Instant.now();
        Duration hour = interval.multipliedBy(INTERVALS);
        rig.await("a warning", hour, () -> rig.warnings().size() > before);
        double saidAfter = share(Duration.between(start, Instant.now()), interval);
        Wait.out(hour.minus(Duration.between(start, Instant.now())));
        double age = rig.metric(AGE)
                / Math.max(1, Duration.between(start, Instant.now()).toSeconds());
        long notReady = fleet.domains() - rig.ready();
        long calls = rig.calls().total();
        rig.repair();
        return new Gone(
                saidAfter,
                rig.warnings().size() - before,
                Double.isNaN(age) ? 0 : age,
                notReady,
                rig.writesToApiServer() - writes,
                calls / (double) INTERVALS);
    }

    private static double share(Duration part, Duration whole) {
        return part.toMillis() / (double) whole.toMillis();
    }

    private static double callsUntilLookedAt(Fleet fleet) {
        fleet.rig().clearCalls();
        fleet.awaitLooks(1);
        return fleet.rig().calls().total() / (double) fleet.domains();
    }
}
