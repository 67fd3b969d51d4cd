package io.maildomain.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/**
 * Names a CloudflareAccount.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record AccountRef(
        @Required
        @Size(min = 1, max = 253)
        @ValidationRule(
                value = Cel.IS_OBJECT_NAME,
                message =
                        "the name of a CloudflareAccount has lower-case letters, digits, - and . only, such as default")
        @JsonPropertyDescription("The name of the CloudflareAccount.")
        String name) {

    /** The account that is used where no credentials are named. */
    public static final String DEFAULT_NAME = "default";

    /** Without a name it is the default account. */
    public AccountRef {
        name = name == null ? DEFAULT_NAME : Bounded.shared(name);
    }
}
