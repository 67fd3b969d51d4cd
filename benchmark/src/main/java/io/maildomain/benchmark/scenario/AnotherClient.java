package io.maildomain.benchmark.scenario;

import io.maildomain.benchmark.BusyClient;
import io.maildomain.benchmark.Figure;
import io.maildomain.benchmark.Fleet;
import io.maildomain.benchmark.Laboratory;
import io.maildomain.benchmark.Results;
import io.maildomain.benchmark.Setting;

/** Another client of the same Cloudflare user burns the budget again and again: how often does the operator run into its refusal? */
final class AnotherClient implements Scenario {

    @Override
    public void play(Laboratory lab, Results results) {
        Fleet fleet = lab.fleet();
        Setting budget = lab.scale().budget();
        fleet.rig().restart(budget);
        fleet.rig().clearCalls();
        BusyClient.burn(fleet.rig(), budget.window().multipliedBy(lab.scale().windows()));
        results.put(
                Figure.BURNED,
                (double) fleet.rig().calls().refused() / lab.scale().windows());
    }
}
