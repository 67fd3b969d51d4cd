package io.maildomain.benchmark.scenario;

import io.maildomain.benchmark.Figure;
import io.maildomain.benchmark.Laboratory;
import io.maildomain.benchmark.Results;
import io.maildomain.benchmark.Rig;
import io.maildomain.benchmark.Setting;
import io.maildomain.benchmark.Tenant;
import java.time.Duration;

/** A domain whose rules all forward to a destination whose owner has not clicked the link yet: what a retry costs. */
final class Unverified implements Scenario {

    private static final String CREATE_RULE = "POST /zones/{zone_id}/email/routing/rules";
    private static final String DOMAIN = "unverified.example";
    private static final int LOOKS = 4;

    @Override
    public void play(Laboratory lab, Results results) {
        try (Rig rig = lab.rig("unverified", Setting.hurried(lab.scale().speedup()), 1)) {
            rig.existingZone(DOMAIN);
            rig.clearCalls();
            rig.apply(rig.tenant()
                    .mailDomain(Tenant.name(DOMAIN), DOMAIN, lab.scale().crowd(), Tenant.UNVERIFIED));
            rig.await(LOOKS + " looks", Duration.ofMinutes(3), () -> rig.calls().looks(1) > LOOKS);
            results.put(
                    Figure.UNVERIFIED, rig.calls().of(CREATE_RULE) / rig.calls().looks(1));
        }
    }
}
