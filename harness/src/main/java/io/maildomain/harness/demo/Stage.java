package io.maildomain.harness.demo;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.maildomain.harness.Chart;
import io.maildomain.harness.ChartRbac;
import io.maildomain.harness.Checkout;
import io.maildomain.harness.KubeApi;
import io.maildomain.harness.OperatorProcess;
import io.maildomain.harness.SimulatorControl;
import io.maildomain.harness.SimulatorProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The parts that the demo is played with, all running.
 *
 * @param files where logs, recording and kubeconfigs are
 */
record Stage(Path files, KubeApi api, SimulatorProcess simulator, OperatorProcess operator) implements AutoCloseable {

    private static final String OPERATOR_NAMESPACE = "mail-system";

    /** Faster than its defaults: no viewer waits ten minutes for a demo. */
    private static final List<String> PACE = List.of(
            "--drift-interval=3s",
            "--retry-base=500ms",
            "--hand-over=0s",
            "--retry-cap=5s",
            "--confirm-pause=1s",
            "--waiting-base=500ms",
            "--waiting-cap=3s",
            "--deploying=true",
            "--log-format=text");

    /** Off in the chart; the ConfigMaps are those of examples/deploy. */
    private static final Map<String, Object> DEPLOYING =
            Map.of("deploying", Map.of("enabled", true, "configMaps", List.of("mailbox-worker", "mailbox-site")));

    private static final Duration START = Duration.ofSeconds(60);

    /**
     * Starts everything, in the order in which it is needed.
     *
     * @throws io.maildomain.harness.HarnessException if a part does not start; those before it are ended
     */
    static Stage set(Checkout checkout, Path files, Screen screen) {
        screen.say("starting a Kubernetes API server …");
        KubeApi api = KubeApi.start(checkout);
        return orEnd(api::close, () -> {
            api.installCrds(checkout.crds());
            screen.say("starting the Cloudflare simulator …");
            SimulatorProcess simulator = SimulatorProcess.start(
                    checkout.simulatorJar(), files.resolve("exchanges.jsonl"), files.resolve("simulator.log"));
            return orEnd(simulator::close, () -> {
                new Preparation(simulator.control()).run();
                screen.say("starting the operator, logged in as the chart's ServiceAccount …");
                return new Stage(files, api, simulator, startOperator(checkout, files, api, simulator));
            });
        });
    }

    /** What comes next; if it fails, the part before it is ended. */
    private static <T> T orEnd(Runnable end, Supplier<T> next) {
        try {
            return next.get();
        } catch (RuntimeException e) {
            end.run();
            throw e;
        }
    }

    private static OperatorProcess startOperator(
            Checkout checkout, Path files, KubeApi api, SimulatorProcess simulator) {
        ChartRbac rbac = ChartRbac.apply(api, new Chart(checkout.chart()), OPERATOR_NAMESPACE, DEPLOYING);
        OperatorProcess operator = OperatorProcess.start(new OperatorProcess.Launch(
                checkout.operatorJar(),
                rbac.kubeconfig().write(files.resolve("operator.kubeconfig")),
                OPERATOR_NAMESPACE,
                simulator.baseUrl(),
                Stream.concat(PACE.stream(), Stream.of("--dns-server=" + simulator.dns()))
                        .toList(),
                files.resolve("operator.log")));
        return orEnd(operator::kill, () -> operator.awaitReady(START));
    }

    KubernetesClient client() {
        return api.client();
    }

    SimulatorControl control() {
        return simulator.control();
    }

    Cloudflare cloudflare() {
        return new Cloudflare(control().state());
    }

    /** Ends everything, the operator first: it is asked to, and must comply. */
    @Override
    public void close() {
        try {
            operator.close();
        } finally {
            simulator.close();
            api.close();
        }
    }
}
