package io.maildomain.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/**
 * What is known of one right of a token.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record RightStatus(
        @Required
        @Size(max = 128)
        @JsonPropertyDescription("The right as Cloudflare's dashboard calls it, such as Zone: Zone Settings: Edit.")
        String right,

        @Required
        @JsonPropertyDescription(
                "Granted: a write with it succeeded. Readable: a read did, which proves no more. Missing: "
                        + "Cloudflare refused a call that needs it. Unknown: nothing tried it yet.")
        RightState state,

        @Size(max = Bounded.MESSAGE) @JsonPropertyDescription("What the right is needed for.")
        String purpose) {

    /** Cuts what is too long. */
    public RightStatus {
        right = Bounded.text(right, 128);
        purpose = Bounded.text(purpose, Bounded.MESSAGE);
    }
}
