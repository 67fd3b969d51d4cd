package io.maildomain.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;

/**
 * What to do about DNS records that stand in the way.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record DnsSpec(
        @Default("Refuse")
        @JsonPropertyDescription(
                "What to do when a zone or host that the operator did not create has MX or SPF records of another "
                        + "mail provider. Refuse: change nothing and say ForeignRecords, so that mail that flows today is "
                        + "not broken. Replace: let Cloudflare replace them.")
        ExistingRecords existingRecords) {

    /** Records of others stay. */
    public static final DnsSpec DEFAULT = new DnsSpec(null);

    /** Replaces what is absent by its default. */
    public DnsSpec {
        existingRecords = existingRecords == null ? ExistingRecords.Refuse : existingRecords;
    }
}
