package io.maildomain.benchmark.scenario;

import io.maildomain.benchmark.Calls;
import io.maildomain.benchmark.Figure;
import io.maildomain.benchmark.Fleet;
import io.maildomain.benchmark.Laboratory;
import io.maildomain.benchmark.Results;
import io.maildomain.benchmark.Rig;
import io.maildomain.benchmark.Setting;
import io.maildomain.benchmark.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Many domains are applied at once, and the budget is far too small for all of them: is a call ever wasted, or refused? */
final class NewUnderBudget implements Scenario {

    /** More than that many windows' worth of calls, and it does not come to an end. */
    private static final int PATIENCE = 4;

    @Override
    public void play(Laboratory lab, Results results) {
        Calls free = lab.fleet().adoption();
        double aDomainFree = (double) free.total() / lab.fleet().domains();
        int domains = lab.scale().newDomains();
        Setting budget = lab.scale().budget();
        Duration ideal = budget.window().multipliedBy((long) Math.ceil(domains * aDomainFree / budget.usable()));
        try (Rig rig = lab.rig("new-under-budget", budget, 1)) {
            Fleet.zones(domains).forEach(rig::existingZone);
            rig.clearCalls();
            Map<String, Instant> applied = new LinkedHashMap<>();
            for (String zone : Fleet.zones(domains)) {
                rig.apply(rig.tenant().mailDomain(zone, Fleet.RULES));
                applied.put(Tenant.name(zone), Instant.now());
            }
            rig.awaitReady(domains, ideal.multipliedBy(PATIENCE).plusMinutes(1));
            Calls calls = rig.calls();
            results.put(Figure.BUDGET_CALLS, calls.total() / (double) domains / aDomainFree);
            results.put(Figure.BUDGET_REFUSED, calls.refused());
            double windows = calls.intervals().size() / (double) budget.window().toSeconds();
            results.put(Figure.BUDGET_SHARE, calls.total() / (windows * budget.usable()));
            results.putCallsOverTime(budget, calls.intervals());
            results.putReadyAfter(applied.entrySet().stream()
                    .map(one -> Duration.between(
                            one.getValue(),
                            rig.readySince(rig.tenant(), one.getKey()).orElseThrow()))
                    .toList());
        }
    }
}
