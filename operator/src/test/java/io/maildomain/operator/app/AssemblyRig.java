package io.maildomain.operator.app;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.CloudflareAccountSpec;
import io.maildomain.api.v1alpha1.Conditioned;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.app.OperatorRuntime.Surroundings;
import io.maildomain.operator.config.SettingsOptions;
import io.maildomain.operator.fixture.ScenarioDsl;
import io.maildomain.operator.kubernetes.events.EventRecorder;
import io.maildomain.operator.kubernetes.leadership.Fence;
import io.maildomain.operator.ownership.ResourceWriter;
import io.maildomain.operator.server.logging.Redactor;
import io.maildomain.simulator.Simulator;
import io.maildomain.simulator.SimulatorOptions;
import io.maildomain.simulator.limits.RateLimit;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;

/**
 * The whole operator as {@code run} puts it together, on a mock of the API server that has MailDomains, CatchAllRules and one CloudflareAccount, and a simulated
 * Cloudflare.
 */
final class AssemblyRig {

    /** The operator's namespace; what {@link #create} creates is in it. */
    static final String SYSTEM = "mail-system";

    private final MockApiServer server = new MockApiServer();
    private final KubernetesClient client = server.client(new KubernetesSerialization());
    private final Simulator simulator =
            Simulator.start(SimulatorOptions.defaults().withRateLimit(RateLimit.off()));
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final Redactor redactor = new Redactor();

    AssemblyRig() {
        server.install(MailDomain.class);
        server.install(CatchAllRule.class);
        server.install(CloudflareAccount.class);
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(SYSTEM)
                        .addToLabels("kubernetes.io/metadata.name", SYSTEM)
                        .endMetadata()
                        .build())
                .create();
        secret("tokens", "CLOUDFLARE_API_TOKEN", simulator.startToken());
        CloudflareAccount account = new CloudflareAccount();
        account.setMetadata(new ObjectMetaBuilder().withName("default").build());
        account.setSpec(ScenarioDsl.read(
                "{'secretRef':{'namespace':'mail-system','name':'tokens'},'accountId':'" + simulator.accountId() + "'}",
                CloudflareAccountSpec.class));
        create(account);
    }

    MockApiServer server() {
        return server;
    }

    KubernetesClient client() {
        return client;
    }

    Simulator simulator() {
        return simulator;
    }

    Redactor redactor() {
        return redactor;
    }

    void secret(String name, String key, String value) {
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(SYSTEM)
                        .withName(name)
                        .endMetadata()
                        .addToData(key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)))
                        .build())
                .createOr(existing -> existing.update());
    }

    <R extends HasMetadata> R create(R resource) {
        resource.getMetadata().setNamespace(resource instanceof CloudflareAccount ? null : SYSTEM);
        resource.getMetadata().setFinalizers(List.of(ResourceWriter.FINALIZER));
        return client.resource(resource).create();
    }

    /** An operator with these flags of {@code run}; it is not started. */
    OperatorAssembly operator(String... flags) {
        List<String> all = new ArrayList<>(List.of(
                "--operator-namespace=" + SYSTEM,
                "--owner-id=us",
                "--cloudflare-api-base-url=" + simulator.apiUri(),
                "--dns-checks=false",
                "--local-secrets",
                "--retry-base=100ms",
                "--waiting-base=10m",
                "--waiting-cap=10m",
                "--drift-interval=1h"));
        all.addAll(List.of(flags));
        EventRecorder events = new EventRecorder(client, Clock.systemUTC(), "here");
        OperatorAssembly assembly = new OperatorAssembly(new Surroundings(
                "1.2.3",
                CommandLine.populateCommand(new SettingsOptions(), all.toArray(String[]::new))
                        .settings(""),
                server.client(LenientDeserialization.serialization()),
                server.client(LenientDeserialization.outlines()),
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                events,
                Fence.open(),
                redactor,
                Clock.systemUTC()));
        opened.add(assembly);
        opened.add(events);
        return assembly;
    }

    static Optional<String> ready(Conditioned status) {
        return Optional.ofNullable(status)
                .flatMap(known -> known.condition("Ready"))
                .map(condition -> condition.status() + " " + condition.reason());
    }

    void stop() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        client.close();
        server.close();
        simulator.close();
    }
}
