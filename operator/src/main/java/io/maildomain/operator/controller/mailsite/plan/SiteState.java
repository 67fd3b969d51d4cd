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
     * @param deployments the newest first
     */
    public record Project(Set<String> domains, Map<String, String> variables, List<Deployment> deployments) {
        public Project {
            domains = Set.copyOf(domains);
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

    /** The one that serves the branch, or is about to: Pages has the newest one serve that succeeded. */
    Optional<Deployment> newest(String branch) {
        return of(branch).findFirst();
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
