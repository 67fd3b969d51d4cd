package io.maildomain.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamespaceSelectorTest {
    private static final Map<String, String> LABELS = Map.of("team", "mail", "stage", "live");

    @Test
    void everyLabelMustMatch() {
        assertThat(new NamespaceSelector(Map.of("team", "mail"), null).matches(LABELS))
                .isTrue();
        assertThat(new NamespaceSelector(Map.of("team", "mail", "stage", "test"), null).matches(LABELS))
                .isFalse();
        assertThat(new NamespaceSelector(Map.of("owner", "mail"), null).matches(LABELS))
                .isFalse();
    }

    /** As the Kubernetes API reference has it: NotIn also selects what lacks the label. */
    @ParameterizedTest
    @CsvSource({
        "team, In, mail, true",
        "team, In, web, false",
        "owner, In, mail, false",
        "team, NotIn, mail, false",
        "team, NotIn, web, true",
        "owner, NotIn, mail, true",
        "team, Exists, , true",
        "owner, Exists, , false",
        "team, DoesNotExist, , false",
        "owner, DoesNotExist, , true",
    })
    void anExpressionIsJudgedAsKubernetesDoes(String key, SelectorOperator operator, String value, boolean selected) {
        List<String> values = value == null ? null : List.of(value);
        NamespaceRequirement requirement = new NamespaceRequirement(key, operator, values);

        assertThat(new NamespaceSelector(null, List.of(requirement)).matches(LABELS))
                .isEqualTo(selected);
    }

    @Test
    void labelsAndExpressionsMustBothHold() {
        NamespaceRequirement live = new NamespaceRequirement("stage", SelectorOperator.In, List.of("live"));

        assertThat(new NamespaceSelector(Map.of("team", "mail"), List.of(live)).matches(LABELS))
                .isTrue();
        assertThat(new NamespaceSelector(Map.of("team", "web"), List.of(live)).matches(LABELS))
                .isFalse();
    }

    @Test
    void noRequirementSelectsEverything() {
        assertThat(NamespaceSelector.everything().matches(Map.of())).isTrue();
    }
}
