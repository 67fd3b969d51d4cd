package io.maildomain.benchmark.scenario;

import io.maildomain.benchmark.Calls;
import io.maildomain.benchmark.Figure;
import io.maildomain.benchmark.Laboratory;
import io.maildomain.benchmark.Results;
import io.maildomain.benchmark.Rig;
import io.maildomain.benchmark.Setting;
import io.maildomain.benchmark.Tenant;
import java.time.Duration;

/** Many MailDomains of one tenant for a domain that another one has. */
final class Rivals implements Scenario {

    private static final String DOMAIN = "wanted.example";
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @Override
    public void play(Laboratory lab, Results results) {
        int rivals = lab.scale().crowd();
        try (Rig rig = lab.rig("rivals", Setting.hurried(lab.scale().speedup()), 2)) {
            rig.existingZone(DOMAIN);
            rig.apply(rig.tenant(0).mailDomain(DOMAIN, 1));
            rig.awaitReady(1, PATIENCE);
            rig.awaitQuiet();
            Calls calls = rig.callsUntilQuiet(() -> {
                for (int i = 0; i < rivals; i++) {
                    rig.apply(rig.tenant(1).mailDomain("rival-" + i, DOMAIN, 1, Tenant.VERIFIED));
                }
                rig.await("all say Conflict", PATIENCE, () -> rig.saying("Conflict") == rivals);
            });
            results.put(Figure.RIVALS, (double) calls.total() / rivals);
        }
    }
}
