package io.maildomain.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/**
 * An R2 bucket that a Worker is bound to. It must exist: the operator never creates, empties or deletes one.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record WorkerBucket(
        @Required
        @Size(min = 1, max = 64)
        @ValidationRule(value = Cel.IS_BINDING, message = Cel.BINDING_MESSAGE)
        @JsonPropertyDescription("What the script calls it: env.MAIL_BUCKET.")
        String binding,

        @Required
        @Size(min = 3, max = 63)
        @ValidationRule(value = Cel.IS_BUCKET, message = Cel.BUCKET_MESSAGE)
        @JsonPropertyDescription("The bucket's name. It must exist in the account, and the account must grant it.")
        String name,

        @JsonPropertyDescription(
                "Where Cloudflare guarantees that its objects stay, which is part of the bucket's name; default when "
                        + "left out.")
        String jurisdiction) {

    /** Of a bucket without a guarantee. */
    public static final String NO_JURISDICTION = "default";

    /** Replaces what is absent by its default. */
    public WorkerBucket {
        jurisdiction = jurisdiction == null ? NO_JURISDICTION : jurisdiction;
    }
}
