package io.maildomain.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.Optional;

/**
 * The ownership record of a CatchAllRule.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record CatchAllOwnership(
        @Required @Size(max = 64) @JsonPropertyDescription("The id of the zone whose catch-all it is.")
        String zoneId,

        @JsonPropertyDescription("What the catch-all was before the operator first wrote it.")
        CatchAllContent previous,

        @JsonPropertyDescription("What the operator is about to write.")
        CatchAllContent intended,

        @JsonPropertyDescription("What the operator wrote last, as Cloudflare answered.")
        CatchAllContent applied) {

    /** What the catch-all was before. */
    @JsonIgnore
    public Optional<CatchAllContent> notedPrevious() {
        return Optional.ofNullable(previous);
    }

    /** What was about to be written. */
    @JsonIgnore
    public Optional<CatchAllContent> notedIntended() {
        return Optional.ofNullable(intended);
    }

    /** What was written last. */
    @JsonIgnore
    public Optional<CatchAllContent> notedApplied() {
        return Optional.ofNullable(applied);
    }
}
