package io.maildomain.api.generator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionNames;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.SelectableField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every field of every kind. */
class SchemaTest {
    /** It leads to the Worker itself, by a rule of its own, and no token goes there. */
    private static final String PROBE = "spec.rollout.probe.url";

    static Stream<CustomResourceDefinition> definitions() {
        return Manifests.KINDS.stream().map(Manifests::definition);
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void everyFieldHasADescriptionThatIsASentence(CustomResourceDefinition definition) {
        assertThat(pathsWhere(
                        definition,
                        (path, schema) -> !path.endsWith("]")
                                && !path.endsWith("}")
                                && (schema.getDescription() == null
                                        || !schema.getDescription().endsWith("."))))
                .isEmpty();
    }

    /** The API server's estimate of what a CEL rule costs depends on it. */
    @ParameterizedTest
    @MethodSource("definitions")
    void everyListMapAndStringIsBounded(CustomResourceDefinition definition) {
        assertThat(pathsWhere(definition, (path, schema) -> isUnbounded(schema)))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void everyListSaysHowItIsMerged(CustomResourceDefinition definition) {
        assertThat(pathsWhere(
                        definition,
                        (path, schema) -> "array".equals(schema.getType()) && schema.getXKubernetesListType() == null))
                .isEmpty();
    }

    /** Argo CD compares lists as a whole: a default within one would show a difference that never goes. */
    @ParameterizedTest
    @MethodSource("definitions")
    void nothingWithinAListHasADefault(CustomResourceDefinition definition) {
        assertThat(pathsWhere(definition, (path, schema) -> path.contains("[]") && schema.getDefault() != null))
                .isEmpty();
    }

    /** With kubectl apply, a default for one of two alternatives would stand beside the other. */
    @Test
    void credentialsHaveNoDefaultInTheSchema() {
        assertThat(pathsWhere(
                        Manifests.definitions().get(0),
                        (path, schema) -> path.startsWith("spec.credentials") && schema.getDefault() != null))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void aFreshObjectNeverReadsAsDone(CustomResourceDefinition definition) {
        JSONSchemaProps root = root(definition);

        assertThat(root.getRequired()).containsExactly("spec");
        assertThat(root.getProperties()
                        .get("status")
                        .getDefault()
                        .get("observedGeneration")
                        .asLong())
                .isEqualTo(-1);
    }

    /** kubectl takes a word for a category first: "delete maildomain --all" would delete all that is in one of that name. */
    @ParameterizedTest
    @MethodSource("definitions")
    void noCategoryIsSpeltLikeAKind(CustomResourceDefinition definition) {
        assertThat(definition.getSpec().getNames().getCategories())
                .doesNotContainAnyElementsOf(
                        definitions().flatMap(SchemaTest::names).toList());
    }

    @Test
    void noTwoKindsShareAName() {
        assertThat(definitions().flatMap(SchemaTest::names).toList()).doesNotHaveDuplicates();
    }

    /** Clearing a namespace with "delete mail --all" must never reach what the whole cluster uses. */
    @ParameterizedTest
    @MethodSource("definitions")
    void whatIsClusterScopedIsInNoCategory(CustomResourceDefinition definition) {
        assertThat(definition.getSpec().getNames().getCategories())
                .isEqualTo(definition.getSpec().getScope().equals("Cluster") ? List.of() : List.of("mail"));
    }

    /** A date is printed as an age, and one to come as invalid; a list as JSON, an object not at all. */
    @ParameterizedTest
    @MethodSource("definitions")
    void everyColumnIsATextThatPeopleCanRead(CustomResourceDefinition definition) {
        for (CustomResourceColumnDefinition column :
                definition.getSpec().getVersions().get(0).getAdditionalPrinterColumns()) {
            assertThat(column.getType().equals("date"))
                    .as(column.getName())
                    .isEqualTo(column.getJsonPath().equals(".metadata.creationTimestamp"));
            assertThat(pathsWhere(
                            definition,
                            (path, schema) -> column.getJsonPath().equals("." + path)
                                    && !List.of("string", "boolean", "integer").contains(schema.getType())))
                    .as(column.getName())
                    .isEmpty();
        }
    }

    @Test
    void mailDomainsCanBeSelectedByTheirDomain() {
        assertThat(definitions()
                        .findFirst()
                        .orElseThrow()
                        .getSpec()
                        .getVersions()
                        .get(0)
                        .getSelectableFields())
                .extracting(SelectableField::getJsonPath)
                .containsExactly(".spec.domain");
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void nothingNamesAnApiUrl(CustomResourceDefinition definition) {
        assertThat(pathsWhere(
                        definition,
                        (path, schema) -> path.matches("(?i).*(url|uri|endpoint|baseurl)$") && !path.equals(PROBE)))
                .isEmpty();
    }

    /** All by which kubectl knows a kind. */
    private static Stream<String> names(CustomResourceDefinition definition) {
        CustomResourceDefinitionNames names = definition.getSpec().getNames();
        return Stream.concat(
                Stream.of(names.getPlural(), names.getSingular()),
                names.getShortNames().stream().map(name -> name.toLowerCase(Locale.ROOT)));
    }

    private static boolean isUnbounded(JSONSchemaProps schema) {
        boolean string = "string".equals(schema.getType())
                && (schema.getEnum() == null || schema.getEnum().isEmpty())
                && !"date-time".equals(schema.getFormat());
        return string && schema.getMaxLength() == null
                || "array".equals(schema.getType()) && schema.getMaxItems() == null
                || schema.getAdditionalProperties() != null && schema.getMaxProperties() == null;
    }

    private static List<String> pathsWhere(
            CustomResourceDefinition definition, BiPredicate<String, JSONSchemaProps> condition) {
        List<String> paths = new ArrayList<>();
        SchemaWalk.visit(root(definition), (path, schema) -> {
            if (condition.test(path, schema)) {
                paths.add(path);
            }
        });
        return paths;
    }

    private static JSONSchemaProps root(CustomResourceDefinition definition) {
        return definition.getSpec().getVersions().get(0).getSchema().getOpenAPIV3Schema();
    }
}
