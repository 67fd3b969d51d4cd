package io.maildomain.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.harness.GoProgram.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the real Helm makes of the chart. On a server of its own, which has no CRDs of ours at the start of a test. */
class ChartLifecycleIT {

    private static final Checkout CHECKOUT = Checkout.find();
    private static final String RELEASE = "mail-domain-operator";
    private static final String CRD = "maildomains.maildomain.io";
    private static final String CRD_FILE = "files/crds/maildomain.io_maildomains.yaml";

    @TempDir
    private static Path folder;

    private static KubeApi api;
    private static KubernetesClient client;
    private static HelmCli helm;

    private final String namespace = api.createNamespace("mail-system");

    @BeforeAll
    static void startServer() {
        api = KubeApi.start(CHECKOUT);
        client = api.client();
        helm = HelmCli.find(CHECKOUT, api.kubeconfig(), folder);
    }

    @AfterAll
    static void stopServer() {
        api.close();
    }

    @BeforeEach
    void removeCrds() {
        for (CustomResourceDefinition crd : crds()) {
            client.resource(crd).delete();
            awaitGone(crd.getMetadata().getName());
        }
    }

    /** The chart of the preview had its CRDs in the folder crds/, which Helm installs once and never looks at again. */
    @Test
    void anUpgradeFromThePreviewTakesTheCrdsOverAndLosesNoResource() throws IOException {
        Path preview = preview();
        succeeds("install", RELEASE, preview.toString(), "-n", namespace, "--set", "handOver=5m");
        awaitServed();
        assertThat(columns()).doesNotContain("AGE");
        String uid = createMailDomain();

        Result refused = upgrade();
        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.output()).contains("invalid ownership metadata");

