package io.maildomain.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;

/**
 * Where the zone comes from and what becomes of it.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ZoneSpec(
        @Default("CreateOrAdopt")
        @JsonPropertyDescription(
                "CreateOrAdopt: use the zone that exists, else create it. CreateOnly: a zone that exists already "
                        + "is a conflict. AdoptOnly: never create a zone.")
        ZonePolicy policy,

        @Default("DeleteIfUnused")
        @JsonPropertyDescription(
                "What happens to a zone that the operator created when this MailDomain is deleted. "
                        + "DeleteIfUnused: delete it if its DNS records can be read (that takes Zone: DNS: Read) and are nothing "
                        + "but Email Routing's. Delete: delete it. Retain: leave it. A zone that was there before is never deleted.")
        ZoneDeletionPolicy deletionPolicy) {

    /** Create the zone if there is none; delete it again only if unused. */
    public static final ZoneSpec DEFAULT = new ZoneSpec(null, null);

    /** Replaces what is absent by its default. */
    public ZoneSpec {
        policy = policy == null ? ZonePolicy.CreateOrAdopt : policy;
        deletionPolicy = deletionPolicy == null ? ZoneDeletionPolicy.DeleteIfUnused : deletionPolicy;
    }
}
