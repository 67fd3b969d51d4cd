package io.maildomain.operator.cloudflare.deploy;

import java.util.List;
import java.util.Optional;

/**
 * Worker scripts, their versions and deployments, by the name of the script. Reads are empty where the account has no Worker of that
 * name; a write then is refused.
 */
public interface WorkersApi {
    /** What serves and what served, the newest first. A Worker that was only just created may have none. */
    Optional<List<WorkerDeployment>> deployments(String script);

    /** Empty as well where the Worker has no such version. */
    Optional<WorkerVersion> version(String script, String versionId);

    /** The versions that may serve, the newest first: about a hundred. One that was only just uploaded may not be among them yet. */
    Optional<List<WorkerVersion>> versions(String script);

    /** What the newest version is bound to and set to. */
    Optional<WorkerSettings> settings(String script);

    /** The names of its secrets; Cloudflare never shows what they hold. */
    Optional<List<String>> secretNames(String script);

    /**
     * Uploads a script, which serves at once: for a Worker that does not exist yet.
     *
     * @return the id of the version that it is
     */
    String putScript(String script, WorkerUpload upload);

    /**
     * Uploads a version of a Worker that exists. It serves nothing before it is deployed.
     *
     * @return the version's id
     */
    String createVersion(String script, WorkerUpload upload);

    /**
     * Lets these versions serve in place of whatever serves now, also of what another user split over two versions: look first.
     *
     * @param shares one or two, which sum up to 100
     * @return the deployment's id
     * @throws IllegalArgumentException for any other shares
     */
    String createDeployment(String script, List<TrafficShare> shares, String message);

    /**
     * Deletes a Worker with its versions. One that something leads to stays, for it is never forced.
     *
     * @return whether it was there
     */
    boolean deleteScript(String script);
}
