package io.maildomain.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.harness.Chart;
import io.maildomain.harness.ChartRbac;
import io.maildomain.harness.Kubeconfig;
import io.maildomain.harness.MergePatch;
import io.maildomain.harness.OperatorProcess;
import io.maildomain.harness.SimulatorControl;
import io.maildomain.harness.SimulatorProcess;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A simulator and the operator's jar, with the chart's rights and memory, for some tenants. One runs at a time. */
public final class Rig implements AutoCloseable {

    /** What the simulator calls the operator's token. */
    static final String TOKEN_NAME = "runtime";

    /** Nothing has happened for so long: nothing will, but what is due at some time. */
    private static final Duration QUIET = Duration.ofSeconds(3);

    private static final Duration START = Duration.ofMinutes(2);
    private static final String TOKEN = "benchmark-token-with-the-three-runtime-rights";

    private final Laboratory lab;
    private final String name;
    private final String operatorNamespace;
    private final List<Tenant> tenants;
    private final List<String> javaOptions;
    private final Kubeconfig login;
    private final Path kubeconfig;
    private final ReadyWatch watch;
    private SimulatorProcess simulator;
    private OperatorProcess operator;
    private Setting setting;
    private int starts;

    private Rig(Laboratory lab, String name, Setting setting, int count) {
        this.lab = lab;
        this.name = name;
        this.setting = setting;
        this.operatorNamespace = lab.api().createNamespace("operator");
        this.tenants = IntStream.range(0, count)
                .mapToObj(i -> new Tenant(lab.api().createNamespace("tenant"), operatorNamespace))
                .toList();
        Chart chart = new Chart(lab.checkout().chart());
        Map<String, Object> values = new HashMap<>(setting.chartValues());
        values.put("watchNamespaces", namespaces());
        this.javaOptions = chart.javaOptions(client(), values);
        this.login =
                ChartRbac.apply(lab.api(), chart, operatorNamespace, values).kubeconfig();
        this.kubeconfig = login.write(lab.files().resolve(name + ".kubeconfig"));
        this.watch = new ReadyWatch(client(), namespaces());
        this.simulator = startSimulator();
        this.operator = startOperator();
    }

    static Rig open(Laboratory lab, String name, Setting setting, int tenants) {
        Rig rig = new Rig(lab, name, setting, tenants);
        rig.control().putToken(TOKEN_NAME, TOKEN, SimulatorControl.RUNTIME_RIGHTS);
        rig.control().putAddress(Tenant.VERIFIED, true);
        rig.control().putAddress(Tenant.UNVERIFIED, false);
        rig.apply(rig.account());
        rig.operator.awaitReady(START);
        Wait.until("the account is Ready", START, rig::isAccountReady, rig.operator::lastWords);
        return rig;
    }

    private SimulatorProcess startSimulator() {
        return SimulatorProcess.start(
                lab.checkout().simulatorJar(),
                lab.recordings().resolve(name + ".jsonl"),
                lab.files().resolve(name + ".simulator-" + starts + ".log"),
                setting.simulatorFlags().toArray(String[]::new));
    }

    private OperatorProcess startOperator() {
        OperatorProcess.Launch launch = new OperatorProcess.Launch(
                lab.checkout().operatorJar(),
                kubeconfig,
                operatorNamespace,
                simulator.baseUrl(),
                Stream.concat(
                                Stream.of(
                                        "--watch-namespaces=" + String.join(",", namespaces()),
                                        "--dns-server=" + simulator.dns(),
                                        "--log-format=text"),
                                setting.operatorFlags().stream())
                        .toList(),
                lab.files().resolve("%s.operator-%d.log".formatted(name, ++starts)),
                javaOptions);
        return lab.program().start(launch, login);
    }

    /**
     * Ends both and starts them in another setting, with all that Cloudflare held; returns once the operator is ready.
     * Calls are counted from its start.
     */
    public void restart(Setting next) {
        operator.kill();
        JsonNode state = control().state();
        simulator.close();
        setting = next;
        simulator = startSimulator();
        control().load(state);
        operator = startOperator();
        operator.awaitReady(START);
    }

    /** Ends the operator and starts it again, without waiting for it; calls are counted from then on. */
    public void restartOperator() {
        operator.kill();
        control().clearCalls();
        operator = startOperator();
    }

    /** Waits until the operator is ready. */
    public void awaitOperator() {
        operator.awaitReady(START);
    }

