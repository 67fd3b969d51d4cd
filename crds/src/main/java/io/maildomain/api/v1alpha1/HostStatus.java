package io.maildomain.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;

/**
 * One host's Email Routing records.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record HostStatus(
        @Required @Size(max = Bounded.HOST) @JsonPropertyDescription("The host's whole name.")
        String host,

        @Required
        @JsonPropertyDescription(
                "Ready: MX and SPF records are there. Missing: some are not. Foreign: another mail provider's "
                        + "are there. MovedAway: the host routed mail, was switched off, and another mail provider's MX "
                        + "records are there since: it is left off. Unlocked: a user unlocked them, and they are not locked again. Unknown: it cannot be "
                        + "seen whether another provider's are there, so nothing is changed.")
        HostState state,

        @Size(max = Bounded.MESSAGE) @JsonPropertyDescription("What is the matter and what to do.")
        String message,

        @JsonPropertyDescription(
                "Since when Cloudflare has not done what it confirmed: the records are not asked for again soon.")
        Instant notTakenSince) {

    /** Cuts what is too long. */
    public HostStatus {
        host = Bounded.text(host, Bounded.HOST);
        message = Bounded.text(message, Bounded.MESSAGE);
    }
}
