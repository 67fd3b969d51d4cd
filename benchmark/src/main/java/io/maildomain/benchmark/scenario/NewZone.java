package io.maildomain.benchmark.scenario;

import io.maildomain.benchmark.Calls;
import io.maildomain.benchmark.Figure;
import io.maildomain.benchmark.Laboratory;
import io.maildomain.benchmark.Results;
import io.maildomain.benchmark.Rig;
import io.maildomain.benchmark.Setting;
import io.maildomain.harness.HarnessException;
import java.time.Duration;

/** A domain without a zone: it is created, the registrar acts at once, and domain and catch-all become Ready. */
final class NewZone implements Scenario {

    private static final String DOMAIN = "new.example";

    @Override
    public void play(Laboratory lab, Results results) {
        try (Rig rig = lab.rig("new-zone", Setting.unlimited(), 1)) {
            Calls calls = rig.callsUntilQuiet(() -> {
                rig.apply(rig.tenant().mailDomain(DOMAIN, 5));
                rig.apply(rig.tenant().catchAll(DOMAIN));
                rig.await("the zone is created", Duration.ofSeconds(30), () -> activated(rig));
                rig.awaitReady(2, Duration.ofSeconds(60));
            });
            results.put(Figure.NEW_ZONE, calls.total());
        }
    }

    private static boolean activated(Rig rig) {
        try {
            rig.control().activate(DOMAIN);
            return true;
        } catch (HarnessException notYetThere) {
            return false;
        }
    }
}
