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

        @JsonPropertyDescription("The deployment that should serve.")
        DeployedVersion deployed,

        @Size(max = Bounded.DIGEST)
        @JsonPropertyDescription(
                "What is about to be deployed, or was when an answer was lost, as one hash over files and settings; it stands in the "
                        + "deployment's commit message, so that nothing is deployed twice.")
        String deploying,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 40)
        @JsonPropertyDescription("The custom domains that the operator attached.")
        List<@Size(max = 253) String> customDomains) {

    private static final SiteOwnership NOTHING = new SiteOwnership(null, null, null, null, null);

    /** Replaces an absent list by an empty one. */
    public SiteOwnership {
        customDomains = customDomains == null ? List.of() : List.copyOf(customDomains);
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

    /** The deployment that should serve. */
    @JsonIgnore
    public Optional<DeployedVersion> notedDeployed() {
        return Optional.ofNullable(deployed);
    }

    /** What is about to be deployed. */
    @JsonIgnore
    public Optional<String> notedDeploying() {
        return Optional.ofNullable(deploying);
    }

    /** This record with another note of the project, in that account; null takes it out. */
    public SiteOwnership withProject(String account, TargetOwnership other) {
        return new SiteOwnership(account, other, deployed, deploying, customDomains);
    }

    /** This record with what is about to be deployed; null takes it out. */
    public SiteOwnership withDeploying(String fingerprint) {
        return new SiteOwnership(accountId, project, deployed, fingerprint, customDomains);
    }

    /** This record with another deployment that should serve, and nothing under way. */
    public SiteOwnership withDeployed(DeployedVersion other) {
        return new SiteOwnership(accountId, project, other, null, customDomains);
    }

    /** This record with other custom domains. */
    public SiteOwnership withCustomDomains(List<String> others) {
        return new SiteOwnership(accountId, project, deployed, deploying, others);
    }
}
