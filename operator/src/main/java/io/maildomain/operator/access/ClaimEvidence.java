package io.maildomain.operator.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What this process has seen of the resources that claim domains: whether their token was good for it, whether their status
 * can be written, and which of them was last found to hold a domain. Thread-safe; empty after a restart, when every claim
 * that has noted nothing must show anew what it is worth. Entries end with their resource ({@link #forget}).
 */
final class ClaimEvidence {

    /** How long a younger claim waits for an older one that was not looked at yet. Unknown is not worth a domain. */
    static final Duration PATIENCE = Duration.ofSeconds(15);

    /** Who saw its zone and has not noted it by then is asked again. */
    static final Duration PROOF = Duration.ofMinutes(1);

    /** Each of several older claims has its own turn to show what it is worth; not a hundred of them, one after the other. */
    private static final int MOST_PATIENCE = 2;

    private static final Duration OLD_NEWS = Duration.ofMinutes(10);

    /** A write can fail once because another writer was faster. */
    private static final int FAILED_WRITES = 3;

    private final Clock clock;
    private final Map<String, Look> looks = new ConcurrentHashMap<>();
    private final Map<String, Integer> failedWrites = new ConcurrentHashMap<>();
    private final Map<String, Instant> waiting = new ConcurrentHashMap<>();
    private final Map<Domain, String> holders = new ConcurrentHashMap<>();
    /** The same the other way round, so that a resource that is gone is not looked for among all. */
    private final Map<String, Set<Domain>> held = new HashMap<>();

    /** What a claim that has noted no zone is worth. */
    enum Worth {
        /** Its present token was seen to see the zone, or to be allowed to create it, a moment ago. */
        PROVEN,
        /** It was not looked at yet. */
        UNKNOWN,
        /** Its token was refused or sees no zone, or its status cannot be written. */
        NONE
    }

    private record Look(String token, String accountId, boolean sees, Instant at) {}

    private record Domain(String accountId, String name) {}

    ClaimEvidence(Clock clock) {
        this.clock = clock;
    }

    /** @param token its fingerprint */
    void sees(String uid, String token, String accountId) {
        looks.put(uid, new Look(token, accountId, true, clock.instant()));
    }

    void seesNothing(String uid, String token) {
        looks.put(uid, new Look(token, "", false, clock.instant()));
    }

    /** It lost without a look: once the way is free it deserves one before a younger one is preferred. */
    void notLookedAt(String uid) {
        looks.remove(uid);
        waiting.remove(uid);
    }

    void couldNotWrite(String uid) {
        failedWrites.merge(uid, 1, (before, one) -> Math.min(before + one, FAILED_WRITES));
    }

    void cannotBeWritten(String uid) {
        failedWrites.put(uid, FAILED_WRITES);
    }

    void wrote(String uid) {
        failedWrites.remove(uid);
    }

    Worth worth(String uid, String token) {
        Look look = looks.get(uid);
        if (failedWrites.getOrDefault(uid, 0) >= FAILED_WRITES) {
            return Worth.NONE;
        }
        if (look == null) {
            return Worth.UNKNOWN;
        }
        if (!look.sees() || !look.token().equals(token)) {
            return Worth.NONE;
        }
        return look.at().plus(PROOF).isBefore(clock.instant()) ? Worth.UNKNOWN : Worth.PROVEN;
    }

    /** Whether this token was no good when it was last tried. */
    boolean sawNothing(String uid, String token) {
        Look look = looks.get(uid);
        return look != null && !look.sees() && look.token().equals(token);
    }

    /** The account that the zone was seen in with this token. */
    Optional<String> accountSeen(String uid, String token) {
        return Optional.ofNullable(looks.get(uid))
                .filter(look -> look.sees() && look.token().equals(token))
                .map(Look::accountId);
    }

    /** Whether a resource has waited long enough for older claims that were not looked at. */
    boolean hasWaited(String uid, int olderClaims) {
        Instant now = clock.instant();
        Instant since = waiting.compute(
                uid, (key, before) -> before == null || before.plus(OLD_NEWS).isBefore(now) ? now : before);
        return !now.isBefore(since.plus(PATIENCE.multipliedBy(Math.min(olderClaims, MOST_PATIENCE))));
    }

    /**
     * This process found the resource to hold the domain. A second one that notes the same zone has a forged or a copied
     * status: it must not win by being older.
     */
    synchronized void holds(String accountId, String domain, String uid) {
        Domain what = new Domain(accountId, domain);
        String before = holders.put(what, uid);
        if (!uid.equals(before)) {
            if (before != null) {
                holdsNoMore(before, what);
            }
            held.computeIfAbsent(uid, key -> new HashSet<>()).add(what);
        }
    }

    private void holdsNoMore(String uid, Domain what) {
        held.computeIfPresent(uid, (key, all) -> {
            all.remove(what);
            return all.isEmpty() ? null : all;
        });
    }

    boolean isHolder(String accountId, String domain, String uid) {
        return uid.equals(holders.get(new Domain(accountId, domain)));
    }

    /** The resource is gone. */
    synchronized void forget(String uid) {
        looks.remove(uid);
        failedWrites.remove(uid);
        waiting.remove(uid);
        Optional.ofNullable(held.remove(uid)).ifPresent(all -> all.forEach(holders::remove));
    }

    /** The resources of which something is remembered. */
    synchronized Set<String> uids() {
        Set<String> all = new HashSet<>(looks.keySet());
        all.addAll(failedWrites.keySet());
        all.addAll(waiting.keySet());
        all.addAll(held.keySet());
        return all;
    }
}
