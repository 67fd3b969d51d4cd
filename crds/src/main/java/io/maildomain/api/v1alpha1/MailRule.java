package io.maildomain.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Optional;

/**
 * One routing rule: what happens to mail for one address.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record MailRule(
        @Required
        @Size(min = 6, max = 90)
        @ValidationRule(
                value = Cel.IS_ADDRESS,
                message =
                        "address must be one lower-case mail address, such as support@example.com; for everything else there is CatchAllRule")
        @ValidationRule(
                value = Cel.IS_NO_PATTERN,
                message =
                        "an address has no *, since Cloudflare knows no patterns: *@example.com (all mail that no rule names)"
                                + " is a catch-all, for which there is CatchAllRule; else name each address in a rule of its own")
        @JsonPropertyDescription(
                "The address whose mail this rule is about, in spec.domain or a subdomain of it: lower case, at "
                        + "most 90 characters.")
        String address,

        @Required @JsonPropertyDescription("What happens to the mail: exactly one of forwardTo, worker and drop.")
        Action action,

        @JsonPropertyDescription(
                "Whether the rule is in force; true when left out. A disabled rule stays at Cloudflare, and its "
                        + "mail goes to the catch-all.")
        Boolean enabled,

        @Min(0)
        @Max(2147483646)
        @JsonPropertyDescription("Cloudflare's priority of the rule, 0 or more. Left out: not compared.")
        Integer priority) {

    /** A rule is enabled unless it says otherwise. */
    public MailRule {
        enabled = enabled == null || enabled;
    }

    /** An enabled rule without a priority. */
    public static MailRule of(String address, Action action) {
        return new MailRule(address, action, true, null);
    }

    /** The priority that the rule is to have; empty: it is not compared. */
    @JsonIgnore
    public Optional<Integer> wantedPriority() {
        return Optional.ofNullable(priority);
    }

    /** The host that the address is at: what stands behind its last {@code @}. */
    public String host() {
        return address.substring(address.lastIndexOf('@') + 1);
    }
}
