package io.maildomain.operator.controller.mailworker;

import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.api.v1alpha1.MailWorkerSpec;
import io.maildomain.api.v1alpha1.MailWorkerStatus;
import io.maildomain.api.v1alpha1.WorkerOwnership;
import io.maildomain.operator.cloudflare.Egress;
import io.maildomain.operator.cloudflare.HttpVersionProbe;
import io.maildomain.operator.cloudflare.deploy.VersionProbe;
import io.maildomain.operator.controller.deploy.DeployScenario;
import io.maildomain.operator.fixture.FakeEnvironment;
import io.maildomain.operator.kubernetes.informers.MemoryCluster;
import io.maildomain.operator.ownership.MemoryStore;
import io.maildomain.simulator.SimulatorOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** MailWorkers, and the MailDomains and CatchAllRules that name their Workers. */
final class WorkerScenario extends DeployScenario<MailWorker, MailWorkerSpec, MailWorkerStatus> {

    static final String SCRIPT = "mailbox-worker";
    static final String HOST = "api.example.com";

    final List<MailDomain> domains;
    final List<CatchAllRule> rules;

    /** What a test does with each probe besides asking it. */
    UnaryOperator<VersionProbe> aroundProbe = probe -> probe;

    /** Runs each probe. */
    Consumer<Runnable> probes = Runnable::run;

    private MailWorkerReconciler controller;

    WorkerScenario() {
        this(SimulatorOptions.defaults());
    }

    /** The same, with every call written to a file. */
    static WorkerScenario recordedTo(Path file) {
        return new WorkerScenario(SimulatorOptions.defaults().withRecording(file));
    }

    private WorkerScenario(SimulatorOptions options) {
        this(options, MemoryStore.ofMailWorkers(), new ArrayList<>(), new ArrayList<>());
    }

    private WorkerScenario(
            SimulatorOptions options,
            MemoryStore<MailWorker, MailWorkerSpec, MailWorkerStatus> store,
            List<MailDomain> domains,
            List<CatchAllRule> rules) {
        super(options, store, new MemoryCluster(() -> domains, () -> rules, store::all), MailWorker::new, "mailbox");
        this.domains = domains;
        this.rules = rules;
        starts();
    }

    /** The operator starts: what was in memory is gone. */
    void starts() {
        controller = new MailWorkerReconciler(
                parts(),
                new MailWorkerServices(
                        credentials(),
                        reader(),
                        turns,
                        cluster,
                        new WorkerUsers(cluster, woken::add),
                        new WorkerProbes(probe(), (namespace, asking) -> probes.accept(asking), woken::add),
                        told::add,
                        FakeEnvironment.MARK,
                        clock));
    }

    private VersionProbe probe() {
        VersionProbe asked =
                new HttpVersionProbe(Egress.usual(), Duration.ofSeconds(5), "worker-scenario", simulator.baseUri());
        return question -> aroundProbe.apply(asked).ask(question);
    }

    @Override
    public MailWorkerReconciler controller() {
        return controller;
    }

    /** Applies a MailWorker of the operator's namespace; JSON with ticks for quotes, without script, source and date. */
    MailWorker worker(String name, String more) {
        return worker(FakeEnvironment.OPERATOR_NAMESPACE, name, more);
    }

    MailWorker worker(String namespace, String name, String more) {
        return apply(
                namespace,
                name,
                read(
                        "{'script':'" + SCRIPT
                                + "','compatibilityDate':'2026-04-01','source':{'configMap':{'name':'mailbox'}}"
                                + (more.isEmpty() ? "" : "," + more) + "}",
                        MailWorkerSpec.class));
    }

    WorkerOwnership ownership(MailWorker worker) {
        return WorkerOwnershipSession.ownershipOf(live(worker));
    }
}
