package io.maildomain.benchmark.scenario;

import io.maildomain.benchmark.Figure;
import io.maildomain.benchmark.Laboratory;
import io.maildomain.benchmark.Results;
import io.maildomain.benchmark.Rig;
import io.maildomain.benchmark.Setting;
import io.maildomain.benchmark.Tenant;
import java.time.Duration;

/** A zone of another user is adopted with 5 rules; then one of these is changed. */
final class ExistingZone implements Scenario {

    private static final String DOMAIN = "existing.example";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Override
    public void play(Laboratory lab, Results results) {
        try (Rig rig = lab.rig("existing-zone", Setting.unlimited(), 1)) {
            Tenant tenant = rig.tenant();
            rig.existingZone(DOMAIN);
            String manifest = tenant.mailDomain(DOMAIN, 5);
            results.put(Figure.ADOPTED_ZONE, callsUntilReady(rig, manifest));
            String changed = manifest.replaceFirst("forwardTo: [^}]*", "drop: true");
            results.put(Figure.ONE_RULE, callsUntilReady(rig, changed));
        }
    }

    private static long callsUntilReady(Rig rig, String manifest) {
        return rig.callsUntilQuiet(() -> {
                    rig.apply(manifest);
                    rig.awaitReady(1, PATIENCE);
                })
                .total();
    }
}
