package io.maildomain.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/**
 * Names a ConfigMap of the same namespace.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ConfigMapSource(
        @Required
        @Size(min = 1, max = 253)
        @ValidationRule(
                value = Cel.IS_OBJECT_NAME,
                message =
                        "the name of a ConfigMap has lower-case letters, digits, - and . only, such as mailbox-worker")
        @JsonPropertyDescription("The name of the ConfigMap.")
        String name) {}
