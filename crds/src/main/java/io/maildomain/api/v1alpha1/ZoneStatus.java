package io.maildomain.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/**
 * The zone at Cloudflare.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ZoneStatus(
        @Size(max = Bounded.WORD) @JsonPropertyDescription("The zone's id.")
        String id,

        @Size(max = Bounded.WORD)
        @JsonPropertyDescription(
                "The zone's status in Cloudflare's words: initializing, pending, active or moved. A pending zone "
                        + "waits for the name servers to be set at the registrar.")
        String status,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 16)
        @JsonPropertyDescription("The name servers to set at the domain's registrar.")
        List<@Size(max = Bounded.HOST) String> nameServers,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 16)
        @JsonPropertyDescription("The name servers that the domain had when the zone was added.")
        List<@Size(max = Bounded.HOST) String> originalNameServers) {

    /** Replaces absent lists by empty ones, and cuts what is too long. */
    public ZoneStatus {
        id = Bounded.text(id, Bounded.WORD);
        status = Bounded.text(status, Bounded.WORD);
        nameServers = Bounded.texts(nameServers, 16, Bounded.HOST);
        originalNameServers = Bounded.texts(originalNameServers, 16, Bounded.HOST);
    }
}
