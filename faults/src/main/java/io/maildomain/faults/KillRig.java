package io.maildomain.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.harness.ApiServerProxy;
import io.maildomain.harness.Chart;
import io.maildomain.harness.ChartRbac;
import io.maildomain.harness.Checkout;
import io.maildomain.harness.KubeApi;
import io.maildomain.harness.OperatorProcess.Launch;
import java.io.Closeable;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Places whose operator is the real jar, logged in with the chart's rights and no others by way of a proxy that can hold
 * its writes. One process looks after all of them: killed once, it dies at one moment of each.
 *
 * @param lives one in each place
 * @param proxy between the operator and the API server
 * @param records what the operator notes in its own namespace
 * @param accountsGo takes away what a later operator would see to as well
 */
record KillRig(
        List<Scenario> lives,
        Operators operators,
        ApiServerProxy proxy,
        JsonNode world,
        HandOverRecords records,
        Runnable accountsGo)
        implements Closeable {

    /** Longer than the others take to get to their moments. */
    private static final Duration PATIENT = Duration.ofMinutes(5);

    /**
     * How an operator is set up.
     *
     * @param namespace the operator's own
     * @param chart values of the chart, which say what it may do
     */
    private record Setting(
            String namespace, Map<String, Object> chart, BiFunction<String, Duration, List<String>> pace) {}

    /** The tokens are in the MailDomains' own namespaces. */
    static KillRig open(KubeApi api, int count) {
        List<List<Sandbox>> places = Sandbox.row(api, names(count), Kinds.MAIL).stream()
                .map(List::of)
                .toList();
        String first = places.get(0).get(0).namespace();
        Map<String, Object> chart = Map.of("accounts", false, "localSecrets", true);
        return open(api, places, new Setting(first, chart, Pace::flags), HandOverRecords.none(), () -> {});
    }

    /**
     * Each place has a CloudflareAccount, which a neighbouring namespace may use for the same domains.
     *
     * @param handOver how long a MailDomain that is gone waits for its successor
     */
    static KillRig withAccounts(KubeApi api, int count, Duration handOver) {
        String own = api.createNamespace("operator");
        List<List<Sandbox>> places = Sandbox.row(api, names(count), Kinds.MAIL).stream()
                .map(place -> List.of(place, place.neighbour(api)))
                .toList();
        List<Account> accounts = places.stream()
                .map(pair -> Account.of(pair.get(0), pair.get(1), own))
                .toList();
        accounts.forEach(account -> account.apply(api.client()));
        HandOverRecords records = HandOverRecords.watch(api.client(), own);
        Setting setting = new Setting(
                own, Map.of(), (namespaces, callTimeout) -> Pace.withAccounts(namespaces, callTimeout, handOver));
        return open(api, places, setting, records, () -> accounts.forEach(account -> account.remove(api.client())));
    }

    /** Each place has a CloudflareAccount that grants it what is deployed there. */
    static KillRig deploying(KubeApi api, int count) {
        String own = api.createNamespace("operator");
        List<List<Sandbox>> places = Sandbox.row(api, names(count), Kinds.DEPLOYED).stream()
                .map(List::of)
                .toList();
        URI hosts = places.get(0).get(0).hosts();
        Setting setting = new Setting(
                own, DeployLife.CHART, (namespaces, callTimeout) -> Pace.deploying(namespaces, callTimeout, hosts));
        return open(api, places, setting, place -> Account.deploying(place, own));
    }

    /** Each place has a CloudflareAccount and a neighbour: both attach Mailboxes to the place's MailDomains. */
    static KillRig attaching(KubeApi api, int count) {
        String own = api.createNamespace("operator");
        List<List<Sandbox>> places = Sandbox.row(api, names(count), Kinds.ATTACHED).stream()
                .map(place -> List.of(place, place.neighbour(api)))
                .toList();
        Setting setting = new Setting(own, AttachedLife.CHART, Pace::attaching);
        return open(api, places, setting, place -> Account.attaching(place, own));
    }

    private static KillRig open(
            KubeApi api, List<List<Sandbox>> places, Setting setting, Function<Sandbox, Account> account) {
        List<Account> accounts =
                places.stream().map(pair -> account.apply(pair.get(0))).toList();
        accounts.forEach(each -> each.apply(api.client()));
        return open(
                api,
                places,
                setting,
                HandOverRecords.none(),
                () -> accounts.forEach(each -> each.remove(api.client())));
    }

    private static List<Names> names(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> new Names("-k" + i))
                .toList();
    }

    private static KillRig open(
            KubeApi api, List<List<Sandbox>> places, Setting setting, HandOverRecords records, Runnable accountsGo) {
        Checkout checkout = Checkout.find();
        Sandbox first = places.get(0).get(0);
        JsonNode world = InitialState.state(
                places.stream().map(pair -> pair.get(0).names()).toList(), first.kinds());
        List<String> namespaces =
                places.stream().flatMap(List::stream).map(Sandbox::namespace).toList();
        Map<String, Object> values = new HashMap<>(setting.chart());
        values.put("watchNamespaces", namespaces);
        ChartRbac rbac = ChartRbac.apply(api, new Chart(checkout.chart()), setting.namespace(), values);
        ApiServerProxy proxy = ApiServerProxy.before(api.config());
        WriteGate gate = new WriteGate(proxy);
        for (List<Sandbox> pair : places) {
            pair.stream()
                    .skip(1)
                    .forEach(neighbour ->
                            gate.join(neighbour.namespace(), pair.get(0).namespace()));
        }
        Path files = Path.of("target/faults").toAbsolutePath();
        Path kubeconfig = proxy.login(rbac.kubeconfig()).write(files.resolve(setting.namespace() + ".kubeconfig"));
        List<String> flags = new ArrayList<>(setting.pace().apply(String.join(",", namespaces), PATIENT));
        flags.add("--dns-server=" + first.nameServer());
        // Who looks into a case that failed has nothing else.
        flags.add("--log-level=debug");
        AtomicInteger started = new AtomicInteger();
        // Each has a log of its own: what one said before it was killed must not be lost to the next.
        Operators operators = new Operators(() -> JarOperator.start(new Launch(
                checkout.operatorJar(),
                kubeconfig,
                setting.namespace(),
                first.cloudflare(),
                flags,
                files.resolve("%s.operator-%03d.log".formatted(setting.namespace(), started.incrementAndGet())))));
        List<Scenario> lives = places.stream()
                .map(pair -> new Scenario(pair, world, operators, gate, records))
                .toList();
        return new KillRig(lives, operators, proxy, world, records, accountsGo);
    }

    /** New worlds; an operator that has nothing left to do goes on. */
    void begin() {
        boolean goesOn = operators.isRunning() && lives.stream().allMatch(Scenario::isEmpty);
        if (!goesOn) {
            operators.stop();
        }
        lives.forEach(Scenario::clear);
        lives.get(0).place().reset(world);
        if (!goesOn) {
            operators.start();
        }
        lives.forEach(Scenario::awaitQuiet);
    }

    /** For people. */
    @Override
    public String toString() {
        return lives.stream().map(life -> life.place().namespace()).collect(Collectors.joining(", ", "KillRig[", "]"));
    }

    @Override
    public void close() {
        operators.stop();
        accountsGo.run();
        proxy.close();
        records.close();
        // The first owns what they share.
        List<Sandbox> places =
                lives.stream().flatMap(life -> life.places().stream()).toList();
        for (int i = places.size() - 1; i >= 0; i--) {
            places.get(i).close();
        }
    }
}
