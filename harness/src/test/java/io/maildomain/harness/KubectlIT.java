package io.maildomain.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionNames;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What people type. On a server of its own, since some of it deletes all that there is, the CRDs included. */
class KubectlIT {

    private static final Checkout CHECKOUT = Checkout.find();
    private static final List<CustomResourceDefinition> DEFINITIONS = readDefinitions();
    private static final String NAMESPACE = "mail";
    private static final Set<String> NAMESPACES = Set.of(NAMESPACE, "mail-system", "team-a");

    /** What stays when all of a kind in {@link #NAMESPACE} is deleted. */
    private static final Map<String, Long> IN_ANOTHER_NAMESPACE =
            Map.of("MailDomain", 2L, "Mailbox", 1L, "DestinationAddress", 1L);

    /** They want a kubelet; what they are given is not looked at. */
    private static final Set<String> NEED_NODES =
            Set.of("attach", "cp", "debug", "exec", "logs", "port-forward", "rollout", "run", "top");

    @TempDir
    private static Path folder;

    /** The version in which a test found each object. */
    private static final Map<String, String> LEFT = new HashMap<>();

    private static KubeApi api;
    private static KubernetesClient client;
    private static Kubectl kubectl;

    @BeforeAll
    static void startServer() throws IOException {
        api = KubeApi.start(CHECKOUT);
        client = api.client();
        try (Stream<Path> entries = Files.list(CHECKOUT.root())) {
            for (Path entry : entries.toList()) {
                Files.createSymbolicLink(folder.resolve(entry.getFileName()), entry);
            }
        }
        // What "helm template" writes a line earlier in the guide.
        Files.writeString(folder.resolve("operator.yaml"), new Chart(CHECKOUT.chart()).render("mail-system", Map.of()));
        Files.writeString(folder.resolve("ca.crt"), "a certificate");
        Files.copy(api.kubeconfig(), folder.resolve("old.kubeconfig"));
        kubectl = Kubectl.find(CHECKOUT, api.kubeconfig(), folder, Path.of("target/kubectl/transcript.txt"));
        for (String name : NAMESPACES) {
            client.namespaces()
                    .resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .endMetadata()
                            .build())
                    .create();
        }
    }

    @AfterAll
    static void stopServer() throws IOException {
        api.close();
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path link : entries.filter(Files::isSymbolicLink).toList()) {
                Files.delete(link);
            }
        }
    }

    /** Most commands only read: only what is not as it was left is brought there anew. */
    @BeforeEach
    void bringEverythingThere() throws IOException {
        if (!DEFINITIONS.stream().allMatch(KubectlIT::isAsItWasLeft)) {
            api.installCrds(CHECKOUT.crds());
            DEFINITIONS.forEach(KubectlIT::leave);
        }
        for (GenericKubernetesResource object : objects()) {
            if (!isAsItWasLeft(object)) {
                replace(object);
                leave(object);
            }
        }
    }

    private static boolean isAsItWasLeft(HasMetadata object) {
        String left = LEFT.get(keyOf(object));
        HasMetadata now = client.resource(object).get();
        return now != null && now.getMetadata().getResourceVersion().equals(left);
    }

    private static void leave(HasMetadata object) {
        HasMetadata now = client.resource(object).get();
        LEFT.put(keyOf(object), now.getMetadata().getResourceVersion());
    }

    private static String keyOf(HasMetadata object) {
        return object.getKind() + " " + object.getMetadata().getNamespace() + "/"
                + object.getMetadata().getName();
    }

    private static void replace(GenericKubernetesResource object) {
        client.resource(object).delete();
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(client.resource(object).get()).isNull());
        GenericKubernetesResource made = client.resource(object).create();
        if (object.getAdditionalProperties().containsKey("status")) {
            made.setAdditionalProperty(
                    "status", object.getAdditionalProperties().get("status"));
            client.resource(made).updateStatus();
        }
    }

    static Stream<DocumentedCommand> documentedCommands() throws IOException {
        // Our own plugin is about the operator's jar, which comes later: KubectlPluginTest holds its lines to the
        // verbs.
        return DocumentedCommand.in(CHECKOUT.root(), "kubectl").stream()
                .filter(command -> !command.text().startsWith("kubectl maildomain "));
    }

    static Stream<Name> names() {
        return DEFINITIONS.stream().flatMap(Name::of);
    }

    @ParameterizedTest
    @MethodSource("documentedCommands")
    void everyDocumentedCommandWorks(DocumentedCommand command) {
        List<String> words = List.of(command.text().split("\\s+"));
        String line = words.stream().anyMatch(NEED_NODES::contains) ? command.text() + " --help" : command.text();

        Kubectl.Result result = kubectl.run(line);

        // A guide also creates what is there already; a namespace never ends on this server.
        assertThat(result.exitCode() == 0 || result.output().contains("already exists"))
                .as(result.output())
                .isTrue();
        assertThat(result.output()).doesNotContainIgnoringCase("deprecated");
    }

    @Test
    void theDocumentationTellsPeopleWhatToType() throws IOException {
        assertThat(documentedCommands()).hasSizeGreaterThan(30);
    }

    @ParameterizedTest
    @MethodSource("names")
    void aNameMeansOneKindAndNoOther(Name name) {
        String scope = name.namespaced() ? " -n " + NAMESPACE : "";
        String object = name.namespaced() ? "example-com" : "default";

        for (String line : List.of(
                "kubectl get " + name.word() + " " + object + scope,
                "kubectl get " + name.word() + "/" + object + scope,
                "kubectl describe " + name.word() + " " + object + scope,
                "kubectl annotate " + name.word() + " " + object + scope + " example.com/seen=yes")) {
            Kubectl.Result result = kubectl.run(line);
            assertThat(result.exitCode()).as(result.output()).isZero();
            assertThat(result.output()).contains(object);
        }

        Map<String, Long> before = counts();
        Kubectl.Result deleted = kubectl.run("kubectl delete " + name.word() + " --all" + scope);

        assertThat(deleted.exitCode()).as(deleted.output()).isZero();
        before.put(name.kind(), IN_ANOTHER_NAMESPACE.getOrDefault(name.kind(), 0L));
        assertThat(counts()).isEqualTo(before);
    }

    /** A person may use it to look; it never reaches what the whole cluster uses. */
    @Test
    void theCategoryMailIsEverythingOfANamespaceAndNothingElse() {
        assertThat(kubectl.run("kubectl get mail -n " + NAMESPACE).output())
                .contains(
                        "maildomain.maildomain.io/example-com",
                        "catchallrule.maildomain.io/example-com",
                        "mailbox.maildomain.io/example-com",
                        "destinationaddress.maildomain.io/example-com",
                        "mailworker.maildomain.io/example-com",
                        "mailsite.maildomain.io/example-com")
                .doesNotContain("cloudflareaccount");

        assertThat(kubectl.run("kubectl delete mail --all -n " + NAMESPACE).exitCode())
                .isZero();

        assertThat(counts())
                .isEqualTo(Map.of(
                        "MailDomain",
                        2L,
                        "CatchAllRule",
                        0L,
                        "Mailbox",
                        1L,
                        "DestinationAddress",
                        1L,
                        "MailWorker",
                        0L,
                        "MailSite",
                        0L,
                        "CloudflareAccount",
                        1L));
    }

    @Test
    void whatIsPrintedCanBeReadByPeople() {
        String accounts = kubectl.run("kubectl get cfa").output();
        assertThat(accounts).contains("EXPIRES", "2099-12-31T23:59:59Z").doesNotContain("invalid");

        String domains = kubectl.run("kubectl get mdom -A -o wide").output();
        assertThat(domains).contains("NAMESERVERS", " ada.ns.cloudflare.com,bob.ns.cloudflare.com ");

        for (String kind : List.of("mdom", "catchall", "mbox", "dest", "mworker", "msite", "cfa")) {
            assertThat(kubectl.run("kubectl get " + kind + " -A -o wide").output())
                    .doesNotContain("<invalid>", "[", "{");
        }
    }

    @Test
    void mailDomainsAreSelectedByTheirDomain() {
        assertThat(kubectl.run("kubectl get mdom -A -o name --field-selector spec.domain=example.com")
                        .output())
                .isEqualTo("maildomain.maildomain.io/example-com\n");
        assertThat(kubectl.run("kubectl get mdom -A -o name --field-selector spec.domain=other.example")
                        .output())
                .isEqualTo("");
    }

    private static List<CustomResourceDefinition> readDefinitions() {
        try (Stream<Path> files = Manifest.filesIn(CHECKOUT.crds())) {
            List<CustomResourceDefinition> definitions = new ArrayList<>();
            for (Path file : files.toList()) {
                definitions.add(Serialization.unmarshal(Files.readString(file), CustomResourceDefinition.class));
            }
            return List.copyOf(definitions);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<GenericKubernetesResource> objects() throws IOException {
        try (InputStream text = KubectlIT.class.getResourceAsStream("kubectl/objects.yaml")) {
            return Manifest.documents(client, new String(text.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** How many there are of each of our kinds. */
    private static Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        DEFINITIONS.forEach(
                crd -> counts.put(crd.getSpec().getNames().getKind(), (long) client.genericKubernetesResources(
                                "maildomain.io/v1alpha1",
                                crd.getSpec().getNames().getKind())
                        .inAnyNamespace()
                        .list()
                        .getItems()
                        .size()));
        return counts;
    }

    /** A word by which kubectl knows a kind. */
    record Name(String kind, String word, boolean namespaced) {

        static Stream<Name> of(CustomResourceDefinition crd) {
            CustomResourceDefinitionNames names = crd.getSpec().getNames();
            List<String> plain = new ArrayList<>(names.getShortNames());
            plain.addAll(List.of(names.getPlural(), names.getSingular()));
            Set<String> words = new TreeSet<>(plain);
            words.add(names.getKind());
            plain.forEach(word -> words.add(word + "." + crd.getSpec().getGroup()));
            words.add(names.getPlural() + ".v1alpha1." + crd.getSpec().getGroup());
            return words.stream()
                    .map(word -> new Name(
                            names.getKind(), word, crd.getSpec().getScope().equals("Namespaced")));
        }
    }
}
