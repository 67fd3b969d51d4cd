package io.maildomain.operator.controller.mailsite.plan;

import io.maildomain.operator.ownership.ContentHash;
import io.maildomain.operator.ownership.OwnerMark;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a MailSite asks for, with its source read.
 *
 * @param resource {@code namespace/name} of the MailSite, for the message of its deployments
 * @param manifestDigest names all files, with their paths
 * @param branch that is deployed to; the project's production branch serves
 * @param createProject whether a project that is not there is created
 * @param variables of the project; those that are not named here are not touched
 * @param retry changes when a user asks for another look: one that failed is tried again then; empty where none was asked for
 */
public record SiteIntent(
        String project,
        String resource,
        OwnerMark mark,
        String manifestDigest,
        String branch,
        boolean createProject,
        List<String> customDomains,
        Map<String, String> variables,
        String retry) {

    public SiteIntent {
        customDomains = List.copyOf(customDomains);
        variables = Map.copyOf(variables);
    }

    /**
     * Names what is deployed, and by whom. It is the deployment's commit hash at Cloudflare, so that nothing is deployed twice.
     *
     * @return 32 hexadecimal digits
     */
    public String fingerprint() {
        return ContentHash.of(mark.ownerId(), project, manifestDigest, branch, new TreeMap<>(variables))
                .text();
    }

    /** The same for another try of what failed, which a user asked for. */
    String fingerprint(String request) {
        return request.isEmpty()
                ? fingerprint()
                : ContentHash.of(fingerprint(), request).text();
    }

    /** What people read of a deployment in {@code wrangler pages deployment list}. */
    public String message() {
        return mark.name(resource + " " + manifestDigest.substring(0, Math.min(manifestDigest.length(), 19)));
    }
}
