package io.maildomain.operator.cloudflare;

import static io.maildomain.operator.cloudflare.CloudflareError.PROJECT_NOT_FOUND;
import static io.maildomain.operator.cloudflare.TokenDeployClient.deleted;
import static io.maildomain.operator.cloudflare.TokenDeployClient.unless;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.maildomain.operator.cloudflare.deploy.SiteDeployment;
import io.maildomain.operator.cloudflare.deploy.SiteDomain;
import io.maildomain.operator.cloudflare.deploy.SiteFile;
import io.maildomain.operator.cloudflare.deploy.SiteProject;
import io.maildomain.operator.cloudflare.deploy.SiteUpload;
import io.maildomain.operator.cloudflare.deploy.SitesApi;
import io.maildomain.operator.cloudflare.deploy.UploadPass;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** {@link SitesApi} with one token and one account. */
record TokenSites(CallExecutor executor, String accountId) implements SitesApi {
    /** Of contents in one call; more than these only where one file is larger. */
    static final int BATCH_BYTES = 8 << 20;

    private static final int BATCH_FILES = 500;
    private static final String DATA = "application/octet-stream";

    @Override
    public Optional<SiteProject> project(String project) {
        ApiRequest request = ApiRequest.to(CloudflareCall.GET_PROJECT, accountId, project);
        return unless(() -> executor.ask(request, node -> SitesTranslation.project(node, project)), PROJECT_NOT_FOUND);
    }

    @Override
    public Optional<SiteProject> createProject(String project, String productionBranch) {
        PathPlace.PROJECT.check(project);
        ApiRequest request = ApiRequest.to(CloudflareCall.CREATE_PROJECT, accountId)
                .sending(new DeployJson.NewProject(project, productionBranch));
        return unless(
                () -> executor.ask(request, node -> SitesTranslation.project(node, project)),
                CloudflareError.PROJECT_EXISTS);
    }

    @Override
    public SiteProject setVariables(String project, boolean live, Map<String, String> values, Set<String> removed) {
        String environment = live ? SitesTranslation.LIVE : SitesTranslation.PREVIEW;
        ApiRequest request = ApiRequest.to(CloudflareCall.EDIT_PROJECT, accountId, project)
                .sending(DeployJson.variables(environment, values, removed));
        return executor.ask(request, node -> SitesTranslation.project(node, project));
    }

    @Override
    public boolean deleteProject(String project) {
        ApiRequest request = ApiRequest.to(CloudflareCall.DELETE_PROJECT, accountId, project);
        return deleted(() -> executor.tell(request), PROJECT_NOT_FOUND, () -> project(project)
                .isPresent());
    }

    @Override
    public UploadPass uploadPass(String project) {
        return executor.ask(
                ApiRequest.to(CloudflareCall.GET_UPLOAD_PASS, accountId, project),
                node -> SitesTranslation.pass(node, executor.json()));
    }

    @Override
    public Set<String> missing(UploadPass pass, Collection<String> keys) {
        Set<String> asked = new TreeSet<>(keys);
        ApiRequest request = ApiRequest.to(CloudflareCall.FIND_MISSING_FILES)
                .bearing(pass)
                .sending(new DeployJson.Hashes(List.copyOf(asked)));
        return executor.ask(request, node -> SitesTranslation.missing(node, asked));
    }

    @Override
    public void upload(UploadPass pass, List<SiteFile> files) {
        for (List<SiteFile> batch : batches(files)) {
            executor.tell(ApiRequest.to(CloudflareCall.UPLOAD_FILES)
                    .bearing(pass)
                    .sending(new SiteFilesBody(batch, executor.json())));
        }
    }

    static List<List<SiteFile>> batches(List<SiteFile> files) {
        List<List<SiteFile>> batches = new ArrayList<>();
        long bytes = 0;
        for (SiteFile file : files) {
            bytes += file.content().length;
            List<SiteFile> last = batches.isEmpty() ? List.of() : batches.get(batches.size() - 1);
            if (last.isEmpty() || bytes > BATCH_BYTES || last.size() >= BATCH_FILES) {
                batches.add(new ArrayList<>());
                bytes = file.content().length;
            }
            batches.get(batches.size() - 1).add(file);
        }
        return batches;
    }

    @Override
    public void keep(UploadPass pass, Collection<String> keys) {
        executor.tell(ApiRequest.to(CloudflareCall.KEEP_FILES)
                .bearing(pass)
                .sending(new DeployJson.Hashes(List.copyOf(new TreeSet<>(keys)))));
    }

    @Override
    public SiteDeployment createDeployment(String project, SiteUpload upload) {
        Form form = new Form().field("manifest", json(upload.manifest())).field("branch", upload.branch());
        field(form, "commit_message", upload.commitMessage());
        field(form, "commit_hash", upload.commitHash());
        upload.parts().forEach(part -> form.file(part.name(), DATA, part.content()));
        ApiRequest request = ApiRequest.to(CloudflareCall.CREATE_SITE_DEPLOYMENT, accountId, project)
                .sending(form);
        return executor.ask(request, SitesTranslation::deployment);
    }

    private static void field(Form form, String name, String value) {
        if (!value.isEmpty()) {
            form.field(name, value);
        }
    }

    private String json(Map<String, String> manifest) {
        try {
            return executor.json().writeValueAsString(manifest);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts by texts are always JSON", e);
        }
    }

    @Override
    public Optional<SiteDeployment> deployment(String project, String deploymentId) {
        ApiRequest request = ApiRequest.to(CloudflareCall.GET_SITE_DEPLOYMENT, accountId, project, deploymentId);
        return unless(
                () -> executor.ask(request, SitesTranslation::deployment),
                PROJECT_NOT_FOUND,
                CloudflareError.SITE_DEPLOYMENT_NOT_FOUND);
    }

    @Override
    public Optional<List<SiteDeployment>> deployments(String project, boolean live) {
        ApiRequest request = ApiRequest.to(CloudflareCall.LIST_SITE_DEPLOYMENTS, accountId, project)
                .with("env", live ? SitesTranslation.LIVE : SitesTranslation.PREVIEW);
        return unless(() -> executor.ask(request, SitesTranslation::deployments), PROJECT_NOT_FOUND);
    }

    @Override
    public Optional<List<SiteDomain>> domains(String project) {
        ApiRequest request = ApiRequest.to(CloudflareCall.LIST_SITE_DOMAINS, accountId, project);
        return unless(() -> executor.ask(request, SitesTranslation::domains), PROJECT_NOT_FOUND);
    }

    @Override
    public Optional<SiteDomain> addDomain(String project, String hostname) {
        PathPlace.HOST.check(hostname);
        ApiRequest request = ApiRequest.to(CloudflareCall.ADD_SITE_DOMAIN, accountId, project)
                .sending(new DeployJson.Name(hostname));
        return unless(() -> executor.ask(request, SitesTranslation::domain), CloudflareError.SITE_DOMAIN_EXISTS);
    }

    @Override
    public boolean removeDomain(String project, String hostname) {
        ApiRequest request = ApiRequest.to(CloudflareCall.REMOVE_SITE_DOMAIN, accountId, project, hostname);
        return unless(() -> removed(request, project, hostname), PROJECT_NOT_FOUND)
                .orElse(false);
    }

    private boolean removed(ApiRequest request, String project, String hostname) {
        return deleted(
                () -> executor.tell(request), CloudflareError.SITE_DOMAIN_NOT_FOUND, () -> domains(project).stream()
                        .flatMap(List::stream)
                        .anyMatch(domain -> HostNames.same(domain.name(), hostname)));
    }
}
