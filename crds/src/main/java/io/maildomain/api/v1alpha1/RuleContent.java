package io.maildomain.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.Optional;

/**
 * What a rule at Cloudflare says, but for its address.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record RuleContent(
        @Size(max = 256) @JsonPropertyDescription("Its name.")
        String name,

        @JsonPropertyDescription("Whether it is in force.") Boolean enabled,

        @Min(Integer.MIN_VALUE) @Max(Integer.MAX_VALUE) @JsonPropertyDescription("Its priority.")
        Integer priority,

        @Size(max = 64) @JsonPropertyDescription("The type of its action: forward, worker or drop.")
        String actionType,

        @Size(max = 320) @JsonPropertyDescription("The destination address or the Worker; absent for drop.")
        String actionValue) {

    /** The destination address or the Worker; empty for drop. */
    @JsonIgnore
    public Optional<String> target() {
        return Optional.ofNullable(actionValue);
    }
}
