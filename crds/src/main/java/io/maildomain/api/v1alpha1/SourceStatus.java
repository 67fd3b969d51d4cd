package io.maildomain.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;

/**
 * Which files the source held when it was last looked at.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record SourceStatus(
        @Size(max = Bounded.DIGEST)
        @JsonPropertyDescription("The digest of the artifact, image or ConfigMap: sha256:...")
        String digest,

        @Size(max = Bounded.HOST)
        @JsonPropertyDescription("What the source calls it: a tag, or the revision of Flux's artifact.")
        String revision) {

    /** Cuts what is too long. */
    public SourceStatus {
        digest = Bounded.text(digest, Bounded.DIGEST);
        revision = Bounded.text(revision, Bounded.HOST);
    }
}
