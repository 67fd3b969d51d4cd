package io.maildomain.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;

/**
 * The last time that another user's change was brought back in line.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record DriftCorrection(
        @Required @JsonPropertyDescription("When.") Instant time,

        @Required @Size(max = Bounded.MESSAGE) @JsonPropertyDescription("What was brought back in line.")
        String what) {

    /** Cuts what is too long. */
    public DriftCorrection {
        what = Bounded.text(what, Bounded.MESSAGE);
    }
}
