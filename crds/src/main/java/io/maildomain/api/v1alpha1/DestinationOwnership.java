package io.maildomain.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import java.util.Optional;

/**
 * The ownership record of a DestinationAddress: how the address came to be, and so whether the operator may delete it; and which request
 * for another mail was heeded.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record DestinationOwnership(
        @Required
        @Size(max = 64)
        @JsonPropertyDescription(
                "The id of the Cloudflare account that the address is in. Once noted, only this account is used.")
        String accountId,

        @JsonPropertyDescription("How the operator came to the address.")
        TargetOwnership address,

        @Size(max = 64)
        @JsonPropertyDescription(
                "The value of the annotation maildomain.io/resend-verification that was heeded last: each new value has one mail sent.")
        String resend) {

    /** Nothing of an address of that account. */
    public static DestinationOwnership of(String accountId) {
        return new DestinationOwnership(accountId, null, null);
    }

    /** What is noted of the address. */
    @JsonIgnore
    public Optional<TargetOwnership> notedAddress() {
        return Optional.ofNullable(address);
    }

    /** The request for another mail that was heeded last. */
    @JsonIgnore
    public Optional<String> notedResend() {
        return Optional.ofNullable(resend);
    }

    /**
     * A call that creates it is about to be made.
     *
     * @param at Cloudflare's time when there was none
     * @param request for a mail that this answers; null: none stands there
     */
    public DestinationOwnership creating(Instant at, String request) {
        return new DestinationOwnership(accountId, new TargetOwnership(DeployOrigin.Creating, null, at), request);
    }

    /** The operator created it. @param id Cloudflare's; null where it gave none */
    public DestinationOwnership created(String id) {
        return new DestinationOwnership(accountId, new TargetOwnership(DeployOrigin.Created, id, null), resend);
    }

    /** That request for a mail needs none: the link was clicked. It must not have one sent later. */
    public DestinationOwnership heeding(String request) {
        return new DestinationOwnership(accountId, address, request);
    }

    /** It was there before. @param id Cloudflare's; null where it gave none */
    public DestinationOwnership adopted(String id) {
        return new DestinationOwnership(accountId, new TargetOwnership(DeployOrigin.Adopted, id, null), resend);
    }
}
