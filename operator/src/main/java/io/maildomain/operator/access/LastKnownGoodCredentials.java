package io.maildomain.operator.access;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.access.RuntimeCredentials.Unusable;
import io.maildomain.operator.access.RuntimeCredentials.Usable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The credentials that last worked for each resource, kept in memory until its finalizer goes: a Secret is often deleted
 * together with what needs it, or holds a token by then that Cloudflare does not accept (see {@code docs/guides/deletion.md#when-deletion-waits}).
 */
public final class LastKnownGoodCredentials {

    private final CredentialsResolver credentials;
    private final Clock clock;
    private final Duration pause;
    private final Map<String, Usable> byUid = new ConcurrentHashMap<>();
    private final Map<String, Instant> deniedSince = new ConcurrentHashMap<>();

    /**
     * @param credentials say what is granted by now: a token is remembered, grants are not
     * @param pause how long access has to be denied before nothing is undone for it: a label may be lost for a moment
     */
    public LastKnownGoodCredentials(CredentialsResolver credentials, Clock clock, Duration pause) {
        this.credentials = credentials;
        this.clock = clock;
        this.pause = pause;
    }

    /** Cloudflare has answered a call that was made with them. */
    public void worked(String uid, Usable with) {
        byUid.put(uid, with);
    }

    /** The resource is gone. */
    public void forget(String uid) {
        byUid.remove(uid);
        deniedSince.remove(uid);
    }

    /** The resources of which something is remembered. */
    public Set<String> uids() {
        Set<String> all = new HashSet<>(byUid.keySet());
        all.addAll(deniedSince.keySet());
        return all;
    }

    /**
     * What to undo with: the present credentials, else those that worked; never what the account has denied since. That it denies them
     * ends an undoing for good, so it is believed when it was seen twice, {@code pause} apart; until then it is not known.
     */
    public RuntimeCredentials insteadOf(RuntimeCredentials now, MailDomain domain, String uid) {
        if (now instanceof Unusable unusable && unusable.isDenied()) {
            Instant seen = clock.instant();
            Instant since = deniedSince.putIfAbsent(uid, seen);
            return since == null || seen.isBefore(since.plus(pause)) ? unusable.unconfirmed() : unusable;
        }
        deniedSince.remove(uid);
        return now instanceof Usable
                ? now
                : known(domain, uid).map(RuntimeCredentials.class::cast).orElse(now);
    }

    /** Those that worked, if they hold another token than the one that Cloudflare has just refused. */
    public Optional<Usable> otherThan(Usable refused, MailDomain domain, String uid) {
        return known(domain, uid).filter(known -> !known.token().equals(refused.token()));
    }

    private Optional<Usable> known(MailDomain domain, String uid) {
        return Optional.ofNullable(byUid.get(uid)).flatMap(known -> credentials.withPresentGrants(domain, known));
    }
}
