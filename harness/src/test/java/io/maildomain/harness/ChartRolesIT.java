package io.maildomain.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What people may do who have the chart's ClusterRoles, as {@code kubectl auth can-i} says. Of the built-in roles view, edit and
 * admin only the controller manager makes more, which does not run here: a person has here what it would add.
 */
class ChartRolesIT {

    private static final String ROLES = "chart-roles:mail-domain-operator:";
    private static final String TEAM = "team-of-chart-roles";

    @TempDir
    private static Path folder;

    private static Kubectl kubectl;
    private static KubeApi api;

    @BeforeAll
    static void bind() throws IOException {
        Checkout checkout = Checkout.find();
        api = KubeApi.shared();
        KubernetesClient client = api.client();
        kubectl = Kubectl.find(
                checkout, api.kubeconfig(), Files.createDirectories(folder), Path.of("target/kubectl/roles.txt"));
        new Chart(checkout.chart())
                .resources(client, "chart-roles", Map.of()).stream()
                        .filter(ClusterRole.class::isInstance)
                        .forEach(role -> client.resource(role).serverSideApply());
        kubectl.run("kubectl create namespace " + TEAM);
        bindInTeam("viewer", List.of("view"));
        bindInTeam("editor", List.of("view", "edit"));
        client.resource(new ClusterRoleBindingBuilder()
                        .withNewMetadata()
                        .withName("chart-roles-account-admin")
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", ROLES + "account-admin")
                        .addNewSubject("rbac.authorization.k8s.io", "User", "account-admin", null)
                        .build())
                .serverSideApply();
    }

    private static void bindInTeam(String user, List<String> roles) {
        for (String role : roles) {
            api.client()
                    .resource(new RoleBindingBuilder()
                            .withNewMetadata()
                            .withName(user + "-" + role)
                            .withNamespace(TEAM)
                            .endMetadata()
                            .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", ROLES + role)
                            .addNewSubject("rbac.authorization.k8s.io", "User", user, null)
                            .build())
                    .serverSideApply();
        }
    }

    @AfterAll
    static void unbind() {
        api.client()
                .rbac()
                .clusterRoleBindings()
                .withName("chart-roles-account-admin")
                .delete();
    }

    @ParameterizedTest
    @CsvSource({
        "viewer, get, maildomains, yes",
        "viewer, list, catchallrules, yes",
        "viewer, watch, maildomains, yes",
        "viewer, create, maildomains, no",
        "viewer, delete, catchallrules, no",
        "viewer, get, cloudflareaccounts, no",
        "editor, get, maildomains, yes",
        "editor, create, maildomains, yes",
        "editor, patch, maildomains, yes",
        "editor, delete, catchallrules, yes",
        "editor, deletecollection, maildomains, yes",
        "editor, patch, maildomains/status, no",
        "editor, update, catchallrules/status, no",
        "editor, get, cloudflareaccounts, no",
        "editor, create, cloudflareaccounts, no",
        "editor, get, secrets, no",
        "viewer, get, mailworkers, no",
        "editor, create, mailworkers, no",
        "viewer, get, mailboxes, no",
        "editor, create, mailboxes, no",
        "viewer, get, destinationaddresses, no",
        "editor, create, destinationaddresses, no",
        "viewer, get, mailsites, no",
        "editor, create, mailsites, no",
        "account-admin, create, cloudflareaccounts, yes",
        "account-admin, delete, cloudflareaccounts, yes",
        "account-admin, patch, cloudflareaccounts/status, no",
        "account-admin, get, maildomains, no",
        "account-admin, get, secrets, no",
        "nobody, get, maildomains, no"
    })
    void aPersonMay(String user, String verb, String resource, String answer) {
        String[] parts = resource.split("/");
        String subresource = parts.length == 2 ? " --subresource=" + parts[1] : "";
        String group = parts[0].equals("secrets") ? "" : ".maildomain.io";

        String said = kubectl.run("kubectl auth can-i %s %s%s%s --as=%s -n %s"
                        .formatted(verb, parts[0], group, subresource, user, TEAM))
                .output()
                .strip();

        assertThat(said.lines().reduce((first, last) -> last)).contains(answer);
    }

    @Test
    void rightsEndAtTheNamespace() {
        assertThat(kubectl.run("kubectl auth can-i create maildomains.maildomain.io --as=editor -n default")
                        .output())
                .startsWith("no");
    }

    @ParameterizedTest
    @CsvSource({"view, view edit admin", "edit, edit admin", "account-admin, ''"})
    void theBuiltInRolesTakeIn(String role, String builtIn) {
        Map<String, String> labels = api.client()
                .rbac()
                .clusterRoles()
                .withName(ROLES + role)
                .get()
                .getMetadata()
                .getLabels();

        assertThat(labels.keySet().stream()
                        .filter(label -> label.contains("/aggregate-to-"))
                        .map(label -> label.substring(label.indexOf("/aggregate-to-") + "/aggregate-to-".length())))
                .containsExactlyInAnyOrder(builtIn.isEmpty() ? new String[0] : builtIn.split(" "));
    }
}
