package io.maildomain.operator.controller.handover;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.api.v1alpha1.ZoneOwnership;
import io.maildomain.operator.access.RuntimeCredentials.Usable;
import io.maildomain.operator.access.Successors;
import io.maildomain.operator.access.Successors.Successor;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.Failure;
import io.maildomain.operator.cloudflare.Zone;
import io.maildomain.operator.controller.CloudflareSession;
import java.util.Optional;

/**
 * Finds the MailDomain that manages a domain once the one that holds it is gone: the first by its claim whose token sees the
 * zone. One call for each that is asked, and it reads only.
 */
public final class NextHolder {

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    private final Successors successors;

    /** Asks nothing yet. */
    public NextHolder(Successors successors) {
        this.successors = successors;
    }

    /**
     * The one that comes next.
     *
     * @param going it need not be deleted yet; its ownership record says which zone it is about
     * @param session for its calls
     */
    public Next after(MailDomain going, CloudflareSession session) {
        Optional<ZoneOwnership> zone = MailDomainStatus.notedZone(going);
        if (zone.isEmpty()) {
            return new Next.Nobody();
        }
        String account = zone.flatMap(ZoneOwnership::notedAccountId).orElse("");
        for (Successor candidate : successors.of(going, account)) {
            try {
                if (sees(session, candidate.with(), zone.get(), going.getSpec().domain())) {
                    return new Next.Somebody(candidate);
                }
            } catch (CloudflareException e) {
                if (!saysThatItDoesNot(e)) {
                    return new Next.Unknown(e, candidate.with());
                }
            }
        }
        return new Next.Nobody();
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
                && refused.status() != TOO_MANY_REQUESTS
                && refused.status() < SERVER_ERROR;
    }
}
