package io.maildomain.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/**
 * A migration of a rollout.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record RolloutMigration(
        @Required @Size(max = 64) @JsonPropertyDescription("The name of the D1 database.")
        String database,

        @Required @Size(max = 255) @JsonPropertyDescription("The name of the file.")
        String file) {}
