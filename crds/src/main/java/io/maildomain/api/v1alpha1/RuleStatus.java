package io.maildomain.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;

/**
 * How one rule fares.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record RuleStatus(
        @Required @Size(max = Bounded.ADDRESS) @JsonPropertyDescription("The rule's address.")
        String address,

        @Size(max = Bounded.WORD) @JsonPropertyDescription("The rule's id at Cloudflare.")
        String id,

        @Required
        @JsonPropertyDescription(
                "Synced: in line. Matched: a rule of another user or tool does the same. Pending: not written yet. Failed: "
                        + "refused by Cloudflare. Conflict: another user or tool has a rule for the address. "
                        + "DestinationUnverified, WorkerMissing, AccessDenied: what the action names is not verified, not "
                        + "there or not granted. Contested: others keep changing it. NotExpressible: the rule that exists "
                        + "is too complex to take over.")
        RuleState state,

        @Size(max = Bounded.MESSAGE) @JsonPropertyDescription("What is the matter and what to do.")
        String message,

        @JsonPropertyDescription(
                "Since when Cloudflare holds the rule otherwise than it was written and confirmed: it is not written again soon.")
        Instant notTakenSince) {

    /** Cuts what is too long. */
    public RuleStatus {
        address = Bounded.text(address, Bounded.ADDRESS);
        id = Bounded.text(id, Bounded.WORD);
        message = Bounded.text(message, Bounded.MESSAGE);
    }
}
