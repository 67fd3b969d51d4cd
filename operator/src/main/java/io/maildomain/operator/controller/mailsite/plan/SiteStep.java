package io.maildomain.operator.controller.mailsite.plan;

import java.util.Map;
import java.util.Set;

/** One thing that a site's deployment does next: at most one call that changes something. */
public sealed interface SiteStep {

    /** Whether it changes something at Cloudflare. */
    default boolean writes() {
        return !(this instanceof NoteDeployed);
    }

    /** Creates the project. */
    record CreateProject(String productionBranch) implements SiteStep {}

    /**
     * Sets variables of the project, which the next deployment sees.
     *
     * @param removed names of those that go
     */
    record SetVariables(Map<String, String> values, Set<String> removed) implements SiteStep {
        public SetVariables {
            values = Map.copyOf(values);
            removed = Set.copyOf(removed);
        }
    }

    /**
     * Uploads what Cloudflare does not have yet, and deploys it: it serves at once.
     *
     * @param request to look that stands on the resource
     */
    record Deploy(String fingerprint, String request) implements SiteStep {}

    /**
     * Cloudflare is through with the deployment, well or not.
     *
     * @param succeeded whether well
     * @param request to look that stands on the resource
     */
    record NoteDeployed(SiteLedger.Deployed deployed, boolean succeeded, String request) implements SiteStep {}

    /** Leads a hostname to the project. */
    record AddDomain(String host) implements SiteStep {}

    /** Takes a hostname away that the operator led to the project. */
    record RemoveDomain(String host) implements SiteStep {}

    /** Deletes a project that the operator created, with all its deployments. */
    record DeleteProject() implements SiteStep {}
}
