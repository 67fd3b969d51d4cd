package io.maildomain.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;

/**
 * What serves at Cloudflare.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ServingVersion(
        @Size(max = Bounded.WORD)
        @JsonPropertyDescription("The id of the version; of a MailSite that of the deployment.")
        String id,

        @JsonPropertyDescription("Whether the operator deployed it; if not, drift says what becomes of it.")
        Boolean ours,

        @Size(max = Bounded.WORD)
        @JsonPropertyDescription("What it was deployed by, in Cloudflare's words: api, wrangler, dash.")
        String deployedBy,

        @JsonPropertyDescription("When it was deployed, by Cloudflare's clock.")
        Instant deployedAt) {

    /** Cuts what is too long. */
    public ServingVersion {
        id = Bounded.text(id, Bounded.WORD);
        deployedBy = Bounded.text(deployedBy, Bounded.WORD);
    }
}
