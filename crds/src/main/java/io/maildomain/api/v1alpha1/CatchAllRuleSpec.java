package io.maildomain.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;

/**
 * Where mail goes that no rule names.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record CatchAllRuleSpec(
        @Required
        @ValidationRule(
                value = "self == oldSelf",
                message =
                        "domainRef cannot be changed; delete this CatchAllRule and create one for the other MailDomain")
        @JsonPropertyDescription("The MailDomain of the same namespace whose catch-all this is. It cannot be changed.")
        DomainRef domainRef,

        @Required @JsonPropertyDescription("What happens to the mail: exactly one of forwardTo, worker and drop.")
        Action action,

        @Default("true")
        @JsonPropertyDescription(
                "Whether the catch-all is in force. While it is not, Cloudflare refuses mail that no rule names.")
        Boolean enabled,

        @Default("Restore")
        @JsonPropertyDescription(
                "What happens to the catch-all when this CatchAllRule is deleted. Restore: what was there before "
                        + "comes back. Reset: Cloudflare's default, drop and disabled. Retain: it is left as it is.")
        CatchAllDeletionPolicy deletionPolicy) {

    /** Replaces what is absent by its default. */
    public CatchAllRuleSpec {
        enabled = enabled == null || enabled;
        deletionPolicy = deletionPolicy == null ? CatchAllDeletionPolicy.Restore : deletionPolicy;
    }

    /** An enabled catch-all that gives back what was there before. */
    public static CatchAllRuleSpec of(String mailDomain, Action action) {
        return new CatchAllRuleSpec(new DomainRef(mailDomain), action, null, null);
    }
}
