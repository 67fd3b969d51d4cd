package io.maildomain.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import java.util.Optional;

/**
 * How the operator came to a Worker script, a Pages project or a destination address.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record TargetOwnership(
        @Required
        @JsonPropertyDescription(
                "Creating: a call that creates it is about to be made or its answer was lost. Created: the operator created it. "
                        + "Adopted: it was there before, and is never deleted.")
        DeployOrigin origin,

        @Size(max = 64)
        @JsonPropertyDescription(
                "Cloudflare's own id of it, which another one of the same name does not have; absent while it is being created.")
        String id,

        @JsonPropertyDescription(
                "When, by Cloudflare's clock, there was none: one that was created since then may be the one that a lost answer spoke "
                        + "of.")
        Instant requestedAt) {

    /** Cloudflare's own id of it, once it is known. */
    @JsonIgnore
    public Optional<String> notedId() {
        return Optional.ofNullable(id);
    }

    /** Cloudflare's time when the call was noted. */
    @JsonIgnore
    public Optional<Instant> notedRequestedAt() {
        return Optional.ofNullable(requestedAt);
    }
}
