package io.maildomain.operator.controller.deploy;

import io.maildomain.operator.access.DeployCredentials;
import io.maildomain.operator.access.DeployCredentials.Usable;
import io.maildomain.operator.access.DeployCredentialsResolver;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The credentials that last worked for each resource, until it is gone: a Secret is often deleted together with what needs it. Thread-safe. */
public final class LastDeployCredentials {

    private final DeployCredentialsResolver credentials;
    private final Map<String, Usable> byUid = new ConcurrentHashMap<>();

    /** @param credentials say what is granted by now: a token is remembered, grants are not */
    public LastDeployCredentials(DeployCredentialsResolver credentials) {
        this.credentials = credentials;
    }

    /** Cloudflare has answered calls that were made with them. */
    public void worked(String uid, Usable with) {
        byUid.put(uid, with);
    }

    /** What to undo with: the present credentials, else those that worked. */
    public DeployCredentials insteadOf(DeployCredentials now, String namespace, String uid) {
        return now instanceof Usable
                ? now
                : Optional.ofNullable(byUid.get(uid))
                        .<DeployCredentials>map(known -> credentials.withPresentGrants(namespace, known))
                        .orElse(now);
    }

    /** The resource is gone. */
    public void forget(String uid) {
        byUid.remove(uid);
    }

    /** The resources of which something is remembered. */
    public Set<String> uids() {
        return Set.copyOf(byUid.keySet());
    }
}
