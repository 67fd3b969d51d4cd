package io.maildomain.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.maildomain.api.v1alpha1.Action;
import io.maildomain.api.v1alpha1.CatchAllDeletionPolicy;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.Credentials;
import io.maildomain.api.v1alpha1.LocalSecretRef;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainSpec;
import io.maildomain.api.v1alpha1.MailRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the API server accepts, refuses and fills in, as the CRDs tell it; manifests are sent as kubectl sends them. */
class AdmissionIT {

    private static final Pattern INVALID = Pattern.compile("(.*: Invalid value: )(?:\"[^\"]*\": )?(.*)");

    private static KubernetesClient client;
    private String namespace;

    @BeforeAll
    static void startServer() {
        client = KubeApi.shared().client();
    }

    @BeforeEach
    void createNamespace() {
        namespace = KubeApi.shared().createNamespace("admission");
    }

    /** Each begins with what the refusal must say; of several documents in one all but the last are accepted. */
    static Stream<Path> wrongManifests() throws IOException {
        return Manifest.filesIn(RefusedManifestsTest.REFUSED);
    }

    static Stream<Path> examples() throws IOException {
        return Manifest.filesIn(Checkout.find().examples());
    }

    static Stream<CustomResourceDefinition> definitions() {
        return client.apiextensions().v1().customResourceDefinitions().list().getItems().stream()
                .filter(crd -> crd.getSpec().getGroup().equals("maildomain.io"));
    }

    @ParameterizedTest
    @MethodSource("wrongManifests")
    void aWrongManifestIsRefusedWithASentenceThatHelps(Path file) throws IOException {
        String text = Files.readString(file);
        List<GenericKubernetesResource> documents = Manifest.documents(client, text);
        GenericKubernetesResource wrong = documents.remove(documents.size() - 1);
        documents.forEach(this::create);

        KubernetesClientException refusal = catchThrowableOfType(KubernetesClientException.class, () -> {
            if (documents.isEmpty()) {
                create(wrong);
            } else {
                replace(wrong);
            }
        });

        assertThat(refusal).as("it must be refused").isNotNull();
        assertThat(refusal.getCode()).isIn(400, 422);
        assertThat(refusal.getStatus().getMessage()).containsAnyOf(said(RefusedManifestsTest.sentence(file)));
    }

