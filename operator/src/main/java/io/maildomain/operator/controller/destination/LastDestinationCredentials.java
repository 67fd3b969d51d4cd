package io.maildomain.operator.controller.destination;

import io.maildomain.operator.access.RuntimeCredentials;
import io.maildomain.operator.access.RuntimeCredentials.Unusable;
import io.maildomain.operator.access.RuntimeCredentials.Usable;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The credentials that last worked for each resource, until it is gone: a Secret is often deleted together with what needs it. Thread-safe. */
final class LastDestinationCredentials {

    private final Map<String, Usable> byUid = new ConcurrentHashMap<>();

    /** Cloudflare has answered calls that were made with them. */
    void worked(String uid, Usable with) {
        byUid.put(uid, with);
    }

    /** What to undo with: the present credentials, else those that worked; never what the account denies by now. */
    RuntimeCredentials insteadOf(RuntimeCredentials now, String uid) {
        return now instanceof Unusable unusable && !unusable.isDenied()
                ? Optional.ofNullable(byUid.get(uid))
                        .<RuntimeCredentials>map(known -> known)
                        .orElse(now)
                : now;
    }

    /** The resource is gone. */
    void forget(String uid) {
        byUid.remove(uid);
    }

    /** The resources of which something is remembered. */
    Set<String> uids() {
        return Set.copyOf(byUid.keySet());
    }
}
