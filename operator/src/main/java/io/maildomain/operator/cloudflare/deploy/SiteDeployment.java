package io.maildomain.operator.cloudflare.deploy;

import java.util.List;

/**
 * A deployment of a site.
 *
 * @param url where it can be seen by itself
 * @param environment {@code production} or {@code preview}
 * @param branch that it was deployed to; "" if it is not said
 * @param stage the latest, such as {@code deploy}; "" if it is not said
 * @param stageStatus such as {@code success}, {@code active}, {@code failure}; "" if it is not said
 * @param message "" if there is none
 * @param commitHash "" if there is none
 * @param aliases further addresses of it
 */
public record SiteDeployment(
        String id,
        String url,
        String environment,
        String branch,
        String stage,
        String stageStatus,
        String message,
        String commitHash,
        List<String> aliases) {
    private static final String LAST_STAGE = "deploy";

    public SiteDeployment {
        aliases = List.copyOf(aliases);
    }

    /** Whether all stages are over, and well. */
    public boolean isDone() {
        return stage.equals(LAST_STAGE) && stageStatus.equals("success");
    }

    /** Whether one of its stages has failed: it never will be done. */
    public boolean hasFailed() {
        return stageStatus.equals("failure") || stageStatus.equals("canceled");
    }
}
