package io.maildomain.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;

/**
 * Email Routing on the zone.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record RoutingStatus(
        @JsonPropertyDescription("Whether Email Routing is enabled.")
        Boolean enabled,

        @Size(max = Bounded.WORD)
        @JsonPropertyDescription(
                "Its status in Cloudflare's words: ready, unconfigured, misconfigured, misconfigured/locked or "
                        + "unlocked.")
        String status) {

    /** Cuts what is too long. */
    public RoutingStatus {
        status = Bounded.text(status, Bounded.WORD);
    }
}
