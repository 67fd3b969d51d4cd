package io.maildomain.harness;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * For one integration test: two fresh namespaces on the {@linkplain KubeApi#shared() shared} API server, a fresh
 * simulator, a runtime token with exactly the runtime rights, a {@code CloudflareAccount} that lets the test's namespace
 * do everything, and the operator's jar as a process under the chart's RBAC. All of it is gone after the test.
 *
 * <pre>{@code
 * @RegisterExtension
 * final Rig rig = Rig.withOptions("--drift-interval=1s");
 * }</pre>
 */
public final class Rig implements BeforeEachCallback, AfterEachCallback {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final String API_VERSION = "maildomain.io/v1alpha1";
    private static final List<String> KINDS = List.of("CatchAllRule", "MailDomain", "CloudflareAccount");
    private static final Duration START = Duration.ofSeconds(60);

    /** So that no test waits for what people would wait for. */
    private static final List<String> PACE = List.of(
            "--retry-base=100ms",
            "--retry-cap=2s",
            "--waiting-base=100ms",
            "--waiting-cap=1s",
            "--window=10s",
            "--log-format=text");

    /** Cloudflare's limit, thirty times as fast: drift checks take at most a quarter of it. */
    private static final String RATE_LIMIT = "--rate-limit=1200/10s";

    private final List<String> options;
    private KubeApi api;
    private SimulatorProcess simulator;
    private OperatorProcess operator;
    private OperatorProcess.Launch launch;
    private String namespace;
    private String operatorNamespace;
    private String token;

    private Rig(List<String> options) {
        this.options = options;
    }

    /** The operator runs with these flags of {@code run} beside those that make it quick. */
    public static Rig withOptions(String... options) {
        return new Rig(List.of(options));
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        Checkout checkout = Checkout.find();
        int number = COUNT.incrementAndGet();
        String name = context.getRequiredTestClass().getSimpleName() + "-" + number;
        api = KubeApi.shared();
        namespace = api.createNamespace("mail");
        operatorNamespace = api.createNamespace("operator");
        token = "rig-token-with-the-three-runtime-rights-" + number;
        simulator = SimulatorProcess.start(
                checkout.simulatorJar(),
                Path.of("target/recordings", name + ".jsonl"),
                Path.of("target/rig", name + ".simulator.log"),
                RATE_LIMIT);
        control().putToken("runtime", token, SimulatorControl.RUNTIME_RIGHTS);
        putSecret(Map.of("CLOUDFLARE_API_TOKEN", token, "CLOUDFLARE_ACCOUNT_ID", SimulatorControl.ACCOUNT_ID));
        apply(accountYaml());
        Path files = Path.of("target/rig").toAbsolutePath();
        ChartRbac rbac = ChartRbac.apply(
                api, new Chart(checkout.chart()), operatorNamespace, Map.of("watchNamespaces", List.of(namespace)));
        List<String> flags = new ArrayList<>(PACE);
        flags.add("--watch-namespaces=" + namespace);
        flags.add("--owner-id=" + operatorNamespace);
        flags.addAll(options);
        launch = new OperatorProcess.Launch(
                checkout.operatorJar(),
                rbac.kubeconfig().write(files.resolve(name + ".kubeconfig")),
                operatorNamespace,
                simulator.baseUrl(),
                flags,
                files.resolve(name + ".operator.log"));
        restartOperator();
    }

    private String accountYaml() {
        return """
                apiVersion: maildomain.io/v1alpha1
                kind: CloudflareAccount
                metadata: {name: %1$s}
                spec:
                  secretRef: {namespace: %2$s, name: cloudflare-tokens}
                  access:
                  - namespaces: {matchLabels: {kubernetes.io/metadata.name: %3$s}}
                    domains: ["*"]
                    createZones: true
                    workers: ["*"]
                    forwardTo: ["*"]
                """.formatted(account(), operatorNamespace, namespace);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (operator != null) {
            if (context.getExecutionException().isPresent()) {
                System.err.println("--- the end of the operator's log:\n" + operator.lastWords());
            }
            operator.kill();
        }
        if (simulator != null) {
            simulator.close();
        }
        if (api != null) {
            KINDS.forEach(this::forget);
        }
    }

    /** Takes away what no operator will finish any more: later tests share the server. */
    private void forget(String kind) {
        for (GenericKubernetesResource resource : client().genericKubernetesResources(API_VERSION, kind)
                .inAnyNamespace()
                .list()
                .getItems()) {
            String home = resource.getMetadata().getNamespace();
            if (namespace.equals(home)
                    || account().equals(resource.getMetadata().getName())) {
                client().resource(resource).edit(r -> {
                    r.getMetadata().setFinalizers(List.of());
                    return r;
                });
                client().resource(resource).delete();
            }
        }
    }

    /** Starts the operator, after ending it at once if it runs, and waits until it is ready. */
    public void restartOperator() {
        if (operator != null) {
            operator.kill();
        }
        operator = OperatorProcess.start(launch);
        operator.awaitReady(START);
    }

    /** Applies one manifest as {@code kubectl apply --server-side} does. */
    public GenericKubernetesResource apply(String yaml) {
        GenericKubernetesResource resource = Serialization.unmarshal(yaml, GenericKubernetesResource.class);
        return client().resource(resource).fieldManager("test").forceConflicts().serverSideApply();
    }

    /** Writes the Secret that the account points to. */
    public void putSecret(Map<String, String> data) {
        client().resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("cloudflare-tokens")
                        .withNamespace(operatorNamespace)
                        .endMetadata()
                        .withData(encoded(data))
                        .build())
                .forceConflicts()
                .serverSideApply();
    }

    private static Map<String, String> encoded(Map<String, String> data) {
        Map<String, String> encoded = new HashMap<>();
        data.forEach((key, value) ->
                encoded.put(key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
        return encoded;
    }

    /** A client that may do everything. */
    public KubernetesClient client() {
        return api.client();
    }

    /** Where the test's MailDomains belong; the operator watches it alone. */
    public String namespace() {
        return namespace;
    }

    /** Where the Secret {@code cloudflare-tokens} is. */
    public String operatorNamespace() {
        return operatorNamespace;
    }

    /** The name of the CloudflareAccount that the test's MailDomains may use. */
    public String account() {
        return operatorNamespace;
    }

    /** The runtime token's value. */
    public String token() {
        return token;
    }

    public SimulatorControl control() {
        return simulator.control();
    }

    /** Cloudflare as somebody who may do everything uses it. */
    public Dashboard dashboard() {
        return control().dashboard();
    }

    public OperatorProcess operator() {
        return operator;
    }

    /** How the operator is started: for tests that start one in another way, or two. */
    public OperatorProcess.Launch launch() {
        return launch;
    }
}
