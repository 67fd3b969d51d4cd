package io.maildomain.operator.app;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.maildomain.operator.app.metrics.ProcessMetrics;
import io.maildomain.operator.config.OperatorSettings;
import io.maildomain.operator.kubernetes.events.EventRecorder;
import io.maildomain.operator.kubernetes.leadership.Fence;
import io.maildomain.operator.kubernetes.leadership.Leadership;
import io.maildomain.operator.server.http.HttpEndpoints;
import io.maildomain.operator.server.http.ProbeResult;
import io.maildomain.operator.server.logging.Redactor;
import io.maildomain.operator.statuspage.StyleSheet;
import io.maildomain.operator.statuspage.plan.StatusPage;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running operator around its {@link OperatorRuntime}: HTTP, metrics, Events, election, and the order in which all of it starts and ends. */
final class OperatorProcess {

    private static final Logger LOG = LoggerFactory.getLogger(OperatorProcess.class);

    private final OperatorSettings settings;
    private final Redactor redactor;
    private final ShutdownSequence ending;
    private final AtomicBoolean started = new AtomicBoolean();

    OperatorProcess(OperatorSettings settings, Redactor redactor, ShutdownSequence ending) {
        this.settings = settings;
        this.redactor = redactor;
        this.ending = ending;
    }

    /**
     * Starts everything and returns; what runs, runs on other threads until the process ends.
     *
     * @throws StartFailure in one line
     */
    void start(Config config, OperatorRuntime.Factory factory) {
        String version = ProductVersion.current();
        KubernetesClient client = ending.closing("the Kubernetes client", ClusterAccess.client(config, version));
        KubernetesClient outlines =
                ending.closing("the SDK's Kubernetes client", ClusterAccess.outlines(client.getConfiguration()));
        EventRecorder events = ending.closing(
                "Events",
                new EventRecorder(
                        client, Clock.systemUTC(), settings.leadership().podName()));

        // Election and runtime need each other: the runtime its fence, the election what to start.
        CompletableFuture<OperatorRuntime> runtime = new CompletableFuture<>();
        Optional<Leadership> leadership = leadership(client, runtime);
        PrometheusMeterRegistry meters = ProcessMetrics.registry(
                version, () -> leadership.map(Leadership::isLeader).orElse(true));
        Fence fence = leadership.map(Leadership::fence).orElseGet(Fence::open);
        runtime.complete(factory.create(new OperatorRuntime.Surroundings(
                version, settings, client, outlines, meters, events, fence, redactor, Clock.systemUTC())));
        ending.closing("HTTP", serve(meters, runtime, leadership));
        leadership.ifPresent(election -> ending.closing("the election", election));
        ending.closing("reconciling", runtime.join());

        String ownerId = runtime.join().identify();
        LOG.info("mail-domain-operator {} against {}, owner id {}", version, config.getMasterUrl(), ownerId);
        leadership.ifPresentOrElse(Leadership::start, () -> begin(runtime));
    }

    private Optional<Leadership> leadership(KubernetesClient client, CompletableFuture<OperatorRuntime> runtime) {
        if (!settings.leadership().enabled()) {
            return Optional.empty();
        }
        return Optional.of(new Leadership(
                client,
                settings.leadership(),
                settings.scope().operatorNamespace(),
                settings.cloudflare().callTimeout(),
                new Leadership.Callbacks() {
                    @Override
                    public void elected() {
                        begin(runtime);
                    }

                    @Override
                    public void lost() {
                        ending.failNow();
                    }

                    @Override
                    public void ended() {
                        ending.fail();
                    }
                }));
    }

    private HttpEndpoints serve(
            PrometheusMeterRegistry meters,
            CompletableFuture<OperatorRuntime> runtime,
            Optional<Leadership> leadership) {
        try {
            HttpEndpoints http = HttpEndpoints.start(
                    settings.http().port(),
                    new HttpEndpoints.Sources(
                            () -> liveness(runtime, leadership),
                            () -> readiness(runtime, leadership),
                            meters::scrape,
                            () -> runtime.join().meta(),
                            new HttpEndpoints.Page(
                                    settings.http().statusPage(), () -> page(runtime, leadership), StyleSheet.text())));
            LOG.info("Serving HTTP on port {}", http.port());
            return http;
        } catch (IOException taken) {
            throw new StartFailure(StartFailure.explain(taken), taken);
        }
    }

    /** One that stands by does nothing that could hang but take part in the election. */
    private ProbeResult liveness(CompletableFuture<OperatorRuntime> runtime, Optional<Leadership> leadership) {
        if (ending.hasBegun()) {
            return ProbeResult.pass("ok, stopping");
        }
        if (!leadership.map(Leadership::isAlive).orElse(true)) {
            return ProbeResult.fail("the election has ended");
        }
        return started.get() ? runtime.join().alive() : ProbeResult.pass("ok, " + standing(leadership));
    }

    /** A replica that stands by has read no resource. */
    private UnaryOperator<String> page(CompletableFuture<OperatorRuntime> runtime, Optional<Leadership> leadership) {
        if (started.get() && !ending.hasBegun()) {
            return runtime.join().statusPage();
        }
        String page = pageWithoutResources(
                ProductVersion.current(),
                ending.hasBegun(),
                standsBy(leadership) ? leadership.orElseThrow().leader() : "");
        return query -> page;
    }

    /** @param leader "" where this replica leads, or is about to */
    static String pageWithoutResources(String version, boolean stopping, String leader) {
        if (stopping) {
            return StatusPage.ofStopping(version);
        }
        return leader.isEmpty() ? StatusPage.ofStarting(version) : StatusPage.ofStandingBy(version, leader);
    }

    /** A replica that stands by is ready: a rollout must not wait for it to lead. */
    private ProbeResult readiness(CompletableFuture<OperatorRuntime> runtime, Optional<Leadership> leadership) {
        if (ending.hasBegun()) {
            return ProbeResult.fail("stopping");
        }
        if (started.get()) {
            return runtime.join().readiness();
        }
        return new ProbeResult(standsBy(leadership), standing(leadership));
    }

    private static boolean standsBy(Optional<Leadership> leadership) {
        return leadership
                .map(election -> !election.leader().isEmpty() && !election.isLeader())
                .orElse(false);
    }

    private static String standing(Optional<Leadership> leadership) {
        return standsBy(leadership) ? "standing by, " + leadership.orElseThrow().leader() + " leads" : "starting";
    }

    private void begin(CompletableFuture<OperatorRuntime> runtime) {
        try {
            runtime.join().start();
            started.set(true);
        } catch (RuntimeException failure) {
            if (!ending.hasBegun()) {
                LOG.error("The operator cannot start: {}", StartFailure.explain(failure));
                LOG.debug("The operator cannot start", failure);
                ending.fail();
            }
        }
    }
}
