package io.maildomain.operator.cloudflare.deploy;

import java.util.List;
import java.util.Map;

/**
 * A Pages project.
 *
 * @param subdomain its name under pages.dev
 * @param productionBranch what is deployed to it is live
 * @param domains all host names that lead to it, its subdomain among them
 * @param serving the id of the deployment that is live; "" where none is, or it is not said
 * @param liveVariables plain texts that functions of the production branch see; a secret is none of them
 * @param previewVariables the same of all other branches
 */
public record SiteProject(
        String name,
        String subdomain,
        String productionBranch,
        List<String> domains,
        String serving,
        Map<String, String> liveVariables,
        Map<String, String> previewVariables) {
    public SiteProject {
        domains = List.copyOf(domains);
        liveVariables = Map.copyOf(liveVariables);
        previewVariables = Map.copyOf(previewVariables);
    }

    /** Whether what is deployed to that branch is live. */
    public boolean isLive(String branch) {
        return branch.equals(productionBranch);
    }

    /** The plain texts that functions of that branch see. */
    public Map<String, String> variables(String branch) {
        return isLive(branch) ? liveVariables : previewVariables;
    }
}
