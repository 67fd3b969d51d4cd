package io.maildomain.operator.access;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.access.RuntimeCredentials.Unusable;
import io.maildomain.operator.access.RuntimeCredentials.Usable;
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
    private final Map<String, Usable> byUid = new ConcurrentHashMap<>();

    /** @param credentials say what is granted by now: a token is remembered, grants are not */
    public LastKnownGoodCredentials(CredentialsResolver credentials) {
        this.credentials = credentials;
    }

    /** Cloudflare has answered a call that was made with them. */
    public void worked(String uid, Usable with) {
        byUid.put(uid, with);
    }

    /** The resource is gone. */
    public void forget(String uid) {
        byUid.remove(uid);
    }

    /** The resources of which something is remembered. */
    public Set<String> uids() {
        return Set.copyOf(byUid.keySet());
    }

    /** What to undo with: the present credentials, else those that worked; never what the account has denied since. */
    public RuntimeCredentials insteadOf(RuntimeCredentials now, MailDomain domain, String uid) {
        boolean decided = now instanceof Usable || now instanceof Unusable unusable && unusable.isDenied();
        return decided
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
