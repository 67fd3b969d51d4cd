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
 * Names a MailDomain, which may be one of another namespace.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record MailboxDomainRef(
        @Required
        @Size(min = 1, max = 253)
        @ValidationRule(
                value = Cel.IS_OBJECT_NAME,
                message =
                        "domainRef.name is the name of a MailDomain (its metadata.name, such as example-com): lower-case letters, digits, - and . only")
        @JsonPropertyDescription("The name of the MailDomain: its metadata.name, not the domain.")
        String name,

        @Size(min = 1, max = 63)
        @ValidationRule(
                value = Cel.IS_NAMESPACE,
                message =
                        "domainRef.namespace is the name of the MailDomain's namespace: lower-case letters, digits and - only")
        @JsonPropertyDescription("The namespace of the MailDomain. Left out: that of the Mailbox.")
        String namespace) {

    /** The namespace that is named; empty: that of the Mailbox. */
    @JsonIgnore
    public Optional<String> wantedNamespace() {
        return Optional.ofNullable(namespace);
    }
}
