package io.maildomain.harness.image;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.maildomain.harness.Chart;
import io.maildomain.harness.ChartRbac;
import io.maildomain.harness.Checkout;
import io.maildomain.harness.HarnessException;
import io.maildomain.harness.KubeApi;
import io.maildomain.harness.OperatorImage;
import io.maildomain.harness.SimulatorControl;
import io.maildomain.harness.SimulatorProcess;
import io.maildomain.harness.TestAccount;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What stands around a container of the image: API server, simulator, the chart's identity and environment.
 *
 * @param files where logs are
 * @param tmp the container's {@code /tmp}
 * @param account what a kubelet mounts of the ServiceAccount; holds a token
 */
record ImageStage(
        KubeApi api, SimulatorProcess simulator, Path files, Path tmp, Path account, Map<String, String> environment)
        implements AutoCloseable {

    static final String NAMESPACE = "mail";
    private static final String OPERATOR = "mail-system";
    private static final String TOKEN = "image-token-with-the-three-runtime-rights-00";

    /** Shorter waits than people get. */
    private static final Map<String, String> PACE = Map.of(
            "MAILDOMAIN_RETRY_BASE", "100ms",
            "MAILDOMAIN_WAITING_BASE", "100ms",
            "MAILDOMAIN_WAITING_CAP", "1s",
            "MAILDOMAIN_CONFIRM_PAUSE", "200ms");

    /** Starts everything but the container. */
    static ImageStage set(Checkout checkout, Path files) throws IOException {
        KubeApi api = KubeApi.start(checkout);
        api.installCrds(checkout.crds());
        SimulatorProcess simulator = SimulatorProcess.start(
                checkout.simulatorJar(), files.resolve("exchanges.jsonl"), files.resolve("simulator.log"));
        SimulatorControl control = simulator.control();
        control.putToken("runtime", TOKEN, SimulatorControl.RUNTIME_RIGHTS);
        control.putWorker("mailbox-worker");
        control.putAddress("team@corp.example", true);
        Chart chart = new Chart(checkout.chart());
        Map<String, Object> values = Map.of("driftInterval", "10s", "handOver", "0s", "ownerId", "image");
        ChartRbac rbac = ChartRbac.apply(api, chart, OPERATOR, values);
        TestAccount account = new TestAccount(api.client(), OPERATOR);
        account.putSecret(Map.of("CLOUDFLARE_API_TOKEN", TOKEN, "CLOUDFLARE_ACCOUNT_ID", SimulatorControl.ACCOUNT_ID));
        ShortLife.apply(api.client(), "apiVersion: v1\nkind: Namespace\nmetadata: {name: " + NAMESPACE + "}");
        ShortLife.apply(api.client(), account.yaml(NAMESPACE));
        Map<String, String> environment = new LinkedHashMap<>();
        Container container = chart.container(api.client(), OPERATOR, values);
        container.getEnv().forEach(variable -> environment.put(variable.getName(), value(variable)));
        environment.putAll(PACE);
        environment.put("MAILDOMAIN_HTTP_PORT", "0");
        environment.put(
                "MAILDOMAIN_CLOUDFLARE_API_BASE_URL", simulator.baseUrl().toString());
        environment.put("MAILDOMAIN_DNS_SERVER", simulator.dns());
        URI server = URI.create(api.config().getMasterUrl());
        environment.put("KUBERNETES_SERVICE_HOST", server.getHost());
        environment.put("KUBERNETES_SERVICE_PORT", String.valueOf(server.getPort()));
        // A container's memory, which only a control group could tell the JVM otherwise.
        String memory = container
                .getResources()
                .getLimits()
                .get("memory")
                .getNumericalAmount()
                .toBigInteger()
                .toString();
        environment.merge("JAVA_TOOL_OPTIONS", "-XX:MaxRAM=" + memory, (theirs, ours) -> ours + " " + theirs);
        Path folder = Files.createTempDirectory("maildomain-image-");
        Path tmp = open(Files.createDirectory(folder.resolve("tmp")), "rwxrwxrwx");
        Path mounted = open(Files.createDirectory(folder.resolve("account")), "rwxr-xr-x");
        write(mounted.resolve("token"), rbac.kubeconfig().config().getAutoOAuthToken());
        write(mounted.resolve("ca.crt"), Files.readString(Path.of(api.config().getCaCertFile())));
        write(mounted.resolve("namespace"), OPERATOR);
        return new ImageStage(api, simulator, files, tmp, mounted, environment);
    }

    private static String value(EnvVar variable) {
        if (variable.getValue() != null) {
            return variable.getValue();
        }
        String path = variable.getValueFrom().getFieldRef().getFieldPath();
        return switch (path) {
            case "metadata.namespace" -> OPERATOR;
            case "metadata.name" -> "mail-domain-operator-0";
            default -> throw new HarnessException("a Pod's field that no test knows: " + path);
        };
    }

    private static Path open(Path file, String rights) throws IOException {
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
    }

    private static void write(Path file, String text) throws IOException {
        open(Files.writeString(file, text), "rw-r--r--");
        file.toFile().deleteOnExit();
    }

    /** A container with the chart's environment, and {@code run}. */
    OperatorImage.Container container(String log) {
        return container(log, Map.of());
    }

    /** The same with more variables. */
    OperatorImage.Container container(String log, Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(environment);
        all.putAll(more);
        return new OperatorImage.Container(all, List.of("run"), tmp, account, files.resolve(log));
    }

    @Override
    public void close() {
        simulator.close();
        api.close();
    }
}
