package io.maildomain.operator.controller.mailsite.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What Cloudflare has of one project of Pages, as one look found it.
 *
 * @param project null: there is no such project
 * @param domainsOfOthers hostnames of the intent that lead to a Worker or to another project, and what that is
 */
public record SiteState(@Nullable Project project, Map<String, String> domainsOfOthers) {

    public SiteState {
        domainsOfOthers = Map.copyOf(domainsOfOthers);
    }

    /**
     * A project that is there.
     *
     * @param domains hostnames that lead to it, without the one at pages.dev
     * @param pending those of them that do not serve yet, and how Cloudflare says that they stand
     * @param secrets names of variables whose values are not told
     * @param serving id of the deployment that is live; empty: not known, or another branch is looked at
     * @param deployments the newest first
     */
    public record Project(
            Set<String> domains,
            Map<String, String> pending,
            Map<String, String> variables,
            Set<String> secrets,
            String serving,
            List<Deployment> deployments) {
        public Project {
            domains = Set.copyOf(domains);
            pending = Map.copyOf(pending);
            secrets = Set.copyOf(secrets);
            variables = Map.copyOf(variables);
            deployments = List.copyOf(deployments);
        }
    }

    /** How far Cloudflare is with a deployment. */
    public enum Stage {
        UNDER_WAY,
        SUCCEEDED,
        FAILED
    }

    /**
     * One deployment.
     *
     * @param ours whether its message carries this installation's mark
     * @param fingerprint its commit hash
     */
    public record Deployment(String id, String branch, boolean ours, String fingerprint, Stage stage) {}

    Optional<Project> found() {
        return Optional.ofNullable(project);
    }

    /** The newest one of the branch: it serves, or is about to, or failed. */
    Optional<Deployment> newest(String branch) {
        return of(branch).findFirst();
    }

    /** The one that serves where people went back to it; else the newest one. */
    public Optional<Deployment> serving(String branch) {
        Optional<Deployment> newest = newest(branch);
        return newest.filter(last -> last.stage() == Stage.SUCCEEDED)
                .flatMap(last -> of(branch)
                        .filter(one ->
                                one.id().equals(found().map(Project::serving).orElse("")))
                        .findFirst())
                .or(() -> newest);
    }

    Optional<Deployment> newestOfOurs(String branch) {
        return of(branch).filter(Deployment::ours).findFirst();
    }

    private Stream<Deployment> of(String branch) {
        return found().stream()
                .flatMap(there -> there.deployments().stream())
                .filter(deployment -> deployment.branch().equals(branch));
    }

    boolean holdsOthers() {
        return found().stream()
                .flatMap(there -> there.deployments().stream())
                .anyMatch(deployment -> !deployment.ours());
    }
}
