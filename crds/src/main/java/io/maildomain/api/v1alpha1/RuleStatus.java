package io.maildomain.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/**
 * How one rule fares.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record RuleStatus(
        @Required @Size(max = 320) @JsonPropertyDescription("The rule's address.")
        String address,

        @Size(max = 64) @JsonPropertyDescription("The rule's id at Cloudflare.")
        String id,

        @Required
        @JsonPropertyDescription(
                "Synced: in line. Matched: somebody else's rule does the same. Pending: not written yet. Failed: "
                        + "refused by Cloudflare. Conflict: somebody else has a rule for the address. "
                        + "DestinationUnverified, WorkerMissing, AccessDenied: what the action names is not verified, not "
                        + "there or not granted. Contested: others keep changing it. NotExpressible: the rule that exists "
                        + "is too complex to take over.")
        RuleState state,

        @Size(max = 512) @JsonPropertyDescription("What is the matter and what to do.")
        String message) {}
