package io.maildomain.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/**
 * Which address, in which account, and whether it goes with the resource.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record DestinationAddressSpec(
        @Default("{\"name\": \"default\"}")
        @ValidationRule(
                value = "self == oldSelf",
                message =
                        "accountRef cannot be changed; delete this DestinationAddress and create one for the other account")
        @JsonPropertyDescription(
                "The CloudflareAccount whose operator's token is used; it must let this namespace forward to the address (forwardTo in "
                        + "its spec.access). The one named default when left out. It cannot be changed.")
        AccountRef accountRef,

        @Required
        @Size(min = 6, max = 90)
        @ValidationRule(
                value = Cel.IS_ADDRESS,
                message = "email must be one lower-case mail address, such as team@corp.example")
        @ValidationRule(
                value = Cel.IS_NO_PATTERN,
                message = "email is one mailbox and no pattern: create a DestinationAddress for each address")
        @ValidationRule(
                value = "self == oldSelf",
                message =
                        "the email of a DestinationAddress cannot be changed; delete it and create one for the other address")
        @JsonPropertyDescription(
                "The address where the mail is read: lower case, at most 90 characters. Its owner gets a mail of Cloudflare's with a "
                        + "link to click. It cannot be changed.")
        String email,

        @Default("Retain")
        @JsonPropertyDescription(
                "What happens to the address at Cloudflare when this resource is deleted. Retain: it stays. Delete: it goes, if the "
                        + "operator created it and no rule and no catch-all of the account forwards to it any more.")
        DeletionPolicy deletionPolicy) {

    private static final AccountRef DEFAULT = new AccountRef(AccountRef.DEFAULT_NAME);

    /** Replaces what is absent by its default. */
    public DestinationAddressSpec {
        accountRef = accountRef == null ? DEFAULT : accountRef;
        email = Bounded.shared(email);
        deletionPolicy = deletionPolicy == null ? DeletionPolicy.Retain : deletionPolicy;
    }

    /** An address of the default account that stays when the resource goes. */
    public static DestinationAddressSpec of(String email) {
        return new DestinationAddressSpec(null, email, null);
    }
}
