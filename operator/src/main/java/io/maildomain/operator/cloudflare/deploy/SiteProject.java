package io.maildomain.operator.cloudflare.deploy;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A Pages project.
 *
 * @param subdomain its name under pages.dev
 * @param productionBranch what is deployed to it is live
 * @param domains all host names that lead to it, its subdomain among them, as ASCII in lower case
 * @param serving the id of the deployment that is live; "" where none is, or it is not said
 * @param live what functions of the production branch see
 * @param preview what those of all other branches see
 */
public record SiteProject(
        String name,
        String subdomain,
        String productionBranch,
        List<String> domains,
        String serving,
        Variables live,
        Variables preview) {

    /**
     * The variables of some branches.
     *
     * @param texts by name
     * @param secrets names of those whose values Cloudflare does not tell
     */
    public record Variables(Map<String, String> texts, Set<String> secrets) {
        public Variables {
            texts = Map.copyOf(texts);
            secrets = Set.copyOf(secrets);
        }
    }

    public SiteProject {
        domains = List.copyOf(domains);
    }

    /** Whether what is deployed to that branch is live. */
    public boolean isLive(String branch) {
        return branch.equals(productionBranch);
    }

    /** What functions of that branch see. */
    public Variables variables(String branch) {
        return isLive(branch) ? live : preview;
    }
}
