package io.maildomain.benchmark.scenario;

import io.maildomain.benchmark.Figure;
import io.maildomain.benchmark.Laboratory;
import io.maildomain.benchmark.Results;
import io.maildomain.benchmark.Rig;
import io.maildomain.benchmark.Scale;
import io.maildomain.benchmark.Tenant;
import io.maildomain.benchmark.Wait;
import java.time.Duration;
import java.time.Instant;

/**
 * One tenant has many rules to an unverified destination, another one many rivals for a domain that it does not get; a third one applies an
 * ordinary domain, under a budget. What is measured is compared with the same domain where there is no other tenant.
 */
final class Crowded implements Scenario {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Override
    public void play(Laboratory lab, Results results) {
        try (Rig rig = lab.rig("crowded", lab.scale().budget(), 3)) {
            Tenant ordinary = rig.tenant(2);
            rig.existingZone("first.example");
            rig.existingZone("by-itself.example");
            rig.existingZone("crowded.example");
            Duration patience = rig.setting().window().multipliedBy(lab.scale().windows());
            // What a process does for the first time takes longer.
            ordinaryDomain(rig, ordinary, "first.example", PATIENCE);
            Cost byItself = ordinaryDomain(rig, ordinary, "by-itself.example", PATIENCE);
            crowd(rig, lab.scale());
            Cost crowded = ordinaryDomain(rig, ordinary, "crowded.example", patience);
            results.put(Figure.CROWDED_CALLS, (double) crowded.calls() / byItself.calls());
            results.put(
                    Figure.CROWDED_TIME,
                    (double) crowded.time().toMillis() / byItself.time().toMillis());
        }
    }

    /** Returns once both tenants have been looked at. */
    private static void crowd(Rig rig, Scale scale) {
        rig.existingZone("unverified.example");
        rig.existingZone("wanted.example");
        rig.clearCalls();
        rig.apply(rig.tenant(2).mailDomain("wanted.example", 1));
        rig.apply(rig.tenant(0).mailDomain("unverified", "unverified.example", scale.crowd(), Tenant.UNVERIFIED));
        for (int i = 0; i < scale.crowd(); i++) {
            rig.apply(rig.tenant(1).mailDomain("rival-" + i, "wanted.example", 1, Tenant.VERIFIED));
        }
        rig.await(
                "all rivals but one have lost, and the rules wait",
                PATIENCE,
                () -> rig.saying("Conflict") >= scale.crowd() && rig.saying("DestinationUnverified") >= 1);
    }

    /** What it takes until it is Ready, after a rest in which what was spent before of a burst has come back. */
    private static Cost ordinaryDomain(Rig rig, Tenant tenant, String domain, Duration patience) {
        Wait.out(rig.setting().window().dividedBy(2));
        rig.clearCalls();
        Instant start = Instant.now();
        rig.apply(tenant.mailDomain(domain, 5));
        rig.await(domain + " is Ready", patience, () -> rig.readySince(tenant, Tenant.name(domain))
                .isPresent());
        return new Cost(rig.calls().total(), Duration.between(start, Instant.now()));
    }

    /**
     * What a domain cost.
     *
     * @param calls of all tenants, meanwhile
     */
    private record Cost(long calls, Duration time) {}
}
