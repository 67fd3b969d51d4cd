package io.maildomain.operator.controller.destination;

import io.maildomain.api.v1alpha1.DestinationOwnership;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.access.RuntimeCredentials.Usable;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.Permission;
import io.maildomain.operator.cloudflare.TokenPage;
import io.maildomain.operator.cloudflare.errors.Catalogue;
import io.maildomain.operator.cloudflare.errors.Diagnosis;
import io.maildomain.operator.controller.destination.plan.DestinationMessages;
import io.maildomain.operator.credentials.Surface;
import io.maildomain.operator.status.Blocked;
import io.maildomain.operator.status.ConditionType;
import java.util.Optional;

/** What stands in the way of a destination address. Pure. */
final class DestinationObstacles {

    private static final Permission RIGHT = Permission.EMAIL_ROUTING_ADDRESSES;

    private DestinationObstacles() {}

    /** Once noted, only that account is used: the address is not in another one. */
    static Optional<Blocked> otherAccount(String email, Optional<DestinationOwnership> noted, Usable with) {
        return noted.map(DestinationOwnership::accountId)
                .filter(id -> !id.equals(with.accountId()))
                .map(id -> Blocked.stalled(
                        ConditionType.READY,
                        Reason.DestinationAccountChanged,
                        DestinationMessages.otherAccount(email, id, with.accountName())));
    }

    /** What a failed call means. Of the right that nothing else needs it is said where one gets a token with it. */
    static Blocked of(CloudflareException e, Usable with, String email) {
        Diagnosis why = Catalogue.diagnose(e, with.context("", email));
        Blocked blocked = Blocked.of(ConditionType.READY, e, why);
        if (why.reason() != Reason.PermissionMissing) {
            return blocked;
        }
        String page = (with.token().isAccountOwned()
                        ? TokenPage.ofAccount(Surface.RUNTIME, RIGHT)
                        : TokenPage.ofUser(Surface.RUNTIME, RIGHT))
                .toString();
        return new Blocked(
                blocked.at(),
                blocked.status(),
                blocked.reason(),
                DestinationMessages.rightMissing(
                        "key " + with.tokenKey() + " of " + with.tokenSource(), RIGHT.describe(), page),
                blocked.requeue(),
                blocked.notBefore(),
                blocked.quiet());
    }
}
