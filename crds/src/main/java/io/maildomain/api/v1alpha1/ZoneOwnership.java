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
 * How the operator came to a zone.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ZoneOwnership(
        @Size(max = 64)
        @JsonPropertyDescription("The zone's id; absent while it is being created. Once noted, only this zone is used.")
        String id,

        @Size(max = 64) @JsonPropertyDescription("The id of the Cloudflare account that the zone is in.")
        String accountId,

        @Required
        @JsonPropertyDescription(
                "Creating: a create call is about to be made or its answer was lost. Created: the operator created "
                        + "the zone. Adopted: it was there before, and is never deleted.")
        ZoneOrigin origin,

        @JsonPropertyDescription(
                "When, by Cloudflare's clock, no zone was there: a zone created since then may be the one that a "
                        + "lost answer spoke of.")
        Instant requestedAt,

        @Size(max = 64)
        @JsonPropertyDescription(
                "What the annotation maildomain.io/rebind-zone said when it was followed last: it is followed once.")
        String rebind) {

    /** A zone that no annotation led to. */
    public ZoneOwnership(String id, String accountId, ZoneOrigin origin, Instant requestedAt) {
        this(id, accountId, origin, requestedAt, null);
    }

    /** The same, to which this value of the annotation led; null: none. */
    public ZoneOwnership withRebind(String value) {
        return new ZoneOwnership(id, accountId, origin, requestedAt, value);
    }

    /** The value of the annotation that was followed last. */
    @JsonIgnore
    public Optional<String> notedRebind() {
        return Optional.ofNullable(rebind);
    }

    /** The zone's id, once it is known. */
    @JsonIgnore
    public Optional<String> notedId() {
        return Optional.ofNullable(id);
    }

    /** The account that the zone is in, where it is known. */
    @JsonIgnore
    public Optional<String> notedAccountId() {
        return Optional.ofNullable(accountId);
    }

    /** Cloudflare's time when the create call was noted. */
    @JsonIgnore
    public Optional<Instant> notedRequestedAt() {
        return Optional.ofNullable(requestedAt);
    }
}
