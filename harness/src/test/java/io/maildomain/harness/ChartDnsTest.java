package io.maildomain.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where DNS is not to be asked the operator is told so, and may not; else it is told nothing, so that {@code extraEnv} still can. */
class ChartDnsTest {

    private final Chart chart = new Chart(Checkout.find().chart());

    private List<String> told(String name, Map<String, Object> values) {
        try (KubernetesClient client = new KubernetesClientBuilder().build()) {
            return chart.container(client, "mail-system", values).getEnv().stream()
                    .filter(variable -> variable.getName().equals(name))
                    .map(EnvVar::getValue)
                    .toList();
        }
    }

    @Test
    void aValueSwitchesDnsChecksOff() {
        assertThat(told("MAILDOMAIN_DNS_CHECKS", Map.of("dnsChecks", false))).containsExactly("false");
        assertThat(told("MAILDOMAIN_DNS_CHECKS", Map.of())).isEmpty();
    }

    @Test
    void anotherOneSwitchesTheLookFromOutsideOff() {
        assertThat(told("MAILDOMAIN_SEEN_OUTSIDE", Map.of("seenOutside", false)))
                .containsExactly("false");
        assertThat(told("MAILDOMAIN_SEEN_OUTSIDE", Map.of())).isEmpty();
    }

    @Test
    void aResolverOfYourOwnIsNamed() {
        assertThat(told("MAILDOMAIN_DNS_RESOLVER", Map.of("dnsResolver", "10.0.0.53:53")))
                .containsExactly("10.0.0.53:53");
        assertThat(told("MAILDOMAIN_DNS_RESOLVER", Map.of())).isEmpty();
    }

    /** An open way out by port 53 is one for whatever goes by it. */
    @Test
    void whereNoneButTheClustersDnsIsAskedThePolicyLetsNoneElseBeReached() {
        assertThat(policyOfDns(Map.of("dnsChecks", false)).getTo())
                .allMatch(peer -> peer.getNamespaceSelector() != null
                        || peer.getIpBlock().getCidr().startsWith("169.254."))
                .hasSize(2);
        assertThat(policyOfDns(Map.of()).getTo()).isEmpty();
    }

    /** A rule without ports would let everything out. */
    @Test
    void withoutPortsThePolicyLetsNothingOutButDns() {
        assertThat(egress(Map.of("networkPolicy", Map.of("enabled", true, "egressPorts", List.of()))))
                .singleElement()
                .satisfies(rule -> assertThat(rule.getPorts()).hasSize(2));
    }

    private NetworkPolicyEgressRule policyOfDns(Map<String, Object> values) {
        Map<String, Object> all = new HashMap<>(values);
        all.put("networkPolicy", Map.of("enabled", true));
        return egress(all).get(0);
    }

    private List<NetworkPolicyEgressRule> egress(Map<String, Object> values) {
        try (KubernetesClient client = new KubernetesClientBuilder().build()) {
            return Chart.only(chart.resources(client, "mail-system", values), NetworkPolicy.class)
                    .getSpec()
                    .getEgress();
        }
    }
}
