package io.maildomain.operator.cloudflare.deploy;

import java.util.List;

/**
 * A Pages project.
 *
 * @param subdomain its name under pages.dev
 * @param productionBranch what is deployed to it is live
 * @param domains all host names that lead to it, its subdomain among them
 */
public record SiteProject(String name, String subdomain, String productionBranch, List<String> domains) {
    public SiteProject {
        domains = List.copyOf(domains);
    }
}
