package io.maildomain.operator.controller.mailworker;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Since when the version that a rollout uploaded is not to be found. Cloudflare may show a new one only some seconds later; one that
 * does not come for longer is gone. It is kept in memory: after a restart it is waited for once more. Thread-safe.
 */
final class MissingVersions {

    /** Much longer than Cloudflare takes to show a version. */
    static final Duration UNTIL_GONE = Duration.ofMinutes(1);

    private final Clock clock;
    private final Map<String, Missing> byUid = new ConcurrentHashMap<>();

    private record Missing(String version, Instant since) {}

    MissingVersions(Clock clock) {
        this.clock = clock;
    }

    /**
     * Notes what a look has found.
     *
     * @param version that is missing; empty: none is
     * @return whether it has been missing for so long that it will not come
     */
    boolean isGone(String uid, String version) {
        if (version.isEmpty()) {
            byUid.remove(uid);
            return false;
        }
        Instant now = clock.instant();
        Missing known = byUid.compute(
                uid,
                (key, before) ->
                        before != null && before.version().equals(version) ? before : new Missing(version, now));
        return !now.isBefore(known.since().plus(UNTIL_GONE));
    }

    /** The resource is gone. */
    void forget(String uid) {
        byUid.remove(uid);
    }

    Set<String> uids() {
        return Set.copyOf(byUid.keySet());
    }
}
