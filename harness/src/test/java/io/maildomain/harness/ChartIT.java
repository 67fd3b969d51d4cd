package io.maildomain.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChartIT {

    private final KubeApi api = KubeApi.shared();
    private final Chart chart = new Chart(Checkout.find().chart());

    static Stream<Map<String, ?>> installations() {
        return Stream.of(
                Map.of(),
                Map.of("localSecrets", true, "service", Map.of("enabled", true), "ownerId", "blue"),
                Map.of("watchNamespaces", List.of("default")),
                Map.of("watchNamespaces", List.of("default"), "accounts", false, "localSecrets", true),
                Map.of("secretNamespaces", List.of("default"), "log", Map.of("level", "debug")));
    }

    @Test
    void lintFindsNothing() {
        assertThat(chart.lint()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("installations")
    void theApiServerTakesEveryObjectAsItIs(Map<String, ?> values) {
        String namespace = api.createNamespace("chart");

        assertThat(resources(namespace, values)).isNotEmpty().allSatisfy(resource -> assertThatCode(
                        () -> api.dryRun(resource))
                .doesNotThrowAnyException());
    }

    @ParameterizedTest
    @MethodSource("installations")
    void noRuleHasAWildcardOrDeletesOrCreatesAnyOfOurResources(Map<String, ?> values) {
        List<PolicyRule> rules =
                granted("chart", values).stream().flatMap(ChartIT::rules).toList();

        assertThat(rules).isNotEmpty().allSatisfy(rule -> {
            assertThat(rule.getVerbs()).doesNotContain("*", "deletecollection");
            if (!rule.getResources().equals(List.of("configmaps"))) {
                assertThat(rule.getVerbs()).doesNotContain("delete");
            }
            assertThat(rule.getResources()).doesNotContain("*");
            assertThat(rule.getApiGroups()).doesNotContain("*");
            if (rule.getApiGroups().contains("maildomain.io")) {
                assertThat(rule.getVerbs()).doesNotContain("create");
            }
        });
    }

    @ParameterizedTest
    @MethodSource("installations")
    void noClusterRoleIsAboutSecretsUnlessLocalSecretsOfEveryNamespaceAreAskedFor(Map<String, ?> values) {
        boolean everywhere = Boolean.TRUE.equals(values.get("localSecrets")) && !values.containsKey("watchNamespaces");

        assertThat(resources("chart", values).stream()
                        .filter(ClusterRole.class::isInstance)
                        .flatMap(ChartIT::rules)
                        .filter(ChartIT::isAboutSecrets)
                        .toList())
                .hasSize(everywhere ? 1 : 0)
                .allSatisfy(rule -> assertThat(rule.getVerbs()).containsExactly("get", "list", "watch"));
    }

    @ParameterizedTest
    @MethodSource("installations")
    void secretsMayBePatchedOnlyByTheNamesThatAreListed(Map<String, ?> values) {
        assertThat(patchesOfSecrets(values)).as("by default").isEmpty();
        assertThat(policies(values)).isEmpty();

        Map<String, Object> holding = new HashMap<>(values);
        holding.put("heldSecrets", Map.of("names", List.of("tokens"), "released", List.of("former")));

        assertThat(patchesOfSecrets(holding)).isNotEmpty().allSatisfy(rule -> {
            assertThat(rule.getVerbs()).containsExactly("patch");
            assertThat(rule.getResourceNames()).containsExactly("tokens", "former");
        });
        boolean rolesOnly = Boolean.FALSE.equals(values.get("accounts")) && values.containsKey("watchNamespaces");
        assertThat(policies(holding)).hasSize(rolesOnly ? 0 : 2);
        holding.put("heldSecrets", Map.of("names", List.of("tokens"), "guard", false));
        assertThat(policies(holding)).isEmpty();
    }

    private List<PolicyRule> patchesOfSecrets(Map<String, ?> values) {
        return granted("chart", values).stream()
                .flatMap(ChartIT::rules)
                .filter(ChartIT::isAboutSecrets)
                .filter(rule -> rule.getVerbs().contains("patch"))
                .toList();
    }

    private List<HasMetadata> policies(Map<String, ?> values) {
        return resources("chart", values).stream()
                .filter(resource -> resource.getKind().startsWith("ValidatingAdmissionPolicy"))
                .toList();
    }

    /** A table that promises less than is granted, or more, is of no use to who has to allow it. */
    @Test
    void theGuidesTableOfRightsIsWhatTheChartGrants() throws IOException {
        Map<String, Set<String>> granted = new TreeMap<>();
        Map<String, Object> withAll = Map.of(
                "deploying", Map.of("enabled", true),
                "mailboxes", Map.of("enabled", true, "deleteExpired", true),
                "destinationAddresses", Map.of("enabled", true));
        Stream.concat(installations(), Stream.of(withAll))
                .flatMap(values -> granted("chart", values).stream())
                .flatMap(ChartIT::rules)
                .forEach(rule -> rule.getResources()
                        .forEach(resource -> granted.computeIfAbsent(resource, absent -> new TreeSet<>())
                                .addAll(rule.getVerbs())));

        Map<String, Set<String>> written = new TreeMap<>();
        Pattern row = Pattern.compile("^\\| (`[a-z/]+`(?:, `[a-z/]+`)*) \\|[^|]*\\| ([a-z, ]+) \\|.*");
        Path guide = Checkout.find().root().resolve("docs/guides/install.md");
        for (String line : Files.readAllLines(guide)) {
            Matcher found = row.matcher(line);
            if (found.matches()) {
                for (String resource : found.group(1).replace("`", "").split(", ")) {
                    written.put(resource, new TreeSet<>(List.of(found.group(2).split(", "))));
                }
            }
        }

        assertThat(written).isEqualTo(granted);
    }

    @Test
    void secretsAreReadInTheReleasesNamespaceAloneUnlessTheValuesSayMore() {
        assertThat(secretNamespaces(Map.of())).containsExactly("chart");
        assertThat(secretNamespaces(Map.of("watchNamespaces", List.of("mail")))).containsExactly("chart");
        assertThat(secretNamespaces(Map.of("secretNamespaces", List.of("vault"))))
                .containsExactly("chart", "vault");
        assertThat(secretNamespaces(Map.of("watchNamespaces", List.of("mail"), "localSecrets", true)))
                .containsExactly("chart", "mail");
    }

    @Test
    void theServiceAccountMayNotReadSecretsElsewhereAsTheApiServerSeesIt() {
        String home = api.createNamespace("chart");
        String elsewhere = api.createNamespace("elsewhere");
        ChartRbac rbac = ChartRbac.apply(api, home);

        for (String verb : List.of("get", "list", "watch")) {
            assertThat(rbac.may(api.client(), verb, "", "secrets", home)).isTrue();
            assertThat(rbac.may(api.client(), verb, "", "secrets", elsewhere)).isFalse();
            assertThat(rbac.may(api.client(), verb, "", "secrets", "")).isFalse();
        }
        for (String verb : List.of("create", "update", "patch", "delete")) {
            assertThat(rbac.may(api.client(), verb, "", "secrets", home)).isFalse();
        }
    }

    /** Where a Role, no ClusterRole, lets Secrets be read. */
    private List<String> secretNamespaces(Map<String, ?> values) {
        return resources("chart", values).stream()
                .filter(Role.class::isInstance)
                .filter(role -> rules(role).anyMatch(ChartIT::isAboutSecrets))
                .map(role -> role.getMetadata().getNamespace())
                .sorted()
                .toList();
    }

    /** The operator's own records: no others are within its reach. */
    @ParameterizedTest
    @MethodSource("installations")
    void configMapsAreTheOperatorsInItsOwnNamespaceAlone(Map<String, ?> values) {
        assertThat(resources("chart", values).stream().filter(resource -> rules(resource)
                        .anyMatch(rule -> rule.getResources().contains("configmaps"))))
                .singleElement()
                .satisfies(role -> assertThat(role.getMetadata().getNamespace()).isEqualTo("chart"));
    }

    @Test
    void withoutAccountsAndWithNamedNamespacesThereAreRolesOnly() {
        Map<String, ?> values = Map.of(
                "watchNamespaces",
                List.of("mail"),
                "accounts",
                false,
                "localSecrets",
                true,
                "crds",
                Map.of("install", false));

        assertThat(resources("chart", values))
                .noneSatisfy(resource -> assertThat(resource.getKind()).startsWith("Cluster"));
    }

    @Test
    void releasesOfOneNameInTwoNamespacesShareNoObject() {
        Map<String, ?> values = Map.of(
                "watchNamespaces",
                List.of("mail"),
                "secretNamespaces",
                List.of("vault"),
                "ownerId",
                "blue",
                "crds",
                Map.of("install", false));

        assertThat(names("one", values)).isNotEmpty().doesNotContainAnyElementsOf(names("two", values));
    }

    private List<String> names(String namespace, Map<String, ?> values) {
        return resources(namespace, values).stream().map(ChartIT::name).toList();
    }

    @Test
    void theOwnerIdIsTheOneThatIsSetAndElseDerived() {
        assertThat(chart.render("chart", Map.of("ownerId", "blue")))
                .containsPattern("name: MAILDOMAIN_OWNER_ID\\s+value: \"blue\"");
        assertThat(chart.render("chart", Map.of())).doesNotContain("MAILDOMAIN_OWNER_ID");
    }

    @Test
    void aJvmOfTheContainerIsBoundedByItsMemoryAndEndsWithoutAny() {
        assertThat(chart.javaOptions(api.client(), Map.of()))
                .contains("-XX:MaxRAM=" + 384L * 1024 * 1024, "-XX:+ExitOnOutOfMemoryError")
                .anyMatch(option -> option.startsWith("-XX:MaxRAMPercentage="));
    }

    @Test
    void aServiceAccountOfOnesOwnMustBeNamed() {
        assertThatThrownBy(() -> chart.render("chart", Map.of("serviceAccount", Map.of("create", false))))
                .hasMessageContaining("serviceAccount.name");
    }

    private List<HasMetadata> resources(String namespace, Map<String, ?> values) {
        return chart.resources(api.client(), namespace, values);
    }

    /** The roles that the operator has: those that a binding names. The others are for people. */
    private List<HasMetadata> granted(String namespace, Map<String, ?> values) {
        List<HasMetadata> resources = resources(namespace, values);
        Set<String> bound = new TreeSet<>();
        for (HasMetadata resource : resources) {
            if (resource instanceof RoleBinding binding) {
                bound.add("Role " + binding.getMetadata().getNamespace() + "/"
                        + binding.getRoleRef().getName());
            } else if (resource instanceof ClusterRoleBinding binding) {
                bound.add("ClusterRole null/" + binding.getRoleRef().getName());
            }
        }
        return resources.stream()
                .filter(resource -> bound.contains(name(resource)))
                .toList();
    }

    private static String name(HasMetadata resource) {
        return resource.getKind() + " " + resource.getMetadata().getNamespace() + "/"
                + resource.getMetadata().getName();
    }

    private static Stream<PolicyRule> rules(HasMetadata resource) {
        if (resource instanceof ClusterRole role) {
            return role.getRules().stream();
        }
        return resource instanceof Role role ? role.getRules().stream() : Stream.of();
    }

    private static boolean isAboutSecrets(PolicyRule rule) {
        return rule.getResources().contains("secrets");
    }
}
