package io.maildomain.operator.controller.catchall;

import io.maildomain.api.v1alpha1.CatchAllContent;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.access.RuntimeCredentials.Usable;
import io.maildomain.operator.cloudflare.Cloudflare;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.controller.catchall.plan.Content;
import io.maildomain.operator.controller.catchall.plan.Obstacles;
import io.maildomain.operator.controller.destination.DestinationLists.Account;
import io.maildomain.operator.controller.destination.KnownDestinations;
import io.maildomain.operator.ownership.MailAction;
import io.maildomain.operator.status.Blocked;
import java.util.Optional;
import java.util.Set;

/**
 * Where a catch-all is to forward to. While that address is known not to be verified it is not written: Cloudflare would refuse it, or keep it
 * disabled.
 *
 * @param account that the zone is in
 * @param uid of the CatchAllRule
 */
record CatchAllTarget(KnownDestinations known, Account account, String uid, Cloudflare cloudflare) {

    /** In the account that is noted of the zone, else in the one that the credentials name. */
    static CatchAllTarget of(
            KnownDestinations known, MailDomain domain, Usable with, String uid, Cloudflare cloudflare) {
        Account named = Account.of(with);
        Account account = DomainState.accountId(domain)
                .filter(DomainState::isId)
                .map(id -> new Account(named.token(), id))
                .orElse(named);
        return new CatchAllTarget(known, account, uid, cloudflare);
    }

    /** Why it is not written yet; empty where it can be tried. */
    Optional<Blocked> obstacle(CatchAllContent intended) {
        return email(intended)
                .filter(email -> !known.unverified(
                                account, () -> cloudflare.destinations(account.id()), Set.of(email), uid)
                        .isEmpty())
                .map(Obstacles::unverified);
    }

    /** It was written, and answered by this. */
    void answered(CatchAllContent intended, CatchAllContent written) {
        email(intended).ifPresent(email -> known.tried(account, email, Content.same(intended, written), uid));
    }

    /** It was not. */
    void refused(CatchAllContent intended, CloudflareException why) {
        email(intended)
                .filter(email -> why.targetRefused())
                .ifPresent(email -> known.tried(account, email, false, uid));
    }

    private static Optional<String> email(CatchAllContent content) {
        return MailAction.of(content.actionType(), content.actionValue())
                .filter(MailAction.Forward.class::isInstance)
                .map(MailAction::value);
    }
}
