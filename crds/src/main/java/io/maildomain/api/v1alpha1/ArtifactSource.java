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
 * Names a source of Flux, whose status offers an artifact by URL and digest.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ArtifactSource(
        @Required @JsonPropertyDescription("The kind of Flux's source.")
        ArtifactKind kind,

        @Required
        @Size(min = 1, max = 253)
        @ValidationRule(
                value = Cel.IS_OBJECT_NAME,
                message = "the name of a source has lower-case letters, digits, - and . only, such as mailbox")
        @JsonPropertyDescription("Its name; it is of this namespace.")
        String name,

        @Size(min = 1, max = 255)
        @ValidationRule(value = Cel.IS_PATH, message = Cel.PATH_MESSAGE)
        @JsonPropertyDescription("The folder in it that holds the files. Left out: its top.")
        String path) {

    /** The folder that holds the files; empty: the top. */
    @JsonIgnore
    public Optional<String> wantedPath() {
        return Optional.ofNullable(path);
    }
}
