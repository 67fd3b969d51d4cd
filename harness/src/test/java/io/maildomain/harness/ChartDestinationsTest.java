package io.maildomain.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What the operator may do and is told where DestinationAddresses are seen to: elsewhere it only sees what is left of them. */
class ChartDestinationsTest {

    private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();
    private static final String ENABLED = "destinationAddresses: {enabled: true}\n";
    private static final String VARIABLE = "MAILDOMAIN_DESTINATION_ADDRESSES";

    private final Chart chart = new Chart(Checkout.find().chart());

    @AfterAll
    static void close() {
        CLIENT.close();
    }

    @Test
    void byDefaultTheOperatorOnlySeesWhatIsLeftOfIt() {
        assertThat(rules("{}").filter(rule -> rule.getResources().toString().contains("destinationaddresses")))
                .singleElement()
                .satisfies(rule -> {
                    assertThat(rule.getResources()).containsExactly("destinationaddresses");
                    assertThat(rule.getVerbs()).containsExactly("list");
                });
        assertThat(variables("{}")).noneMatch(variable -> variable.getName().equals(VARIABLE));
    }

    /** It creates and deletes none. */
    @Test
    void theOperatorReadsThemAndWritesFinalizerAndStatus() {
        List<PolicyRule> operators = of("mail-system:mail-domain-operator");

        assertThat(operators)
                .filteredOn(rule -> rule.getResources().contains("destinationaddresses"))
                .singleElement()
                .satisfies(rule -> assertThat(rule.getVerbs()).containsExactly("get", "list", "watch", "patch"));
        assertThat(operators)
                .filteredOn(rule -> rule.getResources().contains("destinationaddresses/status"))
                .singleElement()
                .satisfies(rule -> assertThat(rule.getVerbs()).containsExactly("patch"));
        assertThat(variables(ENABLED))
                .anyMatch(variable -> variable.getName().equals(VARIABLE)
                        && variable.getValue().equals("true"));
    }

    @Test
    void peopleWhoMayEditCreateThemAndWriteNoStatus() {
        assertThat(of("mail-system:mail-domain-operator:edit").stream().flatMap(rule -> rule.getResources().stream()))
                .contains("destinationaddresses")
                .doesNotContain("destinationaddresses/status");
    }

    @Test
    void withoutAccountsHelmSaysWhatIsMissing() {
        assertThatThrownBy(() -> rules(ENABLED + "accounts: false\nlocalSecrets: true\n"))
                .hasMessageContaining("destinationAddresses.enabled needs accounts: true");
    }

    private List<PolicyRule> of(String clusterRole) {
        return chart.resources(CLIENT, "mail-system", ENABLED).stream()
                .filter(ClusterRole.class::isInstance)
                .map(ClusterRole.class::cast)
                .filter(role -> role.getMetadata().getName().equals(clusterRole))
                .flatMap(role -> role.getRules().stream())
                .toList();
    }

    private Stream<PolicyRule> rules(String values) {
        return chart.resources(CLIENT, "mail-system", values).stream()
                .filter(ClusterRole.class::isInstance)
                .map(ClusterRole.class::cast)
                .flatMap(role -> role.getRules().stream());
    }

    @SuppressWarnings("unchecked")
    private Stream<EnvVar> variables(String values) {
        return chart
                .container(CLIENT, "mail-system", Serialization.unmarshal("---\n" + values, Map.class))
                .getEnv()
                .stream();
    }
}
