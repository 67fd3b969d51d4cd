package io.maildomain.benchmark.scenario;

import io.maildomain.benchmark.Calls;
import io.maildomain.benchmark.Figure;
import io.maildomain.benchmark.Fleet;
import io.maildomain.benchmark.Laboratory;
import io.maildomain.benchmark.Results;
import io.maildomain.benchmark.Rig;
import io.maildomain.benchmark.Setting;
import java.time.Duration;
import java.time.Instant;

/**
 * As many domains as five thousand are to Cloudflare's budget are looked at after a restart, and again and again: how many calls a look
 * takes, and how long it takes until each has been looked at.
 */
final class FiveThousand implements Scenario {

    /** More than that many windows, and it does not come to an end. */
    private static final int PATIENCE = 12;

    @Override
    public void play(Laboratory lab, Results results) {
        Fleet fleet = lab.fleet();
        Rig rig = fleet.rig();
        Setting budget = lab.scale().budgetOfFiveThousand();
        rig.restart(budget);
        Instant ready = Instant.now();
        Duration patience = budget.window().multipliedBy(PATIENCE);
        long writes = rig.writesToApiServer();
        rig.await("each is looked at", patience, () -> rig.calls().looks(fleet.domains()) >= fleet.domains());
        results.put(
                Figure.FIVE_THOUSAND_TIME,
                Duration.between(ready, Instant.now()).toMillis()
                        / (double) budget.window().toMillis());
        // The second round is a check, for which the budget has a quarter: it takes its time.
        int rounds = lab.scale().quick() ? 1 : 2;
        rig.await(
                rounds + " looks at each",
                patience,
                () -> rig.calls().looks(fleet.domains()) >= (double) rounds * fleet.domains());
        Calls calls = rig.calls();
        results.put(Figure.FIVE_THOUSAND_CALLS, calls.total() / calls.looks(fleet.domains()));
        results.put(Figure.FIVE_THOUSAND_REFUSED, calls.refused());
        results.put(Figure.FIVE_THOUSAND_STATUS, rig.writesToApiServer() - writes);
    }
}
