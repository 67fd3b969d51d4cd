package io.maildomain.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.harness.Chart;
import io.maildomain.harness.ChartRbac;
import io.maildomain.harness.Checkout;
import io.maildomain.harness.KubeApi;
import io.maildomain.harness.Kubeconfig;
import io.maildomain.harness.OperatorProcess.Launch;
import java.io.Closeable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Places whose operator is the real jar, logged in with the chart's rights and no others through a gate that can hold its
 * writes. One process looks after all of them: killed once, it dies at one moment of each.
 *
 * @param lives one in each place
 * @param gate between the operator and the API server
 */
record Gallows(List<Life> lives, Operators operators, ApiGate gate, JsonNode world) implements Closeable {

    /** Longer than the others take to get to their moments. */
    private static final Duration PATIENT = Duration.ofMinutes(5);

    static Gallows open(KubeApi api, int count) {
        Checkout checkout = Checkout.find();
        List<Names> names = IntStream.rangeClosed(1, count)
                .mapToObj(i -> new Names("-k" + i))
                .toList();
        JsonNode world = Seed.state(names);
        List<Place> places = Place.row(api, names);
        List<String> namespaces = places.stream().map(Place::namespace).toList();
        String first = namespaces.get(0);
        ChartRbac rbac = ChartRbac.apply(
                api,
                new Chart(checkout.chart()),
                first,
                Map.of("watchNamespaces", namespaces, "accounts", false, "localSecrets", true));
        ApiGate gate = ApiGate.open(api.config());
        Kubeconfig login = new Kubeconfig(rbac.kubeconfig()
                .yaml()
                .replace(api.config().getMasterUrl(), gate.uri().toString()));
        Path files = Path.of("target/faults").toAbsolutePath();
        Path kubeconfig = login.write(files.resolve(first + ".kubeconfig"));
        AtomicInteger started = new AtomicInteger();
        // Each has a log of its own: what one said before it was killed must not be lost to the next.
        Operators operators = new Operators(() -> JarOperator.start(new Launch(
                checkout.operatorJar(),
                kubeconfig,
                first,
                places.get(0).cloudflare(),
                flags(namespaces, places.get(0)),
                files.resolve("%s.operator-%03d.log".formatted(first, started.incrementAndGet())))));
        List<Life> lives = places.stream()
                .map(place -> new Life(place, world, operators, gate))
                .toList();
        return new Gallows(lives, operators, gate, world);
    }

    private static List<String> flags(List<String> namespaces, Place place) {
        List<String> flags = new ArrayList<>(Pace.flags(String.join(",", namespaces), PATIENT));
        flags.add("--dns-server=" + place.nameServer());
        // Who looks into a case that failed has nothing else.
        flags.add("--log-level=debug");
        return flags;
    }

    /** New worlds; an operator that has nothing left to do goes on. */
    void begin() {
        List<Place> places = lives.stream().map(Life::place).toList();
        boolean goesOn = operators.isRunning() && places.stream().allMatch(Place::isEmpty);
        if (!goesOn) {
            operators.stop();
        }
        places.forEach(Place::clear);
        places.get(0).reset(world);
        if (!goesOn) {
            operators.start();
        }
        lives.forEach(Life::awaitQuiet);
    }

    /** For people. */
    @Override
    public String toString() {
        return lives.stream().map(life -> life.place().namespace()).collect(Collectors.joining(", ", "Gallows[", "]"));
    }

    @Override
    public void close() {
        operators.stop();
        gate.close();
        // The first owns what they share.
        for (int i = lives.size() - 1; i >= 0; i--) {
            lives.get(i).place().close();
        }
    }
}
