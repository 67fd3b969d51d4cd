package io.maildomain.operator.controller.mailsite.plan;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** One thing that a site's deployment does next: at most one call that changes something. */
public sealed interface SiteStep {

    /** Whether it changes something at Cloudflare. */
    default boolean writes() {
        return !(this instanceof NoteDeployed);
    }

    /** What it does, as people read what is pending. */
    String describe();

    /** Creates the project. */
    record CreateProject(String productionBranch) implements SiteStep {
        @Override
        public String describe() {
            return "create the project, with " + productionBranch + " as its production branch";
        }
    }

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

        @Override
        public String describe() {
            String set = values.isEmpty() ? "" : "set " + names(values.keySet());
            String unset = removed.isEmpty() ? "" : "remove " + names(removed);
            return set + (set.isEmpty() || unset.isEmpty() ? "" : " and ") + unset;
        }

        private static String names(Set<String> names) {
            return (names.size() == 1 ? "the variable " : "the variables ") + String.join(", ", new TreeSet<>(names));
        }
    }

    /**
     * Uploads what Cloudflare does not have yet, and deploys it: it serves at once.
     *
     * @param request to look that stands on the resource
     */
    record Deploy(String fingerprint, String request) implements SiteStep {
        @Override
        public String describe() {
            return "deploy the files, which then serve";
        }
    }

    /**
     * Cloudflare is through with the deployment, well or not.
     *
     * @param succeeded whether well
     * @param request to look that stands on the resource
     */
    record NoteDeployed(SiteLedger.Deployed deployed, boolean succeeded, String request) implements SiteStep {
        @Override
        public String describe() {
            return "note what was deployed";
        }
    }

    /** Leads a hostname to the project. */
    record AddDomain(String host) implements SiteStep {
        @Override
        public String describe() {
            return "lead " + host + " to it";
        }
    }

    /** Takes a hostname away that the operator led to the project. */
    record RemoveDomain(String host) implements SiteStep {
        @Override
        public String describe() {
            return "lead " + host + " to it no more";
        }
    }

    /** Deletes a project that the operator created, with all its deployments. */
    record DeleteProject() implements SiteStep {
        @Override
        public String describe() {
            return "delete the project";
        }
    }
}
