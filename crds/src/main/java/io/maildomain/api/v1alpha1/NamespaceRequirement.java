package io.maildomain.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;

/**
 * One requirement of a label selector.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value =
                "self.operator in ['In', 'NotIn'] ? has(self.values) && size(self.values) > 0 : !has(self.values) || size(self.values) == 0",
        message = "operator In or NotIn needs at least one of values; Exists and DoesNotExist take none")
public record NamespaceRequirement(
        @Required @Size(min = 1, max = 317) @JsonPropertyDescription("The label.")
        String key,

        @Required
        @JsonPropertyDescription(
                "In: the label has one of the values. NotIn: it has none of them or is absent. Exists: it is "
                        + "there. DoesNotExist: it is absent.")
        SelectorOperator operator,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 20)
        @JsonPropertyDescription("The values for In and NotIn; none for Exists and DoesNotExist.")
        List<@Size(max = 63) String> values) {

    /** Replaces an absent list by an empty one. */
    public NamespaceRequirement {
        values = values == null ? List.of() : List.copyOf(values);
    }

    /** Whether labels meet this requirement. */
    boolean matches(Map<String, String> labels) {
        String value = labels.get(key);
        return switch (operator) {
            case In -> value != null && values.contains(value);
            case NotIn -> value == null || !values.contains(value);
            case Exists -> value != null;
            case DoesNotExist -> value == null;
        };
    }
}
