package io.maildomain.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.maildomain.api.v1alpha1.DeploySource;
import io.maildomain.api.v1alpha1.DestinationAddress;
import io.maildomain.api.v1alpha1.MailSite;
import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.api.v1alpha1.MailWorkerSpec;
import io.maildomain.api.v1alpha1.Mailbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the API server accepts and fills in of the kinds that an installation works on only where it is asked to. */
class OptionalKindsIT {
    private static KubeApi api;
    private static KubernetesClient client;
    private String namespace;

    @BeforeAll
    static void startServer() {
        api = KubeApi.shared();
        client = api.client();
    }

    @BeforeEach
    void createNamespace() {
        namespace = api.createNamespace("optional");
    }

    static Stream<Path> examples() throws IOException {
        Path examples = Checkout.find().examples();
        Path deploy = examples.resolve("deploy");
        // Argo CD's kinds are not on this server.
        Stream<Path> mailboxes =
                Manifest.filesIn(examples.resolve("mailboxes")).filter(file -> !file.endsWith("applicationset.yaml"));
        Stream<Path> destinations = Manifest.filesIn(examples.resolve("destinations"));
        return Stream.of(
                        Manifest.filesIn(deploy), Manifest.filesIn(deploy.resolve("upstream")), mailboxes, destinations)
                .flatMap(files -> files);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleIsAcceptedAsItIs(Path file) throws IOException {
        assertIsAccepted(Files.readString(file));
    }

    private void assertIsAccepted(String text) {
        for (GenericKubernetesResource document : Manifest.documents(client, text)) {
            if (document.getMetadata().getNamespace() != null) {
                document.getMetadata().setNamespace(namespace);
            }
            api.dryRun(document);
        }
    }

    @Test
    void whatAMailWorkerLeavesOutIsFilledIn() {
        create(document(
                "MailWorker", "{script: m, source: {configMap: {name: m}}, compatibilityDate: \"2026-04-01\"}"));

        Map<String, Object> stored = stored(MailWorker.class);
        assertThat(stored.get("spec"))
                .isEqualTo(Map.ofEntries(
                        Map.entry("accountRef", Map.of("name", "default")),
                        Map.entry("script", "m"),
                        Map.entry("source", Map.of("configMap", Map.of("name", "m"))),
                        Map.entry("mainModule", "index.js"),
                        Map.entry("compatibilityDate", "2026-04-01"),
                        Map.entry("rollout", Map.of("strategy", "Immediate")),
                        Map.entry("conflictPolicy", "Refuse"),
                        Map.entry("deletionPolicy", "Retain"),
                        Map.entry("drift", "Report"),
                        Map.entry("mode", "Manage")));
        assertThat(stored.get("status")).isEqualTo(Map.of("observedGeneration", -1));
    }

    @Test
    void whatAMailSiteLeavesOutIsFilledIn() {
        create(document("MailSite", "{project: web, source: {configMap: {name: web}}}"));

        Map<String, Object> stored = stored(MailSite.class);
        assertThat(stored.get("spec"))
                .isEqualTo(Map.of(
                        "accountRef",
                        Map.of("name", "default"),
                        "project",
                        "web",
                        "source",
                        Map.of("configMap", Map.of("name", "web")),
                        "branch",
                        "main",
                        "createProject",
                        false,
                        "deletionPolicy",
                        "Retain",
                        "mode",
                        "Manage"));
        assertThat(stored.get("status")).isEqualTo(Map.of("observedGeneration", -1));
    }

    @Test
    void whatAMailboxLeavesOutIsFilledIn() {
        create(document(
                "Mailbox",
                "{domainRef: {name: example-com}, address: a@in.example.com, action: {worker: mailbox-worker}}"));

        Map<String, Object> stored = stored(Mailbox.class);
        assertThat(stored.get("spec"))
                .isEqualTo(Map.of(
                        "domainRef",
                        Map.of("name", "example-com"),
                        "address",
                        "a@in.example.com",
                        "action",
                        Map.of("worker", "mailbox-worker"),
                        "enabled",
                        true,
                        "afterExpiry",
                        "Keep"));
        assertThat(stored.get("status")).isEqualTo(Map.of("observedGeneration", -1));
    }

    /** All names as long as they may be. */
    @Test
    void theLargestMailboxIsAccepted() {
        String spec = """
                {domainRef: {name: %s, namespace: %s}, address: "%s@%s.com", action: {forwardTo: "%s@%s.org"}, ttl: 999999h999999m99999s,
                 afterExpiry: Delete}
                """.formatted(
                "n".repeat(253), "s".repeat(63), "a".repeat(24), "h".repeat(61), "f".repeat(24), "d".repeat(61));

        assertThat(create(document("Mailbox", spec))).isNotNull();
    }

    @Test
    void whatADestinationAddressLeavesOutIsFilledIn() {
        create(document("DestinationAddress", "{email: team@corp.example}"));

        Map<String, Object> stored = stored(DestinationAddress.class);
        assertThat(stored.get("spec"))
                .isEqualTo(Map.of(
                        "accountRef",
                        Map.of("name", "default"),
                        "email",
                        "team@corp.example",
                        "deletionPolicy",
                        "Retain"));
        assertThat(stored.get("status")).isEqualTo(Map.of("observedGeneration", -1));
    }

    /** All names as long as they may be. */
    @Test
    void theLargestDestinationAddressIsAccepted() {
        String spec = "{accountRef: {name: %s}, email: \"%s@%s.com\", deletionPolicy: Delete}"
                .formatted("n".repeat(253), "a".repeat(24), "h".repeat(61));

        assertThat(create(document("DestinationAddress", spec))).isNotNull();
    }

    @Test
    void oneSourceReplacesTheOther() {
        apply("{script: m, source: {configMap: {name: m}}, compatibilityDate: \"2026-04-01\"}");
        apply("{script: m, source: {artifact: {kind: Bucket, name: b}}, compatibilityDate: \"2026-04-01\"}");

        assertThat(worker().source().wantedConfigMap()).isEmpty();
        assertThat(worker().source().wantedArtifact()).isPresent();
    }

    @Test
    void theJavaTypesWriteWhatTheSchemaAccepts() {
        MailWorker worker = new MailWorker();
        worker.getMetadata().setName("m");
        worker.getMetadata().setNamespace(namespace);
        worker.setSpec(MailWorkerSpec.of("m", DeploySource.ofConfigMap("m"), "2026-04-01"));

        MailWorker stored =
                client.resource(worker).fieldValidation(Validation.STRICT).create();

        assertThat(stored.getSpec()).isEqualTo(worker.getSpec());
    }

    /** Each list as long as it may be, all names as long as they may be: the rules must not cost too much. */
    @Test
    void theLargestMailWorkerIsAccepted() {
        String spec = """
                {script: %s, source: {configMap: {name: m}}, compatibilityDate: "2026-04-01",
                 compatibilityFlags: [%s], databases: [%s], buckets: [%s], variables: {%s}, secrets: [%s], bindings: [%s],
                 schedules: [%s], customDomains: [%s], routes: [%s],
                 rollout: {strategy: Probed, probe: {url: "https://%s/%s"}}}
                """.formatted(
                "s".repeat(90),
                list(32, i -> name("f", i, 64)),
                list(10, i -> "{binding: %s, name: %s, migrations: {path: %s}}"
                        .formatted(name("D", i, 64), name("d", i, 64), name("m", i, 255))),
                list(10, i -> "{binding: %s, name: %s}".formatted(name("B", i, 64), name("b", i, 63))),
                list(64, i -> "%s: %s".formatted(name("V", i, 64), "v".repeat(5120))),
                list(32, i -> "{name: %s, valueFrom: {name: %s, key: %s}}"
                        .formatted(name("S", i, 64), name("s", i, 253), name("k", i, 253))),
                list(32, i -> "{name: %s, type: queue, properties: {%s}}"
                        .formatted(name("Q", i, 64), list(16, j -> name("p", j, 64) + ": " + "x".repeat(1024)))),
                list(32, i -> "\"%s * * * *\"".formatted(name("1", i, 92))),
                list(20, OptionalKindsIT::host),
                list(20, i -> "{pattern: \"%s/%s*\"}".formatted(host(i), "p".repeat(60))),
                host(19),
                "h".repeat(240));

        assertThat(create(document("MailWorker", spec))).isNotNull();
    }

    private static String list(int length, IntFunction<String> entry) {
        return IntStream.range(0, length).mapToObj(entry).collect(Collectors.joining(", "));
    }

    /** Its number has two digits: 1 and 10 would be one name with zeros behind them. */
    private static String name(String beginning, int number, int length) {
        String known = beginning + (10 + number);
        return known + "0".repeat(length - known.length());
    }

    /** Of 253 characters. */
    private static String host(int number) {
        return name("h", number, 49) + "." + ("l".repeat(49) + ".").repeat(4) + "com";
    }

    private GenericKubernetesResource document(String kind, String spec) {
        return Manifest.documents(
                        client,
                        "apiVersion: maildomain.io/v1alpha1\nkind: %s\nmetadata: {name: m}\nspec: %s"
                                .formatted(kind, spec.indent(2).strip()))
                .get(0);
    }

    private GenericKubernetesResource create(GenericKubernetesResource resource) {
        return client.resource(here(resource))
                .fieldValidation(Validation.STRICT)
                .create();
    }

    private void apply(String spec) {
        client.resource(here(document("MailWorker", spec)))
                .patch(new PatchContext.Builder()
                        .withPatchType(PatchType.SERVER_SIDE_APPLY)
                        .withFieldManager("one")
                        .build());
    }

    private MailWorkerSpec worker() {
        return client.resources(MailWorker.class)
                .inNamespace(namespace)
                .withName("m")
                .get()
                .getSpec();
    }

    /** As it is stored, without the Java types, which fill in defaults of their own. */
    private Map<String, Object> stored(Class<? extends HasMetadata> kind) {
        return client.genericKubernetesResources("maildomain.io/v1alpha1", kind.getSimpleName())
                .inNamespace(namespace)
                .withName("m")
                .get()
                .getAdditionalProperties();
    }

    private GenericKubernetesResource here(GenericKubernetesResource resource) {
        resource.getMetadata().setNamespace(namespace);
        return resource;
    }
}
