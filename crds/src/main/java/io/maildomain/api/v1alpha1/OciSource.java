package io.maildomain.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Optional;

/**
 * Names an artifact or image of an OCI registry.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record OciSource(
        @Required
        @Size(min = 1, max = 512)
        @ValidationRule(value = Cel.IS_OCI_REFERENCE, message = Cel.OCI_REFERENCE_MESSAGE)
        @JsonPropertyDescription(
                "The artifact or image: ghcr.io/acme/mailbox@sha256:..., or with a tag, which is looked up each time. "
                        + "status.source says which digest it was.")
        String reference,

        @Size(min = 1, max = 255)
        @ValidationRule(value = Cel.IS_PATH, message = Cel.PATH_MESSAGE)
        @JsonPropertyDescription("The folder in it that holds the files. Left out: its top.")
        String path,

        @JsonPropertyDescription(
                "A Secret of this namespace of the type kubernetes.io/dockerconfigjson, for a registry that wants "
                        + "to know who asks. Only where the installation allows it (localSecrets).")
        LocalSecretRef pullSecretRef) {

    /** The folder that holds the files; empty: the top. */
    @JsonIgnore
    public Optional<String> wantedPath() {
        return Optional.ofNullable(path);
    }

    /** The Secret for the registry. */
    @JsonIgnore
    public Optional<LocalSecretRef> wantedPullSecret() {
        return Optional.ofNullable(pullSecretRef);
    }
}
