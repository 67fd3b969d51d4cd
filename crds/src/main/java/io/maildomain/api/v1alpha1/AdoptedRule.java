package io.maildomain.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/**
 * A rule of another user or tool that was taken over.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record AdoptedRule(
        @Required @Size(max = 320) @JsonPropertyDescription("The rule's address.")
        String address,

        @Size(max = 64) @JsonPropertyDescription("The rule's id at Cloudflare.")
        String id,

        @Required @JsonPropertyDescription("What the rule said before; it is written back on deletion.")
        RuleContent previous) {}
