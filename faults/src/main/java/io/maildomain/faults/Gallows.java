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
import java.util.List;
import java.util.Map;

/**
 * A place whose operator is the real jar, logged in with the chart's rights and no others through a gate that can hold its
 * writes.
 */
record Gallows(Place place, ApiGate gate, Life life) implements Closeable {

    private static final Duration PATIENT = Duration.ofSeconds(15);

    static Gallows open(KubeApi api, JsonNode seed) {
        Checkout checkout = Checkout.find();
        Place place = Place.open(api);
        String namespace = place.namespace();
        ChartRbac rbac = ChartRbac.apply(
                api,
                new Chart(checkout.chart()),
                namespace,
                Map.of("watchNamespaces", List.of(namespace), "accounts", false, "localSecrets", true));
        ApiGate gate = ApiGate.open(api.config());
        Kubeconfig login = new Kubeconfig(rbac.kubeconfig()
                .yaml()
                .replace(api.config().getMasterUrl(), gate.uri().toString()));
        Path files = Path.of("target/faults").toAbsolutePath();
        Launch launch = new Launch(
                checkout.operatorJar(),
                login.write(files.resolve(namespace + ".kubeconfig")),
                namespace,
                place.cloudflare(),
                Pace.flags(namespace, PATIENT),
                files.resolve(namespace + ".operator.log"));
        return new Gallows(place, gate, new Life(place, seed, () -> JarOperator.start(launch), gate));
    }

    @Override
    public void close() {
        life.close();
        gate.close();
        place.close();
    }
}
