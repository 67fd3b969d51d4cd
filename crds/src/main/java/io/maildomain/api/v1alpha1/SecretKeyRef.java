package io.maildomain.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/**
 * Names a key of a Secret of the same namespace.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record SecretKeyRef(
        @Required
        @Size(min = 1, max = 253)
        @ValidationRule(
                value = Cel.IS_OBJECT_NAME,
                message = "the name of a Secret has lower-case letters, digits, - and . only, such as mailbox-secrets")
        @JsonPropertyDescription("The name of the Secret.")
        String name,

        @Required
        @Size(min = 1, max = 253)
        @ValidationRule(
                value = Cel.IS_SECRET_KEY,
                message = "the key of a Secret has letters, digits, -, _ and . only, such as session")
        @JsonPropertyDescription("The key within it.")
        String key) {}
