package io.maildomain.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a Pages project should serve.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record MailSiteSpec(
        @Default("{\"name\": \"default\"}")
        @ValidationRule(
                value = "self == oldSelf",
                message = "accountRef cannot be changed; delete this MailSite and create one for the other account")
        @JsonPropertyDescription(
                "The CloudflareAccount whose deploy token is used; it must grant this namespace what is deployed. The one named "
                        + "default when left out. It cannot be changed.")
        AccountRef accountRef,

        @Required
        @Size(min = 1, max = 58)
        @ValidationRule(
                value = Cel.IS_PROJECT,
                message =
                        "project must be the name of a Pages project: lower-case letters, digits and -, no - at either end, such as mail-web")
        @ValidationRule(
                value = "self == oldSelf",
                message =
                        "the project of a MailSite cannot be changed; delete this MailSite and create one for the other project")
        @JsonPropertyDescription("The name of the Pages project. It cannot be changed.")
        String project,

        @Required
        @JsonPropertyDescription("Where the site's files come from: exactly one of oci, artifact and configMap.")
        DeploySource source,

        @Size(min = 1, max = 255)
        @ValidationRule(value = Cel.IS_PATH, message = Cel.PATH_MESSAGE)
        @JsonPropertyDescription("The folder of the source that is served. Left out: its top.")
        String directory,

        @Default("main")
        @Size(min = 1, max = 255)
        @ValidationRule(
                value = Cel.IS_BRANCH,
                message = "branch must be the name of a branch: letters, digits and . _ / -, such as main")
        @JsonPropertyDescription(
                "The branch that the deployment counts as. That of the project's production serves the site, any other a preview.")
        String branch,

        @Default("false") @JsonPropertyDescription("Whether the project is created where it is missing.")
        Boolean createProject,

        @Size(max = 20)
        @JsonPropertyDescription("Host names under which the site is served. One that leads elsewhere is never taken.")
        List<@Size(min = 3, max = 253) String> customDomains,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @JsonPropertyDescription("Texts for the site's functions, by the names that they know them by. No secrets.")
        Map<String, String> variables,

        @Default("Retain")
        @JsonPropertyDescription(
                "What happens at Cloudflare when this MailSite is deleted. Retain: everything stays and serves. Delete: what the "
                        + "operator created is deleted; a project that was there before stays always.")
        DeletionPolicy deletionPolicy,

        @Default("Manage") @JsonPropertyDescription(MailWorkerSpec.MODE)
        Mode mode) {

    /** Replaces what is absent by its default. */
    public MailSiteSpec {
        accountRef = accountRef == null ? new AccountRef(null) : accountRef;
        branch = branch == null ? "main" : branch;
        createProject = createProject != null && createProject;
        customDomains = customDomains == null ? List.of() : List.copyOf(customDomains);
        variables = variables == null ? Map.of() : Map.copyOf(variables);
        deletionPolicy = deletionPolicy == null ? DeletionPolicy.Retain : deletionPolicy;
        mode = mode == null ? Mode.Manage : mode;
    }

    /** A spec that leaves everything else at its default. */
    public static MailSiteSpec of(String project, DeploySource source) {
        return new MailSiteSpec(null, project, source, null, null, null, null, null, null, null);
    }

    /** The folder that is served; empty: the source's top. */
    @JsonIgnore
    public Optional<String> wantedDirectory() {
        return Optional.ofNullable(directory);
    }
}
