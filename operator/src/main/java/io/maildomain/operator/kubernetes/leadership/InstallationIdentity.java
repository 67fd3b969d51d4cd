package io.maildomain.operator.kubernetes.leadership;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;

/**
 * Which installation this is.
 *
 * @param ownerId that it works with
 * @param isGiven whether a user chose the owner id: one that is derived from this namespace no other installation can have
 * @param namespace of the operator
 * @param leaseName of its election
 * @param releaseName what its replicas share; blank: told by the Pod's name, if that is one of a Deployment
 * @param podName blank outside of a Pod
 * @param elects whether it works only once it was elected, so that no other replica of its release can be at work
 * @param leaseDuration how long a renewal counts
 */
public record InstallationIdentity(
        String ownerId,
        boolean isGiven,
        String namespace,
        String leaseName,
        String releaseName,
        String podName,
        boolean elects,
        Duration leaseDuration) {

    private static final String SUFFIX = "-owner";
    private static final int LONGEST_LABEL = 63;

    String release() {
        return releaseName.isBlank() ? Holder.deploymentOf(podName) : releaseName;
    }

    String lease() {
        return leaseName + SUFFIX;
    }

    /** The owner id, as far as it can be a label's value. */
    String label() {
        return ownerId.length() <= LONGEST_LABEL
                ? ownerId
                : UUID.nameUUIDFromBytes(ownerId.getBytes(StandardCharsets.UTF_8))
                        .toString();
    }
}
