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

/** What the operator may do and is told where MailWorkers and MailSites are deployed: elsewhere it sees what is left of them, for it cannot go. */
class ChartDeployingTest {

    private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();
    private static final String EVERYTHING = """
            deploying:
              enabled: true
              artifactHosts: [ghcr.io, "*.githubusercontent.com"]
              configMaps: [mailbox, other]
              fluxKinds: [GitRepository, OCIRepository, Bucket, ExternalArtifact]
            """;

    private final Chart chart = new Chart(Checkout.find().chart());

    @AfterAll
    static void close() {
        CLIENT.close();
    }

    private List<HasMetadata> resources(String values) {
        return chart.resources(CLIENT, "mail-system", values);
    }

    /** Of the operator: those that no other ClusterRole takes in. */
    private static List<PolicyRule> clusterRules(List<HasMetadata> resources) {
        return resources.stream()
                .filter(ClusterRole.class::isInstance)
                .map(ClusterRole.class::cast)
                .filter(role -> role.getMetadata().getName().equals("mail-system:mail-domain-operator"))
                .flatMap(role -> role.getRules().stream())
                .toList();
    }

    private static List<PolicyRule> rulesIn(String namespace, List<HasMetadata> resources) {
        return resources.stream()
                .filter(Role.class::isInstance)
                .map(Role.class::cast)
                .filter(role -> role.getMetadata().getNamespace().equals(namespace))
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

    @Test
    void byDefaultTheOperatorOnlySeesWhatIsLeftOfIt() {
        List<PolicyRule> rules = clusterRules(resources("{}"));

        assertThat(rules).isNotEmpty();
        assertThat(of(rules, "mailworkers")).singleElement().satisfies(rule -> {
            assertThat(rule.getResources()).containsExactly("mailworkers", "mailsites");
            assertThat(rule.getVerbs()).containsExactly("list");
        });
        assertThat(of(rules, "configmaps")).isEmpty();
        assertThat(variables("{}")).noneMatch(variable -> variable.getName().equals("MAILDOMAIN_DEPLOYING"));
        assertThat(clusterRules(resources("{deploying: {configMaps: [mailbox], fluxKinds: [Bucket]}}")))
                .isEqualTo(rules);
    }

    @Test
    void filesAreReadByNameOrByKindAndNeverListed() {
        List<PolicyRule> rules = clusterRules(resources(EVERYTHING));

        assertThat(of(rules, "mailworkers")).singleElement().satisfies(rule -> {
            assertThat(rule.getResources()).containsExactly("mailworkers", "mailsites");
            assertThat(rule.getVerbs()).containsExactly("get", "list", "watch", "patch");
        });
        assertThat(of(rules, "mailworkers/status")).singleElement().satisfies(rule -> {
            assertThat(rule.getResources()).containsExactly("mailworkers/status", "mailsites/status");
            assertThat(rule.getVerbs()).containsExactly("patch");
        });
        assertThat(of(rules, "configmaps")).singleElement().satisfies(rule -> {
            assertThat(rule.getResourceNames()).containsExactly("mailbox", "other");
            assertThat(rule.getVerbs()).containsExactly("get");
        });
        assertThat(of(rules, "ocirepositories")).singleElement().satisfies(rule -> {
            assertThat(rule.getApiGroups()).containsExactly("source.toolkit.fluxcd.io");
            assertThat(rule.getResources())
                    .containsExactly("gitrepositories", "ocirepositories", "buckets", "externalartifacts");
            assertThat(rule.getVerbs()).containsExactly("get");
        });
        assertThat(of(rules, "secrets")).isEmpty();
    }

    @Test
    void withNamespacesThatAreWatchedTheRightsEndThere() {
        List<HasMetadata> resources = resources(EVERYTHING + "watchNamespaces: [mail]\n");

        assertThat(of(clusterRules(resources), "mailworkers")).isEmpty();
        assertThat(of(rulesIn("mail", resources), "mailworkers")).hasSize(1);
        assertThat(of(rulesIn("mail", resources), "mailsites")).hasSize(1);
        assertThat(of(rulesIn("mail", resources), "configmaps")).hasSize(1);
    }

    @Test
    void theOperatorIsToldSoAndWhereFilesMayComeFrom() {
        assertThat(variables(EVERYTHING))
                .filteredOn(variable -> variable.getName().matches("MAILDOMAIN_(DEPLOYING|ARTIFACT_HOSTS)"))
                .extracting(EnvVar::getValue)
                .containsExactly("true", "ghcr.io,*.githubusercontent.com");
    }

    @Test
    void withoutAccountsItIsRefused() {
        assertThatThrownBy(() -> resources(
                        "{deploying: {enabled: true}, accounts: false, watchNamespaces: [mail], localSecrets: true}"))
                .hasMessageContaining("deploying.enabled needs accounts: true");
    }

    @Test
    void thoseWhoMayEditMayEditWhatIsDeployed() {
        assertThat(resources(EVERYTHING).stream()
                        .filter(ClusterRole.class::isInstance)
                        .map(ClusterRole.class::cast)
                        .filter(role -> role.getMetadata().getName().endsWith(":edit"))
                        .flatMap(role -> of(role.getRules(), "mailsites").stream()))
                .singleElement()
                .satisfies(rule -> assertThat(rule.getResources()).contains("mailworkers"));
    }
}
