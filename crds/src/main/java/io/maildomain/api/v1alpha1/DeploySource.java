package io.maildomain.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Optional;

/**
 * Where the files of what is deployed come from: exactly one of the three.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value = "(has(self.oci) ? 1 : 0) + (has(self.artifact) ? 1 : 0) + (has(self.configMap) ? 1 : 0) == 1",
        message = "a source is exactly one of oci: {reference}, artifact: {kind, name} (of Flux) or configMap: {name}")
public record DeploySource(
        @JsonPropertyDescription("An artifact or image of an OCI registry.")
        OciSource oci,

        @JsonPropertyDescription("What a source of Flux in this namespace offers.")
        ArtifactSource artifact,

        @JsonPropertyDescription("A ConfigMap of this namespace: each key is a file. For what is small.")
        ConfigMapSource configMap) {

    /** From an OCI registry. */
    public static DeploySource of(OciSource oci) {
        return new DeploySource(oci, null, null);
    }

    /** From a source of Flux. */
    public static DeploySource of(ArtifactSource artifact) {
        return new DeploySource(null, artifact, null);
    }

    /** From the ConfigMap of that name. */
    public static DeploySource ofConfigMap(String name) {
        return new DeploySource(null, null, new ConfigMapSource(name));
    }

    /** The OCI artifact or image, if it is one. */
    @JsonIgnore
    public Optional<OciSource> wantedOci() {
        return Optional.ofNullable(oci);
    }

    /** Flux's source, if it is one. */
    @JsonIgnore
    public Optional<ArtifactSource> wantedArtifact() {
        return Optional.ofNullable(artifact);
    }

    /** The ConfigMap, if it is one. */
    @JsonIgnore
    public Optional<ConfigMapSource> wantedConfigMap() {
        return Optional.ofNullable(configMap);
    }
}
