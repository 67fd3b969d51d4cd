package io.maildomain.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the chart makes of single values, and which it refuses. */
class ChartSchemaIT {

    private final KubeApi api = KubeApi.shared();
    private final Chart chart = new Chart(Checkout.find().chart());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "watchNamespace: [mail]",
                "replicas: 2",
                "crds: {instal: true}",
                "image: {name: x}",
                "image: {digest: latest}",
                "image: {pullPolicy: Sometimes}",
                "log: {level: verbose}",
                "driftInterval: ten minutes",
                "maxDeletions: '20'",
                "replicaCount: two",
                "replicaCount: -1",
                "accounts: 'yes'",
                "podSecurityContext: {runAsUsr: 1}",
                "serviceMonitor: {enable: true}",
                "networkPolicy: {egressPorts: [https]}",
                "securityContext: {readOnlyRootFileSystem: true}",
                "livenessProbe: {periodSecond: 1}",
                "extraEnv: [{name: A, values: b}]",
                "extraVolumes: {name: a}",
                "tolerations: [{keys: a}]",
                "commonLabels: {a: 1}",
                "watchNamespaces: mail",
                "watchNamespaces: ['']"
            })
    void aValueThatTheChartDoesNotKnowIsRefused(String values) {
        String key = values.substring(0, values.indexOf(':'));

        assertThatThrownBy(() -> resources("chart", values))
                .isInstanceOf(HarnessException.class)
                .hasMessageContaining("schema")
                .hasMessageContaining(key);
    }

    @Test
    void aDigestWinsOverTheTag() {
        String digest = "sha256:" + "0123456789abcdef".repeat(4);

        assertThat(image("{image: {registry: r.example, repository: mail/op, tag: v1, digest: '" + digest + "'}}"))
                .isEqualTo("r.example/mail/op@" + digest);
        assertThat(image("{image: {registry: r.example, repository: mail/op, tag: v1}}"))
                .isEqualTo("r.example/mail/op:v1");
        assertThat(image("{image: {repository: mail/op}}")).startsWith("mail/op:0.");
    }

    /** OpenShift's restricted-v2 refuses a Pod that says a user outside of the range of its namespace. */
    @Test
    void theUserIsLeftToOpenShiftWhereTheValuesSayNull() {
        PodSpec pod = pod(resources("chart", "{podSecurityContext: {runAsUser: null, runAsGroup: null}}"));

        assertThat(pod.getSecurityContext().getRunAsUser()).isNull();
        assertThat(pod.getSecurityContext().getRunAsGroup()).isNull();
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
    }

    @Test
    void variablesOfServicesAreNotTakenForSettings() {
        assertThat(pod(resources("chart", "{}")).getEnableServiceLinks()).isFalse();
    }

    @Test
    void commonLabelsAreOnEveryObjectAndNoSelectorNamesThem() {
        List<HasMetadata> resources = resources("chart", "{commonLabels: {team: mail}, service: {enabled: true}}");

        assertThat(resources)
                .allSatisfy(resource ->
                        assertThat(resource.getMetadata().getLabels()).containsEntry("team", "mail"));
        assertThat(deployment(resources).getSpec().getSelector().getMatchLabels())
                .containsOnlyKeys("app.kubernetes.io/name", "app.kubernetes.io/instance");
    }

    @Test
    void crdsAreObjectsOfTheReleaseAndKeptUnlessTheValuesSayOtherwise() {
        assertThat(crds("{}")).hasSize(7).allSatisfy(crd -> assertThat(
                        crd.getMetadata().getAnnotations())
                .containsEntry("helm.sh/resource-policy", "keep"));
        assertThat(crds("{crds: {keep: false}}")).hasSize(7).allSatisfy(crd -> assertThat(
                        crd.getMetadata().getAnnotations())
                .doesNotContainKey("helm.sh/resource-policy"));
        assertThat(crds("{crds: {install: false}}")).isEmpty();
    }

    @Test
    void theCrdsOfTheChartAreThoseOfTheRepository() {
        List<CustomResourceDefinition> repository = api.client()
                .apiextensions()
                .v1()
                .customResourceDefinitions()
                .list()
                .getItems();

        assertThat(crds("{}")).allSatisfy(crd -> assertThat(crd.getSpec().getVersions())
                .usingRecursiveComparison()
                .ignoringCollectionOrder()
                .isEqualTo(repository.stream()
                        .filter(there -> there.getMetadata()
                                .getName()
                                .equals(crd.getMetadata().getName()))
                        .findFirst()
                        .orElseThrow()
                        .getSpec()
                        .getVersions()));
    }

    @Test
    void eachReleaseHasALeaseOfItsOwnName() {
        assertThat(chart.render("chart", Map.of()))
                .containsPattern("name: MAILDOMAIN_LEASE_NAME\\s+value: \"mail-domain-operator\"");
        assertThat(chart.render("chart", Map.of("fullnameOverride", "green")))
                .containsPattern("name: MAILDOMAIN_LEASE_NAME\\s+value: \"green\"");
        assertThat(chart.render("chart", Map.of("leaderElection", Map.of("leaseName", "shared"))))
                .containsPattern("name: MAILDOMAIN_LEASE_NAME\\s+value: \"shared\"");
    }

    private String image(String values) {
        return pod(resources("chart", values)).getContainers().get(0).getImage();
    }

    private List<CustomResourceDefinition> crds(String values) {
        return resources("chart", values).stream()
                .filter(CustomResourceDefinition.class::isInstance)
                .map(CustomResourceDefinition.class::cast)
                .toList();
    }

    private static PodSpec pod(List<HasMetadata> resources) {
        return deployment(resources).getSpec().getTemplate().getSpec();
    }

    private static Deployment deployment(List<HasMetadata> resources) {
        return Chart.only(resources, Deployment.class);
    }

    private List<HasMetadata> resources(String namespace, String values) {
        return chart.resources(api.client(), namespace, values);
    }
}
