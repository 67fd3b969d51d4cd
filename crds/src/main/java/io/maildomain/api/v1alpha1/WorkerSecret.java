package io.maildomain.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/**
 * A secret of a Worker, whose value comes from a Secret of the namespace.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record WorkerSecret(
        @Required
        @Size(min = 1, max = 64)
        @ValidationRule(value = Cel.IS_BINDING, message = Cel.BINDING_MESSAGE)
        @JsonPropertyDescription("What the script calls it: env.SESSION_SECRET.")
        String name,

        @Required
        @JsonPropertyDescription(
                "The key of a Secret of this namespace that holds the value. Only where the installation allows it "
                        + "(localSecrets).")
        SecretKeyRef valueFrom) {}
