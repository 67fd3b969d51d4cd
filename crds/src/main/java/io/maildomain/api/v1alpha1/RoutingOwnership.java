package io.maildomain.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/**
 * That the operator enabled Email Routing.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record RoutingOwnership(
        @Required
        @JsonPropertyDescription(
                "Enabling: the call is about to be made or its answer was lost. Enabled: the operator enabled " + "it.")
        RoutingState state) {}