    /** What is expected, or, as Kubernetes 1.34 says it, with the value's type where later ones show the value, or nothing. */
    private static String[] said(String expected) {
        Matcher invalid = INVALID.matcher(expected);
        return invalid.matches()
                ? new String[] {
                    expected,
                    invalid.group(1) + "\"object\": " + invalid.group(2),
                    invalid.group(1) + "\"string\": " + invalid.group(2)
                }
                : new String[] {expected};
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleIsAcceptedAsItIs(Path file) throws IOException {
        for (GenericKubernetesResource document : Manifest.documents(client, Files.readString(file))) {
            boolean namespaced = document.getMetadata().getNamespace() != null;
            if (namespaced) {
                document.getMetadata().setNamespace(namespace);
            }
            client.resource(document)
                    .dryRun(true)
                    .fieldValidation(Validation.STRICT)
                    .create();
        }
    }

    @Test
    void whatAMailDomainLeavesOutIsFilledIn() {
        create(Manifest.documents(client, """
                        apiVersion: maildomain.io/v1alpha1
                        kind: MailDomain
                        metadata: {name: example-com}
                        spec:
                          domain: example.com
                          zone: {policy: AdoptOnly}
                        """).get(0));

        Map<String, Object> stored = stored("example-com").getAdditionalProperties();
        assertThat(stored.get("spec"))
                .isEqualTo(Map.of(
                        "domain", "example.com",
                        "zone", Map.of("policy", "AdoptOnly", "deletionPolicy", "DeleteIfUnused"),
                        "dns", Map.of("existingRecords", "Refuse"),
                        "conflictPolicy", "Refuse",
                        "deletionPolicy", "Delete",
                        "drift", "Correct",
                        "mode", "Manage",
                        "suspend", false));
        assertThat(stored.get("status")).isEqualTo(Map.of("observedGeneration", -1));
    }

    @Test
    void whatACatchAllRuleLeavesOutIsFilledIn() {
        create(Manifest.documents(client, """
                        apiVersion: maildomain.io/v1alpha1
                        kind: CatchAllRule
                        metadata: {name: example-com}
                        spec:
                          domainRef: {name: example-com}
                          action: {drop: true}
                        """).get(0));

        CatchAllRule stored = client.resources(CatchAllRule.class)
                .inNamespace(namespace)
                .withName("example-com")
                .get();
        assertThat(stored.getSpec().enabled()).isTrue();
        assertThat(stored.getSpec().deletionPolicy()).isEqualTo(CatchAllDeletionPolicy.Restore);
        assertThat(stored.getStatus().observedGeneration()).isEqualTo(-1);
    }

    @Test
    void theJavaTypesWriteWhatTheSchemaAccepts() {
        MailDomain domain = mailDomain(rulesOf(3));

        MailDomain stored =
                client.resource(domain).fieldValidation(Validation.STRICT).create();

        assertThat(stored.getSpec()).isEqualTo(domain.getSpec());
    }

    @Test
    void twoHundredRulesOfTheGreatestLengthAreAcceptedAndNotOneMore() {
        assertThat(client.resource(mailDomain(rulesOf(200))).create().getSpec().rules())
                .hasSize(200);

        KubernetesClientException refusal =
                catchThrowableOfType(KubernetesClientException.class, () -> client.resource(mailDomain(rulesOf(201)))
                        .update());
        assertThat(refusal.getStatus().getMessage()).contains("spec.rules: Too many: 201: must have at most 200 items");
    }

    @Test
    void thirtySubdomainsAreRefused() {
        String names = IntStream.range(0, 30).mapToObj(i -> "s" + i).collect(Collectors.joining(", "));

        KubernetesClientException refusal = catchThrowableOfType(
                KubernetesClientException.class,
                () -> create(Manifest.documents(client, """
                                apiVersion: maildomain.io/v1alpha1
                                kind: MailDomain
                                metadata: {name: example-com}
                                spec: {domain: example.com, subdomains: [%s]}
                                """.formatted(names)).get(0)));

        assertThat(refusal.getStatus().getMessage()).contains("must have at most 29 items");
    }

    @Test
    void twoFieldManagersOwnRulesOfOneDomain() {
        apply("one", "{domain: example.com, rules: [{address: a@example.com, action: {drop: true}}]}");
        apply("two", "{domain: example.com, rules: [{address: b@example.com, action: {worker: mailbox-worker}}]}");
        assertThat(addresses()).containsExactlyInAnyOrder("a@example.com", "b@example.com");

        apply("two", "{domain: example.com}");
        assertThat(addresses()).containsExactly("a@example.com");
    }

    @Test
    void oneAlternativeReplacesTheOther() {
        apply("one", "{domain: example.com, rules: [{address: a@example.com, action: {drop: true}}]}");
        apply(
                "one",
                "{domain: example.com, credentials: {secretRef: {name: mine}},"
                        + " rules: [{address: a@example.com, action: {worker: mailbox-worker}}]}");

        MailDomainSpec spec = client.resources(MailDomain.class)
                .inNamespace(namespace)
                .withName("example-com")
                .get()
                .getSpec();
        assertThat(spec.rules()).containsExactly(MailRule.of("a@example.com", Action.handingTo("mailbox-worker")));
        assertThat(spec.credentials()).isEqualTo(new Credentials(null, new LocalSecretRef("mine")));
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void everyFieldIsExplained(CustomResourceDefinition crd) {
        List<String> silent = new ArrayList<>();
        JSONSchemaProps root = crd.getSpec().getVersions().get(0).getSchema().getOpenAPIV3Schema();
        assertThat(root.getDescription()).isNotBlank();
        collectSilentFields("", root, silent);

        assertThat(silent).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void theApiServerHasNothingAgainstTheDefinition(CustomResourceDefinition crd) {
        assertThat(crd.getStatus().getConditions())
                .noneMatch(condition -> condition.getType().equals("NonStructuralSchema"))
                .anyMatch(condition -> condition.getType().equals("NamesAccepted")
                        && condition.getStatus().equals("True"));
    }

    private static void collectSilentFields(String path, JSONSchemaProps schema, List<String> silent) {
        if (schema.getProperties() != null) {
            schema.getProperties().forEach((name, field) -> {
                if (field.getDescription() == null || field.getDescription().isBlank()) {
                    silent.add(path + "." + name);
                }
                collectSilentFields(path + "." + name, field, silent);
            });
        }
        if (schema.getItems() != null) {
            collectSilentFields(path + "[]", schema.getItems().getSchema(), silent);
        }
    }

    private GenericKubernetesResource create(GenericKubernetesResource resource) {
        return client.resource(here(resource))
                .fieldValidation(Validation.STRICT)
                .create();
    }

    private void replace(GenericKubernetesResource resource) {
        resource.getMetadata()
                .setResourceVersion(
                        client.resource(here(resource)).get().getMetadata().getResourceVersion());
        client.resource(resource).fieldValidation(Validation.STRICT).update();
    }

    private void apply(String fieldManager, String spec) {
        GenericKubernetesResource resource = Manifest.documents(
                        client,
                        "apiVersion: maildomain.io/v1alpha1\nkind: MailDomain\nmetadata: {name: example-com}\nspec: "
                                + spec)
                .get(0);
        client.resource(here(resource))
                .patch(new PatchContext.Builder()
                        .withPatchType(PatchType.SERVER_SIDE_APPLY)
                        .withFieldManager(fieldManager)
                        .build());
    }

    private GenericKubernetesResource here(GenericKubernetesResource resource) {
        if (!resource.getKind().equals("CloudflareAccount")) {
            resource.getMetadata().setNamespace(namespace);
        }
        return resource;
    }

    private GenericKubernetesResource stored(String name) {
        return client.genericKubernetesResources("maildomain.io/v1alpha1", "MailDomain")
                .inNamespace(namespace)
                .withName(name)
                .get();
    }

    private List<String> addresses() {
        return client
                .resources(MailDomain.class)
                .inNamespace(namespace)
                .withName("example-com")
                .get()
                .getSpec()
                .rules()
                .stream()
                .map(MailRule::address)
                .toList();
    }

    private MailDomain mailDomain(List<MailRule> rules) {
        MailDomain domain = new MailDomain();
        domain.getMetadata().setName("example-com");
        domain.getMetadata().setNamespace(namespace);
        domain.setSpec(
                new MailDomainSpec("example.com", null, null, null, null, null, rules, null, null, null, null, null));
        return domain;
    }

    private static List<MailRule> rulesOf(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> MailRule.of(
                        "%078d@example.com".formatted(i), Action.forwarding("%077d@corp.example".formatted(i))))
                .toList();
    }
}
