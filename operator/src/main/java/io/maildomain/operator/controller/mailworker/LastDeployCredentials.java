package io.maildomain.operator.controller.mailworker;

import io.maildomain.operator.access.DeployCredentials;
import io.maildomain.operator.access.DeployCredentials.Usable;
import io.maildomain.operator.access.DeployCredentialsResolver;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The credentials that last worked for each MailWorker, until it is gone: a Secret is often deleted together with what needs it. */
final class LastDeployCredentials {

    private final DeployCredentialsResolver credentials;
    private final Map<String, Usable> byUid = new ConcurrentHashMap<>();

    /** @param credentials say what is granted by now: a token is remembered, grants are not */
    LastDeployCredentials(DeployCredentialsResolver credentials) {
        this.credentials = credentials;
    }

    /** Cloudflare has answered calls that were made with them. */
    void worked(String uid, Usable with) {
        byUid.put(uid, with);
    }

    /** What to undo with: the present credentials, else those that worked. */
    DeployCredentials insteadOf(DeployCredentials now, String namespace, String uid) {
        return now instanceof Usable
                ? now
                : Optional.ofNullable(byUid.get(uid))
                        .<DeployCredentials>map(known -> credentials.withPresentGrants(namespace, known))
                        .orElse(now);
    }

    void forget(String uid) {
        byUid.remove(uid);
    }

    Set<String> uids() {
        return Set.copyOf(byUid.keySet());
    }
}
