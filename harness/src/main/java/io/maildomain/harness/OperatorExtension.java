package io.maildomain.harness;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.time.Duration;
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
 * final OperatorExtension rig = OperatorExtension.withOptions("--drift-interval=1s");
 * }</pre>
 */
public final class OperatorExtension implements BeforeEachCallback, AfterEachCallback {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Duration START = Duration.ofSeconds(60);

    private final List<String> options;
    private final Map<String, Object> chartValues;
    private final boolean inTheChartsMemory;
    private KubeApi api;
    private SimulatorProcess simulator;
    private AnswerProxy answers;
    private boolean answersCanChange;
    private boolean startsOneItself;
    private OperatorProcess operator;
    private OperatorProcess.Launch launch;
    private ChartRbac rbac;
    private String namespace;
    private String operatorNamespace;
    private String otherNamespace;
    private String token;
    private TokenLeakScan secrecy;
    private int starts;

    private OperatorExtension(List<String> options, Map<String, Object> chartValues, boolean inTheChartsMemory) {
        this.options = options;
        this.chartValues = chartValues;
        this.inTheChartsMemory = inTheChartsMemory;
    }

    /** The operator runs with these flags of {@code run} beside those that make it quick. */
    public static OperatorExtension withOptions(String... options) {
        return new OperatorExtension(List.of(options), Map.of(), false);
    }

    /** The same, with RBAC that follows from these values of the chart. */
    public OperatorExtension withChart(Map<String, Object> values) {
        return new OperatorExtension(options, values, inTheChartsMemory);
    }

    /** The same in a JVM that has the memory and the options of the chart's container. */
    public OperatorExtension inTheChartsMemory() {
        return new OperatorExtension(options, chartValues, true);
    }

    /** The same, with a proxy between operator and simulator: see {@link #answers()}. */
    public OperatorExtension withAnswersThatCanChange() {
        answersCanChange = true;
        return this;
    }

    /** The same without an operator: the test starts one from {@link #launch()}, and tells of its {@linkplain #alsoLog log}. */
    public OperatorExtension withoutOperator() {
        startsOneItself = true;
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
        secrecy = new TokenLeakScan(files, name);
        secrecy.watch(namespace, otherNamespace, operatorNamespace);
        secrecy.know(token);
        Stream<String> readings = Stream.concat(
                Stream.of(QuickFlags.SIMULATORS_RATE_LIMIT),
                ApiVariant.of(context.getRequiredTestClass()).flags());
        simulator = SimulatorProcess.start(
                checkout.simulatorJar(),
                recording,
                files.resolve(name + ".simulator.log"),
                readings.toArray(String[]::new));
        secrecy.recording(recording);
        answers = answersCanChange ? AnswerProxy.before(simulator.baseUrl()) : null;
        control().putToken("runtime", token, SimulatorControl.RUNTIME_RIGHTS);
        putSecret(Map.of("CLOUDFLARE_API_TOKEN", token, "CLOUDFLARE_ACCOUNT_ID", SimulatorControl.ACCOUNT_ID));
        apply(testAccount().yaml(namespace));
        Map<String, Object> values = new HashMap<>(chartValues);
        values.put("watchNamespaces", List.of(namespace, otherNamespace));
        Chart chart = new Chart(checkout.chart());
        rbac = ChartRbac.apply(api, chart, operatorNamespace, values);
        secrecy.know(rbac.kubeconfig().config().getAutoOAuthToken());
        List<String> flags =
                new QuickFlags(options).all(List.of(namespace, otherNamespace), operatorNamespace, simulator.dns());
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
        if (!startsOneItself) {
            restartOperator();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        try {
            if (operator != null && context.getExecutionException().isPresent()) {
                System.err.println("--- the end of the operator's log:\n" + operator.lastWords());
            }
            if (operator != null || startsOneItself) {
                mustNotHaveLeaked();
            }
        } finally {
            end();
        }
    }

    /** No token in anything that people can read ({@code SECURITY.md#tokens}). */
    private void mustNotHaveLeaked() {
        List<String> leaks = leaks();
        secrecy.hand();
        if (!leaks.isEmpty()) {
            throw new HarnessException("a token leaked:\n" + String.join("\n", leaks));
        }
    }

    private void end() {
        if (operator != null) {
            operator.discard();
        }
        if (answers != null) {
            answers.close();
        }
        if (simulator != null) {
            simulator.close();
        }
        if (api != null) {
            Set<String> namespaces = Set.of(namespace, otherNamespace, operatorNamespace);
            Leftovers.remove(client(), namespaces, account());
        }
    }

    /** Restarts the operator with these options in place of those of the same name, from now on. */
    public void restartOperator(String... options) {
        launch = launch.instead(options);
        restartOperator();
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
        testAccount().putSecret(data);
    }

    /** Takes the Secret away that the account points to. */
    public void removeSecret() {
        testAccount().removeSecret();
    }

    private TestAccount testAccount() {
        return new TestAccount(client(), operatorNamespace);
    }

    /** Whether RBAC lets the operator do this; everywhere where the namespace is "". */
    public boolean mayOperator(String verb, String group, String resource, String where) {
        return rbac.may(client(), verb, group, resource, where);
    }

    /** A client that may do everything. */
    public KubernetesClient client() {
        return api.client();
    }

    /** Where the test's MailDomains belong; the operator watches only it. */
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
        return testAccount().name();
    }

    /** The runtime token's value. */
    public String token() {
        return token;
    }

    /** A token that is neither at the simulator nor in a Secret at the end of the test, and must not leak either. */
    public void alsoSecret(String value) {
        secrecy.know(value);
    }

    /** No token may stand in this log of another operator either. */
    public void alsoLog(Path log) {
        secrecy.log(log);
    }

    /** Where a token stands by now in anything that people can read; at the end of each test there must be none. */
    public List<String> leaks() {
        secrecy.learn(client(), control().state());
        secrecy.count(control().calls());
        if (operator != null) {
            secrecy.ask(operator);
        }
        return secrecy.leaks(client());
    }

    public SimulatorControl control() {
        return simulator.control();
    }

    /** Cloudflare as a user who may do everything uses it. */
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