    /** Applies resources as {@code kubectl apply --server-side} does. */
    public void apply(String yaml) {
        var manifests = new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8));
        for (HasMetadata resource : client().load(manifests).items()) {
            client().resource(resource)
                    .fieldManager("benchmark")
                    .forceConflicts()
                    .serverSideApply();
        }
    }

    /** A zone that another user created, active, without Email Routing. */
    public void existingZone(String domain) {
        control().putZone(domain, Map.of());
    }

    /** Waits until so many resources are Ready at their present specs. */
    public void awaitReady(int count, Duration patience) {
        Wait.until(count + " are Ready", patience, () -> watch.ready() >= count, watch::toString);
    }

    /** How many resources are Ready at their present specs. */
    public long ready() {
        return watch.ready();
    }

    /** How many resources say that they are not Ready, for that reason. */
    public long saying(String reason) {
        return watch.saying(reason);
    }

    /** When a MailDomain became Ready for the first time. */
    public Optional<Instant> readySince(Tenant tenant, String mailDomain) {
        return watch.readySince("MailDomain", tenant.namespace(), mailDomain);
    }

    /** Waits until there is something to see. */
    public void await(String what, Duration patience, BooleanSupplier holds) {
        Wait.until(what, patience, holds, watch::toString);
    }

    /** The calls while something is done, and after it until there are none any more. */
    public Calls callsUntilQuiet(Runnable work) {
        control().clearCalls();
        work.run();
        awaitQuiet();
        return calls();
    }

    /** Waits until the operator has called nothing for three seconds. */
    public void awaitQuiet() {
        Wait.untilQuiet(QUIET, START, () -> calls().total());
    }

    /** The calls since they were last counted from anew. */
    public Calls calls() {
        return new Calls(control().callsEvery(Duration.ofSeconds(1)), 1);
    }

    /** Counts calls from now on. */
    public void clearCalls() {
        control().clearCalls();
    }

    /** Whether the operator's token may list settings and rules over a whole account; each domain is asked for by itself where not. */
    public void allowLists(boolean allowed) {
        String reading = allowed ? "allowed" : "refused";
        control().quirk("account-rules-list", reading);
        control().quirk("account-zones-list", reading);
    }

    /** All calls with the operator's token fail, from now on until {@link #repair}. */
    public void breakDown(Map<String, ?> fault) {
        control().addFault(Map.of("times", 0, "token", TOKEN_NAME, "fault", fault));
    }

    /** Calls do their work again. */
    public void repair() {
        control().clearFaults();
    }

    /** The warnings and errors that the operator has logged since its start. */
    public List<String> warnings() {
        return OperatorLog.warnings(operator.log());
    }

    /** The largest value of one of the operator's metrics, labels aside; NaN where there is none. */
    public double metric(String name) {
        return OperatorLog.largest(operator.get("/metrics").body(), name);
    }

    /** The memory that the operator's process takes, in MiB; NaN where there is no {@code /proc}. */
    public double operatorMemory() {
        return ProcessMemory.residentMiB(operator.pid());
    }

    /** How many writes to our kinds, statuses included, the API server has answered since it started. */
    public long writesToApiServer() {
        return ApiServerMetrics.of(client()).writesToOurKinds();
    }

    /** The tenant, where there is one. */
    public Tenant tenant() {
        return tenants.get(0);
    }

    public Tenant tenant(int number) {
        return tenants.get(number);
    }

    public Setting setting() {
        return setting;
    }

    public OperatorProcess operator() {
        return operator;
    }

    public SimulatorControl control() {
        return simulator.control();
    }

    KubernetesClient client() {
        return lab.api().client();
    }

    private List<String> namespaces() {
        return tenants.stream().map(Tenant::namespace).toList();
    }

    private String account() {
        return """
                apiVersion: v1
                kind: Secret
                metadata: {namespace: %1$s, name: cloudflare-tokens}
                stringData: {CLOUDFLARE_API_TOKEN: %2$s, CLOUDFLARE_ACCOUNT_ID: %3$s}
                ---
                apiVersion: maildomain.io/v1alpha1
                kind: CloudflareAccount
                metadata: {name: %1$s}
                spec:
                  secretRef: {namespace: %1$s, name: cloudflare-tokens}
                  access:
                  - {namespaces: {}, domains: ["*"], createZones: true, forwardTo: ["*"]}
                """.formatted(operatorNamespace, TOKEN, SimulatorControl.ACCOUNT_ID);
    }

    private boolean isAccountReady() {
        var account = client().resources(CloudflareAccount.class)
                .withName(operatorNamespace)
                .get();
        return account != null
                && account.getStatus() != null
                && account.getStatus().conditions().stream()
                        .anyMatch(condition -> condition.type().equals("Ready") && condition.holds());
    }

    /** Ends the operator until {@link #restart}. */
    void pause() {
        operator.kill();
    }

    /** Ends both processes. No other operator looks at what is in these namespaces, but each would at the account. */
    @Override
    public void close() {
        watch.close();
        operator.kill();
        simulator.close();
        var account = client().resources(CloudflareAccount.class).withName(operatorNamespace);
        MergePatch.takeFinalizersOff(account);
        account.delete();
    }
}
