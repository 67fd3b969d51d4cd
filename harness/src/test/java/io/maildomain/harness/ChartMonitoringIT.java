package io.maildomain.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Objects of the chart that point to its Pods: whatever they select must be there. */
class ChartMonitoringIT {

    private final KubeApi api = KubeApi.shared();
    private final Chart chart = new Chart(Checkout.find().chart());

    @Test
    void nothingOfThisIsThereByDefault() {
        assertThat(kinds("{}"))
                .doesNotContain("Service", "ServiceMonitor", "PodMonitor", "PodDisruptionBudget", "NetworkPolicy");
    }

    @Test
    void aServiceMonitorBringsTheServiceAndFindsItsPort() {
        List<HasMetadata> resources = resources("{serviceMonitor: {enabled: true, interval: 30s}}");
        Service service = Chart.only(resources, Service.class);
        JsonNode monitor = spec(resources, "ServiceMonitor");

        assertThat(service.getMetadata().getLabels()).containsAllEntriesOf(labels(monitor.at("/selector/matchLabels")));
        assertThat(monitor.at("/endpoints/0/port").asText())
                .isEqualTo(service.getSpec().getPorts().get(0).getName());
        assertThat(monitor.at("/endpoints/0/interval").asText()).isEqualTo("30s");
        assertThat(monitor.at("/endpoints/0/path").asText()).isEqualTo("/metrics");
        assertThat(podLabels(resources)).containsAllEntriesOf(service.getSpec().getSelector());
    }

    @Test
    void aPodMonitorFindsThePodsAndTheirPort() {
        List<HasMetadata> resources = resources("{podMonitor: {enabled: true, labels: {release: prometheus}}}");
        JsonNode monitor = spec(resources, "PodMonitor");

        assertThat(podLabels(resources)).containsAllEntriesOf(labels(monitor.at("/selector/matchLabels")));
        assertThat(monitor.at("/podMetricsEndpoints/0/port").asText()).isEqualTo("http");
        assertThat(kinds("{podMonitor: {enabled: true}}")).doesNotContain("Service");
        assertThat(resources)
                .filteredOn(resource -> resource.getKind().equals("PodMonitor"))
                .singleElement()
                .satisfies(resource ->
                        assertThat(resource.getMetadata().getLabels()).containsEntry("release", "prometheus"));
    }

    @Test
    void theDisruptionBudgetIsThatOfThePods() {
        List<HasMetadata> resources =
                resources("{replicaCount: 3, podDisruptionBudget: {enabled: true, maxUnavailable: 50%}}");
        PodDisruptionBudget budget = Chart.only(resources, PodDisruptionBudget.class);

        assertThat(podLabels(resources))
                .containsAllEntriesOf(budget.getSpec().getSelector().getMatchLabels());
        assertThat(budget.getSpec().getMaxUnavailable()).isEqualTo(new IntOrString("50%"));
    }

    @Test
    void theNetworkPolicyLetsThePodsReachDnsCloudflareAndTheApiServer() {
        List<HasMetadata> resources = resources(
                "{networkPolicy: {enabled: true, ingressFrom: [{namespaceSelector: {matchLabels: {team: watch}}}],"
                        + " extraEgress: [{ports: [{port: 3128, protocol: TCP}]}]}}");
        NetworkPolicy policy = Chart.only(resources, NetworkPolicy.class);

        assertThat(podLabels(resources))
                .containsAllEntriesOf(policy.getSpec().getPodSelector().getMatchLabels());
        assertThat(policy.getSpec().getPolicyTypes()).containsExactly("Ingress", "Egress");
        assertThat(policy.getSpec().getIngress()).singleElement().satisfies(rule -> assertThat(
                        rule.getFrom().get(0).getNamespaceSelector().getMatchLabels())
                .containsEntry("team", "watch"));
        assertThat(policy.getSpec().getEgress().stream()
                        .flatMap(rule -> rule.getPorts().stream())
                        .map(port -> port.getProtocol() + " " + port.getPort().getValue()))
                .containsExactly("UDP 53", "TCP 53", "TCP 443", "TCP 6443", "TCP 3128");
    }

    private List<String> kinds(String values) {
        return resources(values).stream().map(HasMetadata::getKind).distinct().toList();
    }

    private static Map<String, String> podLabels(List<HasMetadata> resources) {
        return Chart.only(resources, Deployment.class)
                .getSpec()
                .getTemplate()
                .getMetadata()
                .getLabels();
    }

    private static JsonNode spec(List<HasMetadata> resources, String kind) {
        return resources.stream()
                .filter(resource -> resource.getKind().equals(kind))
                .map(resource -> JsonHttp.JSON.<JsonNode>valueToTree(resource).path("spec"))
                .findFirst()
                .orElseThrow();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> labels(JsonNode node) {
        return JsonHttp.JSON.convertValue(node, Map.class);
    }

    private List<HasMetadata> resources(String values) {
        return chart.resources(api.client(), "chart", values);
    }
}
