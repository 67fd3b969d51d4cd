package io.maildomain.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;

/**
 * A few words for kubectl get.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record MailDomainSummary(
        @Size(max = 32) @JsonPropertyDescription("How many of the rules are in line, such as 3/3.")
        String rules,

        @Size(max = 300) @JsonPropertyDescription("The CloudflareAccount in use, or the Secret.")
        String account) {}
