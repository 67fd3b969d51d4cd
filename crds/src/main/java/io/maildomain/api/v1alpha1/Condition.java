package io.maildomain.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import java.util.Optional;

/**
 * One condition, of the form that all of Kubernetes uses (metav1.Condition).
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Condition(
        @Required
        @Size(max = 316)
        @Pattern(Cel.CONDITION_TYPE)
        @JsonPropertyDescription("What the condition is about, such as Ready.")
        String type,

        @Required @JsonPropertyDescription("True, False or Unknown.")
        String status,

        @Min(0) @JsonPropertyDescription("The generation of the spec that the condition was worked out from.")
        Long observedGeneration,

        @Required @JsonPropertyDescription("When status last changed from one value to another.")
        Instant lastTransitionTime,

        @Required
        @Size(min = 1, max = 1024)
        @Pattern(Cel.CONDITION_REASON)
        @JsonPropertyDescription("Why, in one CamelCase word for programs.")
        String reason,

        @Required
        @Size(max = Bounded.MESSAGE)
        @JsonPropertyDescription("Why, and what to do next, in a sentence for people.")
        String message) {

    /** Cuts a message that is too long. */
    public Condition {
        type = Bounded.shared(type);
        status = Bounded.shared(status);
        reason = Bounded.shared(reason);
        message = Bounded.shared(Bounded.text(message, Bounded.MESSAGE));
    }

    /** Whether the status is True. */
    @JsonIgnore
    public boolean holds() {
        return "True".equals(status);
    }

    /** Whether it gives this reason. */
    public boolean says(Reason known) {
        return known.name().equals(reason);
    }

    /** The reason; empty for one of another version or of another writer. */
    @JsonIgnore
    public Optional<Reason> knownReason() {
        return Reason.of(reason);
    }
}
