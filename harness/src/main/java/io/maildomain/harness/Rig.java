package io.maildomain.harness;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * For one integration test: three fresh namespaces on the {@linkplain KubeApi#shared() shared} API server, a fresh
 * simulator, a runtime token with exactly the runtime rights, a {@code CloudflareAccount} that lets the test's namespace
 * do everything, and the operator's jar as a process under the chart's RBAC. All of it is gone after the test, which
 * fails if a token stands in anything that people can read.
 *
 * <pre>{@code
 * @RegisterExtension
 * final Rig rig = Rig.withOptions("--drift-interval=1s");
 * }</pre>
 */
public final class Rig implements BeforeEachCallback, AfterEachCallback {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Duration START = Duration.ofSeconds(60);

    /** So that no test waits for what people would wait for. */
    private static final List<String> PACE = List.of(
            "--retry-base=100ms",
            "--retry-cap=2s",
            "--confirm-pause=200ms",
            "--waiting-base=100ms",
            "--waiting-cap=1s",
            "--hand-over=0s",
            "--window=10s",
            "--log-format=text");

    /** Cloudflare's limit, thirty times as fast: drift checks take at most a quarter of it. */
    private static final String RATE_LIMIT = "--rate-limit=1200/10s";

    private final List<String> options;
    private final Map<String, Object> chartValues;
    private final boolean inTheChartsMemory;
    private KubeApi api;
    private SimulatorProcess simulator;
    private AnswerProxy answers;
    private boolean answersCanChange;
    private OperatorProcess operator;
    private OperatorProcess.Launch launch;
    private ChartRbac rbac;
    private String namespace;
    private String operatorNamespace;
    private String otherNamespace;
    private String token;
    private Secrecy secrecy;
    private int starts;

    private Rig(List<String> options, Map<String, Object> chartValues, boolean inTheChartsMemory) {
        this.options = options;
        this.chartValues = chartValues;
        this.inTheChartsMemory = inTheChartsMemory;
    }

    /** The operator runs with these flags of {@code run} beside those that make it quick. */
    public static Rig withOptions(String... options) {
        return new Rig(List.of(options), Map.of(), false);
    }

    /** The same, with RBAC that follows from these values of the chart. */
    public Rig withChart(Map<String, Object> values) {
        return new Rig(options, values, inTheChartsMemory);
    }

    /** The same in a JVM that has the memory and the options of the chart's container. */
    public Rig inTheChartsMemory() {
        return new Rig(options, chartValues, true);
    }

    /** The same, with a proxy between operator and simulator: see {@link #answers()}. */
    public Rig withAnswersThatCanChange() {
        answersCanChange = true;
        return this;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        Checkout checkout = Checkout.find();
        int number = COUNT.incrementAndGet();
        String name = context.getRequiredTestClass().getSimpleName() + "-" + number;
        api = KubeApi.shared();
        namespace = api.createNamespace("mail");
        operatorNamespace = api.createNamespace("operator");
        otherNamespace = api.createNamespace("other");
        token = "rig-token-with-the-three-runtime-rights-" + number;
        Path files = Path.of("target/rig").toAbsolutePath();
        Path recording = Path.of("target/recordings", name + ".jsonl");
        secrecy = new Secrecy(files, name);
        secrecy.watch(namespace, otherNamespace, operatorNamespace);
        secrecy.know(token);
        Stream<String> readings = Stream.concat(
                Stream.of(RATE_LIMIT),
                Reading.of(context.getRequiredTestClass()).flags());
        simulator = SimulatorProcess.start(
                checkout.simulatorJar(),
                recording,
                files.resolve(name + ".simulator.log"),
                readings.toArray(String[]::new));
        secrecy.recording(recording);
        answers = answersCanChange ? AnswerProxy.before(simulator.baseUrl()) : null;
        control().putToken("runtime", token, SimulatorControl.RUNTIME_RIGHTS);
        putSecret(Map.of("CLOUDFLARE_API_TOKEN", token, "CLOUDFLARE_ACCOUNT_ID", SimulatorControl.ACCOUNT_ID));
        apply(accountYaml());
        Map<String, Object> values = new HashMap<>(chartValues);
        values.put("watchNamespaces", List.of(namespace, otherNamespace));
        Chart chart = new Chart(checkout.chart());
        rbac = ChartRbac.apply(api, chart, operatorNamespace, values);
        secrecy.know(rbac.kubeconfig().config().getAutoOAuthToken());
        List<String> flags =
                new ArrayList<>(PACE.stream().filter(this::isNotOverridden).toList());
        flags.add("--watch-namespaces=" + namespace + "," + otherNamespace);
        flags.add("--owner-id=" + operatorNamespace);
        if (options.stream().noneMatch(option -> option.startsWith("--dns-"))) {
            flags.add("--dns-server=" + simulator.dns());
        }
        flags.addAll(options);
        launch = new OperatorProcess.Launch(
                checkout.operatorJar(),
                rbac.kubeconfig().write(files.resolve(name + ".kubeconfig")),
                operatorNamespace,
                answers == null ? simulator.baseUrl() : answers.baseUrl(),
                flags,
                files.resolve(name + ".operator.log"));
        if (inTheChartsMemory) {
            launch = launch.inJava(chart.javaOptions(api.client(), values).toArray(String[]::new));
        }
        restartOperator();
    }

    private boolean isNotOverridden(String flag) {
        String name = flag.substring(0, flag.indexOf('=') + 1);
        return options.stream().noneMatch(option -> option.startsWith(name));
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
        try {
            if (operator != null && context.getExecutionException().isPresent()) {
                System.err.println("--- the end of the operator's log:\n" + operator.lastWords());
            }
            if (operator != null) {
                mustNotHaveLeaked();
            }
        } finally {
            end();
        }
    }

    /** No token in anything that people can read: DESIGN, Operator. */
    private void mustNotHaveLeaked() {
        List<String> leaks = leaks();
        secrecy.hand();
        if (!leaks.isEmpty()) {
            throw new HarnessException("a token leaked:\n" + String.join("\n", leaks));
        }
    }

    private void end() {
        if (operator != null) {
            operator.kill();
        }
        if (answers != null) {
            answers.close();
        }
        if (simulator != null) {
            simulator.close();
        }
        if (api != null) {
            Leftovers.remove(client(), Set.of(namespace, otherNamespace, operatorNamespace), account());
        }
    }

    /** Starts the operator, after ending it at once if it runs, and waits until it is ready. */
    public void restartOperator() {
        OperatorProcess.Launch next = launch;
        if (operator != null) {
            secrecy.ask(operator);
            operator.kill();
            next = launch.into(launch.log().resolveSibling(launch.log().getFileName() + "." + ++starts));
        }
        secrecy.log(next.log());
        operator = OperatorProcess.start(next);
        operator.awaitReady(START);
    }

    /** Applies one manifest as {@code kubectl apply --server-side} does. */
    public GenericKubernetesResource apply(String yaml) {
        GenericKubernetesResource resource = Serialization.unmarshal(yaml, GenericKubernetesResource.class);
        return client().resource(resource).fieldManager("test").forceConflicts().serverSideApply();
    }

    /** Writes the Secret that the account points to. */
    public void putSecret(Map<String, String> data) {
        data.forEach((key, value) -> {
            if (key.endsWith("TOKEN")) {
                secrecy.know(value);
            }
        });
        secret().put(data);
    }

    /** Takes the Secret away that the account points to. */
    public void removeSecret() {
        secret().remove();
    }

    private AccountSecret secret() {
        return new AccountSecret(client(), operatorNamespace);
    }

    /** Whether RBAC lets the operator do this; everywhere where the namespace is "". */
    public boolean mayOperator(String verb, String group, String resource, String where) {
        return rbac.may(client(), verb, group, resource, where);
    }

    /** A client that may do everything. */
    public KubernetesClient client() {
        return api.client();
    }

    /** Where the test's MailDomains belong; the operator watches it alone. */
    public String namespace() {
        return namespace;
    }

    /** Another namespace that the operator watches, and that the account grants nothing. */
    public String otherNamespace() {
        return otherNamespace;
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

    /** A token that is neither at the simulator nor in a Secret at the end of the test, and must not leak either. */
    public void alsoSecret(String value) {
        secrecy.know(value);
    }

    /** Where a token stands by now in anything that people can read; at the end of each test there must be none. */
    public List<String> leaks() {
        secrecy.learn(client(), control().state());
        secrecy.count(control().calls());
        secrecy.ask(operator);
        return secrecy.leaks(client());
    }

    public SimulatorControl control() {
        return simulator.control();
    }

    /** Cloudflare as somebody who may do everything uses it. */
    public Dashboard dashboard() {
        return control().dashboard();
    }

    /** What Cloudflare's answers pass on their way to the operator, in a rig {@link #withAnswersThatCanChange()}. */
    public AnswerProxy answers() {
        return answers;
    }

    public OperatorProcess operator() {
        return operator;
    }

    /** How the operator is started: for tests that start one in another way, or two. */
    public OperatorProcess.Launch launch() {
        return launch;
    }
}
