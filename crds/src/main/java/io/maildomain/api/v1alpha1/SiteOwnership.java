package io.maildomain.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Optional;

/**
 * The ownership record of a MailSite: what the operator did at Cloudflare, and what it may delete.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record SiteOwnership(
        @Size(max = 64)
        @JsonPropertyDescription(
                "The id of the Cloudflare account that the project is in. Once noted, only this account is used.")
        String accountId,

        @JsonPropertyDescription("How the operator came to the project.")
        TargetOwnership project,

        @JsonPropertyDescription("The deployment that Cloudflare was last seen to be through with, well or not.")
        DeployedVersion deployed,

        @Size(max = Bounded.DIGEST)
        @JsonPropertyDescription(
                "What is about to be deployed, or was deployed last, as one hash over files and settings; it is the deployment's commit "
                        + "hash at Cloudflare, so that nothing is deployed twice.")
        String deploying,

        @Size(max = 64)
        @JsonPropertyDescription(
                "The request of a user to look that stood when that began; absent: none did. Another one has what failed tried again.")
        String retry,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 40)
        @JsonPropertyDescription("The custom domains that the operator attached.")
        List<@Size(max = 253) String> customDomains,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 128)
        @JsonPropertyDescription("The names of the variables that the operator set.")
        List<@Size(max = 64) String> variables) {

    private static final SiteOwnership NOTHING = new SiteOwnership(null, null, null, null, null, null, null);

    /** Replaces absent lists by empty ones. */
    public SiteOwnership {
        customDomains = customDomains == null ? List.of() : List.copyOf(customDomains);
        variables = variables == null ? List.of() : List.copyOf(variables);
    }

    /** An empty ownership record. */
    public static SiteOwnership nothing() {
        return NOTHING;
    }

    /** The account that the project is in, where it is known. */
    @JsonIgnore
    public Optional<String> notedAccountId() {
        return Optional.ofNullable(accountId);
    }

    /** What is noted of the project. */
    @JsonIgnore
    public Optional<TargetOwnership> notedProject() {
        return Optional.ofNullable(project);
    }

    /** The deployment that Cloudflare was last seen to be through with. */
    @JsonIgnore
    public Optional<DeployedVersion> notedDeployed() {
        return Optional.ofNullable(deployed);
    }

    /** What is about to be deployed, or was last. */
    @JsonIgnore
    public Optional<String> notedDeploying() {
        return Optional.ofNullable(deploying);
    }

    /** The request to look that stood when it began. */
    @JsonIgnore
    public Optional<String> notedRetry() {
        return Optional.ofNullable(retry);
    }
}
