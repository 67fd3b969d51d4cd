package io.maildomain.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;

/**
 * A few words for kubectl get.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record DeploySummary(
        @Size(max = 16)
        @JsonPropertyDescription("The beginning of the id of the version (of a MailSite: the deployment) that serves.")
        String version,

        @Size(max = 32) @JsonPropertyDescription("The beginning of the digest of the files that were deployed last.")
        String source,

        @Size(max = Bounded.SOURCE) @JsonPropertyDescription("The CloudflareAccount in use.")
        String account) {

    private static final int VERSION = 8;
    private static final int DIGEST = "sha256:".length() + 12;

    /** Cuts what is too long. */
    public DeploySummary {
        version = Bounded.text(version, 16);
        source = Bounded.text(source, 32);
        account = Bounded.text(account, Bounded.SOURCE);
    }

    /** From the whole id and digest, each null where it is not known. */
    public static DeploySummary of(String version, String digest, String account) {
        return new DeploySummary(beginning(version, VERSION), beginning(digest, DIGEST), account);
    }

    private static String beginning(String text, int most) {
        return text == null || text.length() <= most ? text : text.substring(0, most);
    }
}
