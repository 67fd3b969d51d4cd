package io.maildomain.operator.handover;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.api.v1alpha1.Ownership;
import io.maildomain.api.v1alpha1.ZoneOwnership;
import io.maildomain.operator.account.RuntimeCredentials.Usable;
import io.maildomain.operator.claims.Successors;
import io.maildomain.operator.claims.Successors.Successor;
import io.maildomain.operator.cloudflare.Cloudflare;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.Failure;
import io.maildomain.operator.cloudflare.Use;
import io.maildomain.operator.cloudflare.Zone;
import io.maildomain.operator.credentials.ApiToken;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds the MailDomain that manages a domain once the one that holds it is gone: the first by its claim whose token sees the
 * zone. One call for each that is asked, and it reads only.
 */
public final class NextHolder {

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    private final Successors successors;
    private final Function<ApiToken, Cloudflare> cloudflare;

    /** @param cloudflare gives the client of a token */
    public NextHolder(Successors successors, Function<ApiToken, Cloudflare> cloudflare) {
        this.successors = successors;
        this.cloudflare = cloudflare;
    }

    /** @param going it need not be deleted yet; its ownership record says which zone it is about */
    public Next after(MailDomain going) {
        Optional<ZoneOwnership> zone = Optional.ofNullable(going.getStatus())
                .flatMap(MailDomainStatus::ledger)
                .flatMap(Ownership::notedZone);
        if (zone.isEmpty()) {
            return new Next.Nobody();
        }
        String account = zone.flatMap(ZoneOwnership::notedAccountId).orElse("");
        for (Successor candidate : successors.of(going, account)) {
            try {
                if (sees(candidate.with(), zone.get(), going.getSpec().domain())) {
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

    /** A zone that is only announced nobody can see yet. */
    private boolean sees(Usable with, ZoneOwnership noted, String domain) {
        if (noted.notedId().isEmpty()) {
            return true;
        }
        try {
            Zone zone = cloudflare.apply(with.token()).zone(noted.id(), Use.CHANGE);
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