        succeeds("upgrade", RELEASE, chart(), "-n", namespace, "--take-ownership", "--reset-then-reuse-values");
        assertThat(variable("MAILDOMAIN_HAND_OVER")).containsExactly("5m");
        assertThat(columns()).contains("AGE");
        assertThat(mailDomainUid()).isEqualTo(uid);
        assertThat(upgrade().exitCode()).as("the next one without the flag").isZero();
    }

    @Test
    void anUpgradeChangesTheCrdsAndARollbackChangesThemBack() throws IOException {
        succeeds("install", RELEASE, chart(), "-n", namespace);
        awaitServed();
        String uid = createMailDomain();
        Path next = copyOf(CHECKOUT.chart(), folder.resolve("next-" + namespace));
        Path crd = next.resolve(CRD_FILE);
        Files.writeString(crd, Files.readString(crd).replace("name: AGE", "name: SINCE"));

        succeeds("upgrade", RELEASE, next.toString(), "-n", namespace, "--set", "replicaCount=2");
        assertThat(columns()).contains("SINCE").doesNotContain("AGE");
        assertThat(replicas()).isEqualTo(2);

        succeeds("rollback", RELEASE, "1", "-n", namespace);
        assertThat(columns()).contains("AGE").doesNotContain("SINCE");
        assertThat(replicas()).isEqualTo(1);
        assertThat(mailDomainUid()).isEqualTo(uid);
    }

    @Test
    void uninstallingKeepsCrdsAndResourcesAndTheNextInstallationTakesThemUp() {
        succeeds("install", RELEASE, chart(), "-n", namespace);
        awaitServed();
        String uid = createMailDomain();

        Result uninstalled = uninstall();

        assertThat(uninstalled.output()).contains(CRD);
        assertThat(client.apps().deployments().inNamespace(namespace).list().getItems())
                .isEmpty();
        assertThat(client.rbac().clusterRoles().list().getItems())
                .noneMatch(role -> role.getMetadata().getName().contains(namespace));
        assertThat(mailDomainUid()).isEqualTo(uid);
        succeeds("install", RELEASE, chart(), "-n", namespace);
        assertThat(mailDomainUid()).isEqualTo(uid);
    }

    @Test
    void withoutKeepUninstallingDeletesTheCrds() {
        succeeds("install", RELEASE, chart(), "-n", namespace, "--set", "crds.keep=false");
        List<String> all =
                crds().stream().map(crd -> crd.getMetadata().getName()).toList();
        assertThat(all).hasSize(7);
        // One that is deleted before it is served is tried again by the API server after pauses that grow.
        all.forEach(new CrdInstallation(client)::awaitServed);

        uninstall();

        all.forEach(ChartLifecycleIT::awaitGone);
    }

    @Test
    void aSecondReleaseInTheNamespaceNeedsOnlyToLeaveTheCrdsToTheFirst() {
        succeeds("install", RELEASE, chart(), "-n", namespace);

        Result refused = helm.run("install", "second", chart(), "-n", namespace);
        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.output()).contains("CustomResourceDefinition").contains("invalid ownership metadata");

        succeeds("install", "second", chart(), "-n", namespace, "--set", "crds.install=false");
        assertThat(variable("MAILDOMAIN_LEASE_NAME")).containsExactlyInAnyOrder(RELEASE, "second-" + RELEASE);
    }

    /** Helm knows no kind before its CRD is there, so the first time the account comes as a hook. */
    @Test
    void theDefaultAccountIsThereAfterTheFirstInstallationFollowsUpgradesAndOutlivesTheRelease() {
        String[] account = {"--set", "defaultAccount.enabled=true,defaultAccount.secretName=first"};
        succeeds("install", RELEASE, chart(), "-n", namespace, account[0], account[1]);
        assertThat(secretOfTheAccount()).isEqualTo("first");

        succeeds("upgrade", RELEASE, chart(), "-n", namespace, account[0], account[1]);
        succeeds("upgrade", RELEASE, chart(), "-n", namespace, account[0], account[1].replace("first", "second"));
        assertThat(secretOfTheAccount()).isEqualTo("second");

        uninstall();
        assertThat(secretOfTheAccount()).isEqualTo("second");
    }

    private String secretOfTheAccount() {
        return client.resources(CloudflareAccount.class)
                .withName("default")
                .get()
                .getSpec()
                .secretRef()
                .name();
    }

    private static List<CustomResourceDefinition> crds() {
        return client.apiextensions().v1().customResourceDefinitions().list().getItems().stream()
                .filter(crd -> crd.getSpec().getGroup().equals("maildomain.io"))
                .toList();
    }

    private static String chart() {
        return CHECKOUT.chart().toString();
    }

    /** The preview's chart with CRDs that lack a column. */
    private Path preview() throws IOException {
        Path preview = copyOf(
                Path.of("src/test/resources/io/maildomain/harness/preview-chart"),
                folder.resolve("preview-" + namespace));
        Path crds = copyOf(CHECKOUT.chart().resolve("files/crds"), preview.resolve("crds"));
        Path crd = crds.resolve("maildomain.io_maildomains.yaml");
        Files.writeString(crd, Files.readString(crd).replace("name: AGE", "name: CREATED"));
        return preview;
    }

    private static Path copyOf(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
        return to;
    }

    private Result succeeds(String... arguments) {
        Result result = helm.run(arguments);
        assertThat(result.exitCode())
                .as("helm %s: %s", String.join(" ", arguments), result.output())
                .isZero();
        return result;
    }

    /** Here runs no kubelet that would run the check before it; ChartHooksIT does that. */
    private Result uninstall() {
        return succeeds("uninstall", RELEASE, "-n", namespace, "--no-hooks");
    }

    private Result upgrade() {
        return helm.run("upgrade", RELEASE, chart(), "-n", namespace);
    }

    /** The API server first deletes what a CRD has of resources, with pauses of its own; what keeps it is in the CRD's conditions. */
    private static void awaitGone(String crd) {
        await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> assertThat(client.apiextensions()
                        .v1()
                        .customResourceDefinitions()
                        .withName(crd)
                        .get())
                .isNull());
    }

    private void awaitServed() {
        new CrdInstallation(client).awaitServed(CRD);
    }

    private CustomResourceDefinition crd() {
        return client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName(CRD)
                .get();
    }

    private List<String> columns() {
        List<String> columns = new ArrayList<>();
        crd().getSpec()
                .getVersions()
                .get(0)
                .getAdditionalPrinterColumns()
                .forEach(column -> columns.add(column.getName()));
        return columns;
    }

    /** The values of a variable in all Deployments. */
    private List<String> variable(String name) {
        return client.apps().deployments().inNamespace(namespace).list().getItems().stream()
                .flatMap(deployment ->
                        deployment.getSpec().getTemplate().getSpec().getContainers().get(0).getEnv().stream())
                .filter(variable -> variable.getName().equals(name))
                .map(EnvVar::getValue)
                .toList();
    }

    private int replicas() {
        return client.apps()
                .deployments()
                .inNamespace(namespace)
                .withName(RELEASE)
                .get()
                .getSpec()
                .getReplicas();
    }

    private String createMailDomain() {
        MailDomain domain = client.getKubernetesSerialization()
                .unmarshal(
                        "apiVersion: maildomain.io/v1alpha1\nkind: MailDomain\nmetadata: {name: d, namespace: default}\n"
                                + "spec: {domain: kept.example}\n",
                        MailDomain.class);
        return client.resource(domain).create().getMetadata().getUid();
    }

    private String mailDomainUid() {
        return client.resources(MailDomain.class)
                .inNamespace("default")
                .withName("d")
                .get()
                .getMetadata()
                .getUid();
    }
}
