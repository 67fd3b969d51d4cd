package io.maildomain.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What the operator may do and is told where Mailboxes attach, and what people may do: nothing of it elsewhere. */
class ChartMailboxesTest {

    private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();
    private static final String ENABLED = "mailboxes: {enabled: true}\n";

    private final Chart chart = new Chart(Checkout.find().chart());

    @AfterAll
    static void close() {
        CLIENT.close();
    }

    @Test
    void byDefaultNothingOfItIsThere() {
        assertThat(roles("{}")).noneMatch(rule -> rule.getResources().toString().contains("mailboxes"));
        assertThat(variables("{}")).noneMatch(variable -> variable.getName().equals("MAILDOMAIN_MAILBOXES"));
    }

    /** It creates and deletes none, and has no finalizer to put there. */
    @Test
    void theOperatorReadsThemAndWritesTheirStatus() {
        List<PolicyRule> operators = clusterRole("mail-system:mail-domain-operator", ENABLED);

        assertThat(of(operators, "mailboxes")).singleElement().satisfies(rule -> assertThat(rule.getVerbs())
                .containsExactly("get", "list", "watch"));
        assertThat(of(operators, "mailboxes/status")).singleElement().satisfies(rule -> assertThat(rule.getVerbs())
                .containsExactly("patch"));
        assertThat(variables(ENABLED))
                .anyMatch(variable -> variable.getName().equals("MAILDOMAIN_MAILBOXES")
                        && variable.getValue().equals("true"));
    }

    @Test
    void onlyWhereItIsAskedForItMayDeleteThem() {
        String deleting = "mailboxes: {enabled: true, deleteExpired: true}\n";

        assertThat(of(clusterRole("mail-system:mail-domain-operator", deleting), "mailboxes"))
                .singleElement()
                .satisfies(rule -> assertThat(rule.getVerbs()).containsExactly("get", "list", "watch", "delete"));
        assertThat(variables(deleting))
                .anyMatch(variable -> variable.getName().equals("MAILDOMAIN_DELETE_EXPIRED_MAILBOXES"));
        assertThat(variables(ENABLED))
                .noneMatch(variable -> variable.getName().equals("MAILDOMAIN_DELETE_EXPIRED_MAILBOXES"));
    }

    @Test
    void withNamespacesThatAreWatchedTheRightsEndThere() {
        String watched = ENABLED + "watchNamespaces: [mail]\n";

        assertThat(of(clusterRole("mail-system:mail-domain-operator", watched), "mailboxes"))
                .isEmpty();
        assertThat(chart.resources(CLIENT, "mail-system", watched).stream()
                        .filter(Role.class::isInstance)
                        .map(Role.class::cast)
                        .filter(role -> role.getMetadata().getNamespace().equals("mail"))
                        .flatMap(role -> role.getRules().stream())
                        .filter(rule -> rule.getResources().contains("mailboxes")))
                .hasSize(1);
    }

    @Test
    void peopleWhoMayEditCreateThemAndWriteNoStatus() {
        List<PolicyRule> edit = clusterRole("mail-system:mail-domain-operator:edit", ENABLED);

        assertThat(of(edit, "mailboxes")).singleElement().satisfies(rule -> assertThat(rule.getVerbs())
                .contains("create", "delete"));
        assertThat(of(edit, "mailboxes/status")).isEmpty();
    }

    @Test
    void withoutAccountsNoneCouldAttachAndHelmSaysSo() {
        assertThatThrownBy(() -> roles(ENABLED + "accounts: false\nlocalSecrets: true\n"))
                .hasMessageContaining("mailboxes.enabled needs accounts: true");
    }

    private List<PolicyRule> clusterRole(String name, String values) {
        return chart.resources(CLIENT, "mail-system", values).stream()
                .filter(ClusterRole.class::isInstance)
                .map(ClusterRole.class::cast)
                .filter(role -> role.getMetadata().getName().equals(name))
                .flatMap(role -> role.getRules().stream())
                .toList();
    }

    private List<PolicyRule> roles(String values) {
        List<HasMetadata> resources = chart.resources(CLIENT, "mail-system", values);
        return resources.stream()
                .filter(ClusterRole.class::isInstance)
                .map(ClusterRole.class::cast)
                .flatMap(role -> role.getRules().stream())
                .toList();
    }

    private static List<PolicyRule> of(List<PolicyRule> rules, String resource) {
        return rules.stream()
                .filter(rule -> rule.getResources().contains(resource))
                .toList();
    }

    @SuppressWarnings("unchecked")
    private Stream<EnvVar> variables(String values) {
        return chart
                .container(CLIENT, "mail-system", Serialization.unmarshal("---\n" + values, Map.class))
                .getEnv()
                .stream();
    }
}
