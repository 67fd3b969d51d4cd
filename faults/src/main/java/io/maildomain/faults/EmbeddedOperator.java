package io.maildomain.faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.maildomain.operator.app.OperatorAssembly;
import io.maildomain.operator.app.OperatorRuntime.Surroundings;
import io.maildomain.operator.config.OperatorSettings;
import io.maildomain.operator.config.SettingsOptions;
import io.maildomain.operator.kubernetes.events.EventRecorder;
import io.maildomain.operator.kubernetes.informers.Pruning;
import io.maildomain.operator.server.logging.Redactor;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/**
 * The operator as {@code run} puts it together, inside this JVM: hundreds of cases need no process each. Its kill is
 * that of a process as far as others can tell: from that moment on nothing leaves it.
 */
final class EmbeddedOperator implements Operator {

    /** They learn what our types look like, which takes longer than all that a case does. */
    private static final KubernetesSerialization WHOLE =
            new KubernetesSerialization(Pruning.whole(new ObjectMapper()), true);

    private static final KubernetesSerialization OUTLINE =
            new KubernetesSerialization(Pruning.outline(new ObjectMapper()), true);

    private final KubernetesClient client;
    private final KubernetesClient outlines;
    private final Severance severance;
    private final EventRecorder events;
    private final OperatorAssembly wiring;

    private EmbeddedOperator(
            KubernetesClient client,
            KubernetesClient outlines,
            Severance severance,
            EventRecorder events,
            OperatorAssembly wiring) {
        this.client = client;
        this.outlines = outlines;
        this.severance = severance;
        this.events = events;
        this.wiring = wiring;
    }

    /** @param flags of {@code run}, besides those that say where this operator is */
    static EmbeddedOperator start(Config config, Sandbox place, List<String> flags) {
        Severance severance = new Severance();
        KubernetesClient client = client(config, WHOLE, severance);
        KubernetesClient outlines = client(config, OUTLINE, severance);
        EventRecorder events = new EventRecorder(client, Clock.systemUTC(), "embedded");
        OperatorAssembly wiring = new OperatorAssembly(new Surroundings(
                "faults",
                settings(place, flags),
                client,
                outlines,
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                events,
                severance::isOpen,
                new Redactor(),
                Clock.systemUTC()));
        wiring.start();
        return new EmbeddedOperator(client, outlines, severance, events, wiring);
    }

    private static KubernetesClient client(Config config, KubernetesSerialization reading, Severance severance) {
        return new KubernetesClientBuilder()
                .withKubernetesSerialization(reading)
                .withConfig(new ConfigBuilder(config)
                        .withRequestRetryBackoffLimit(3)
                        .build())
                .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("severance", severance))
                .build();
    }

    private static OperatorSettings settings(Sandbox place, List<String> flags) {
        List<String> all = new ArrayList<>(flags);
        all.add("--operator-namespace=" + place.namespace());
        all.add("--cloudflare-api-base-url=" + place.cloudflare());
        all.add("--dns-server=" + place.nameServer());
        return CommandLine.populateCommand(new SettingsOptions(), all.toArray(String[]::new))
                .settings("");
    }

    /** Starting returns when it is. */
    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public void close() {
        wiring.close();
        events.close();
        outlines.close();
        client.close();
    }

    @Override
    public void kill() {
        severance.cut();
        close();
    }
}
