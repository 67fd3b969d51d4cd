package io.maildomain.harness.demo;

import static io.maildomain.harness.Dashboard.forward;
import static io.maildomain.harness.Dashboard.worker;

import io.maildomain.harness.Dashboard;
import io.maildomain.harness.SimulatorControl;
import java.util.List;

/** Brings the simulator into the state that {@code examples/README.md} describes: what people did before we came. */
record Preparation(SimulatorControl control) {

    /** What the simulator calls the operator's token. */
    static final String RUNTIME = "runtime";

    /** The value that the examples' Secret has under its runtime key. */
    private static final String RUNTIME_TOKEN = "simulator-runtime-token-three-rights-only-0000";

    /** What the simulator calls the token that deploys. */
    static final String DEPLOY = "deploy";

    private static final String DEPLOY_TOKEN = "simulator-deploy-token-for-deployments-0000000";
    private static final String WORKER_OF_OTHERS = "invoices-worker";
    private static final String SETTLED = "settled.example";

    void run() {
        control.putToken(RUNTIME, RUNTIME_TOKEN, SimulatorControl.RUNTIME_RIGHTS);
        control.putToken(DEPLOY, DEPLOY_TOKEN, SimulatorControl.DEPLOY_RIGHTS);
        control.putWorker(WORKER_OF_OTHERS);
        control.putDatabase("mail-db");
        control.putBucket("mail-bucket");
        Dashboard dashboard = control.dashboard();
        for (String verified : List.of("team@corp.example", "admin@corp.example", "archive@corp.example")) {
            dashboard.addAddress(verified);
            control.verify(verified);
        }
        dashboard.addAddress("newcomer@corp.example");
        settle(dashboard);
        control.clearCalls();
    }

    private void settle(Dashboard dashboard) {
        String zone = dashboard.createZone(SETTLED);
        control.activate(SETTLED);
        dashboard.enableRouting(zone);
        dashboard.createRule(zone, "postmaster", "postmaster@" + SETTLED, forward("admin@corp.example"));
        dashboard.createRule(zone, "invoices", "invoices@" + SETTLED, worker(WORKER_OF_OTHERS));
        dashboard.setCatchAll(zone, "archive", forward("archive@corp.example"));
    }
}
