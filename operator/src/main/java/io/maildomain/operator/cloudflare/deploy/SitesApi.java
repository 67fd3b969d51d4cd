package io.maildomain.operator.cloudflare.deploy;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Pages projects, their files and deployments. Reads are empty where the account has no such project; a write then is refused. */
public interface SitesApi {
    Optional<SiteProject> project(String project);

    /** Creates a project of files that are uploaded. Empty where the account has one of that name already. */
    Optional<SiteProject> createProject(String project, String productionBranch);

    /**
     * Sets variables that the functions of later deployments see, as plain texts. Those that are not named stay as they are.
     *
     * @param live whether those of the production branch; else those of all other branches
     * @param removed names of those that go
     */
    SiteProject setVariables(String project, boolean live, Map<String, String> values, Set<String> removed);

    /**
     * Deletes a project with all its deployments.
     *
     * @return whether it was there
     */
    boolean deleteProject(String project);

    /** Asks for leave to upload files to this project. */
    UploadPass uploadPass(String project);

    /** Which of these keys Cloudflare has no file of. */
    Set<String> missing(UploadPass pass, Collection<String> keys);

    /** Uploads files, in several calls where they are many or large. */
    void upload(UploadPass pass, List<SiteFile> files);

    /** Notes that all files of these keys are in use. Only then does a deployment hold those that were uploaded before. */
    void keep(UploadPass pass, Collection<String> keys);

    /** Deploys files that were uploaded. To the production branch it is live as soon as its last stage is over. */
    SiteDeployment createDeployment(String project, SiteUpload upload);

    /** Empty as well where the project has no such deployment. */
    Optional<SiteDeployment> deployment(String project, String deploymentId);

    /**
     * The newest deployments, newest first, as many as Cloudflare shows on one page.
     *
     * @param live whether those to the production branch; else those to all other branches
     */
    Optional<List<SiteDeployment>> deployments(String project, boolean live);

    /** The custom domains of a project; its name under pages.dev is none. */
    Optional<List<SiteDomain>> domains(String project);

    /** Empty where a project of the account has this domain already. */
    Optional<SiteDomain> addDomain(String project, String hostname);

    /** @return whether it was there */
    boolean removeDomain(String project, String hostname);
}
