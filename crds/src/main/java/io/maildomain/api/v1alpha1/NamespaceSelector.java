package io.maildomain.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Map;

/**
 * A Kubernetes label selector over namespaces.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record NamespaceSelector(
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @JsonPropertyDescription(
                "Labels that a namespace must have, each with this very value. Every namespace has the label kubernetes.io/metadata.name.")
        Map<String, String> matchLabels,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 10)
        @JsonPropertyDescription("Further requirements, all of which must hold.")
        List<NamespaceRequirement> matchExpressions) {

    /** Replaces what is absent by what is empty. */
    public NamespaceSelector {
        matchLabels = matchLabels == null ? Map.of() : Map.copyOf(matchLabels);
        matchExpressions = matchExpressions == null ? List.of() : List.copyOf(matchExpressions);
    }

    /** Every namespace: the selector without any requirement. */
    public static NamespaceSelector everything() {
        return new NamespaceSelector(null, null);
    }

    /** No namespace: what an absent selector stands for, as an access that names no namespace grants nothing. */
    static NamespaceSelector nothing() {
        NamespaceRequirement has = new NamespaceRequirement("maildomain.io/none", SelectorOperator.Exists, null);
        NamespaceRequirement hasNot =
                new NamespaceRequirement("maildomain.io/none", SelectorOperator.DoesNotExist, null);
        return new NamespaceSelector(null, List.of(has, hasNot));
    }

    /** Whether a namespace with these labels is selected, by the rules of Kubernetes label selectors. */
    public boolean matches(Map<String, String> labels) {
        return labels.entrySet().containsAll(matchLabels.entrySet())
                && matchExpressions.stream().allMatch(requirement -> requirement.matches(labels));
    }
}
