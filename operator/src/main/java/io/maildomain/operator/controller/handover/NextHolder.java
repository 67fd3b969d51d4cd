package io.maildomain.operator.controller.handover;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.api.v1alpha1.ZoneOwnership;
import io.maildomain.operator.access.ClaimCheck;
import io.maildomain.operator.access.CredentialsResolver;
import io.maildomain.operator.access.RuntimeCredentials.Usable;
import io.maildomain.operator.access.Successors;
import io.maildomain.operator.access.Successors.Candidates;
import io.maildomain.operator.access.Successors.Successor;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.Failure;
import io.maildomain.operator.cloudflare.Zone;
import io.maildomain.operator.cloudflare.errors.Catalogue;
import io.maildomain.operator.cloudflare.errors.Diagnosis;
import io.maildomain.operator.controller.CloudflareSession;
import io.maildomain.operator.kubernetes.informers.ResourceCache;
import io.maildomain.operator.status.Blocked;
import io.maildomain.operator.status.Check;
import io.maildomain.operator.status.ConditionType;
import io.maildomain.operator.status.Requeue;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the MailDomain that manages a domain once the one that holds it is gone: the first by its claim whose token sees the
 * zone. One call for each that is asked, and it reads only. A refusal may be a stray: the second one is believed. Thread-safe.
 */
public final class NextHolder {

    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    private final Successors successors;
    private final CredentialsResolver credentials;
    /** By who asks: the UIDs of those whose token was refused. */
    private final Map<String, Set<String>> refused = new ConcurrentHashMap<>();

    /** Asks nothing yet. */
    public NextHolder(ResourceCache resources, CredentialsResolver credentials, ClaimCheck claims) {
        this.successors = new Successors(resources, credentials, claims);
        this.credentials = credentials;
    }

    /**
     * The one that comes next. Where the Secret of one that may is not read yet, it is followed from now on.
     *
     * @param going it need not be deleted yet; its ownership record says which zone it is about
     * @param session for its calls
     * @param asking the UID of the resource that asks, for which it is remembered who was refused
     */
    public Next after(MailDomain going, CloudflareSession session, String asking) {
        Optional<ZoneOwnership> zone = MailDomainStatus.notedZone(going);
        if (zone.isEmpty()) {
            return new Next.Nobody(false);
        }
        String account = zone.flatMap(ZoneOwnership::notedAccountId).orElse("");
        Candidates candidates = successors.of(going, account);
        if (!candidates.unread().isEmpty()) {
            candidates.unread().forEach(credentials::follow);
            return new Next.Unknown(unread());
        }
        for (Successor candidate : candidates.ranked()) {
            String domain = going.getSpec().domain();
            try {
                boolean sees = sees(session, candidate.with(), zone.get(), domain);
                wasAnswered(asking, candidate);
                if (sees) {
                    return new Next.Somebody(candidate);
                }
            } catch (CloudflareException e) {
                boolean believed = saysThatItDoesNot(e) && wasRefusedBefore(asking, candidate);
                if (!believed) {
                    Blocked failed = failed(e, candidate.with(), domain);
                    return new Next.Unknown(saysThatItDoesNot(e) ? failed.unconfirmed() : failed);
                }
            }
        }
        return new Next.Nobody(candidates.awaited());
    }

    /** The resource that asked is gone. */
    public void forget(String asking) {
        refused.remove(asking);
    }

    /** The resources for which something is remembered. */
    public Set<String> uids() {
        return Set.copyOf(refused.keySet());
    }

    private boolean wasRefusedBefore(String asking, Successor candidate) {
        return !refused.computeIfAbsent(asking, any -> ConcurrentHashMap.newKeySet())
                .add(uid(candidate));
    }

    private void wasAnswered(String asking, Successor candidate) {
        refused.computeIfPresent(asking, (any, known) -> {
            known.remove(uid(candidate));
            return known.isEmpty() ? null : known;
        });
    }

    private static String uid(Successor candidate) {
        return candidate.domain().getMetadata().getUid();
    }

    /** It names no Secret: that may be another namespace's. */
    private static Blocked unread() {
        return new Blocked(
                ConditionType.ZONE_READY,
                Check.Status.UNKNOWN,
                Reason.SecretUnreadable,
                "whether another MailDomain manages the domain next is not known yet: its Secret has not been read",
                Requeue.CONFLICT,
                Duration.ZERO,
                true);
    }

    private static Blocked failed(CloudflareException why, Usable with, String domain) {
        Diagnosis diagnosis = Catalogue.diagnose(why, with.context(domain, domain));
        boolean aboutToken = diagnosis.reason().isAboutToken();
        return Blocked.of(aboutToken ? ConditionType.CREDENTIALS_VALID : ConditionType.ZONE_READY, why, diagnosis);
    }

    /** A zone that is only announced cannot be seen yet. */
    private boolean sees(CloudflareSession session, Usable with, ZoneOwnership noted, String domain) {
        if (noted.notedId().isEmpty()) {
            return true;
        }
        try {
            Zone zone = session.with(with.token()).zone(noted.id());
            return zone.name().equalsIgnoreCase(domain)
                    && noted.notedAccountId().map(zone.accountId()::equals).orElse(true);
        } catch (IllegalArgumentException malformedId) {
            return false;
        }
    }

    private static boolean saysThatItDoesNot(CloudflareException e) {
        return e.failure() instanceof Failure.Refused refused
                && refused.status() != REQUEST_TIMEOUT
                && refused.status() != TOO_MANY_REQUESTS
                && refused.status() < SERVER_ERROR;
    }
}
