package io.maildomain.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/**
 * The version that was deployed last, was found good and should serve.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record DeployedVersion(
        @Required @Size(max = 64) @JsonPropertyDescription("The version's id, of a MailSite that of the deployment.")
        String id,

        @Required
        @Size(max = Bounded.DIGEST)
        @JsonPropertyDescription("What it consists of, as one hash over files, bindings and settings.")
        String fingerprint,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 10)
        @JsonPropertyDescription("Where each database stood before the last migrations that led to it.")
        List<RestorePoint> restorePoints) {

    /** Replaces an absent list by an empty one. */
    public DeployedVersion {
        restorePoints = restorePoints == null ? List.of() : List.copyOf(restorePoints);
    }
}
