package io.maildomain.operator.controller.maildomain;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.api.v1alpha1.ZoneOwnership;
import io.maildomain.operator.cloudflare.Cloudflare;
import io.maildomain.operator.controller.ChangeLog;
import io.maildomain.operator.controller.CleanupResult;
import io.maildomain.operator.controller.CleanupResult.Done;
import io.maildomain.operator.controller.CleanupResult.Waiting;
import io.maildomain.operator.status.Blocked;
import io.maildomain.operator.status.ConditionType;
import java.time.Duration;
import java.util.Optional;

/**
 * What it means for an undoing that Cloudflare says that there is no zone of the noted id: it says the same of one that the token may not
 * see. The undoing is over then and cannot be taken up again, so that takes two looks, and a token that would see the zone.
 */
record MissingZone(MailDomain live, ZoneOwnership noted, Cloudflare cloudflare, SecondLook looks, ChangeLog log) {

    private static final String MISSING = "missing zone of ";

    /** What the looks are remembered by. */
    static String about(MailDomain live) {
        return MISSING + live.getMetadata().getUid();
    }

    /**
     * @param callTimeout how long a call may take
     * @param replaced whether another token worked for the resource before, and does not any more: then this one has to show that it
     *     sees the account
     * @throws io.maildomain.operator.cloudflare.CloudflareException if that cannot be told now
     */
    CleanupResult endUndoing(Duration callTimeout, boolean replaced) {
        if (replaced && !seesAccount()) {
            return new Waiting(Blocked.stalled(
                    ConditionType.ZONE_READY,
                    Reason.ZoneNotVisible,
                    "Cloudflare says that the noted zone is not there, but the token is another one than worked before, and sees"
                            + " no zone of that account: use a token that sees the zone, or annotate the resource with"
                            + " maildomain.io/abandon=true if the zone is gone"));
        }
        String id = noted.notedId().orElseThrow();
        for (int look = 0; look < 2; look++) {
            if (look > 0
                    && new ZoneFinder(cloudflare, callTimeout).unlessGone(id).isPresent()) {
                looks.forget(about(live));
                return CleanupResult.Waiting.CONFLICT;
            }
            Optional<Duration> wait = looks.stillToWait(about(live), id);
            if (wait.isEmpty()) {
                looks.forget(about(live));
                log.warned(
                        live, Reason.ZoneGone, "the zone is gone, or hidden from the token: nothing is left to undo");
                return new Done();
            }
            if (!wait.get().isZero()) {
                return LastSteps.looksAgain(wait.get());
            }
        }
        return CleanupResult.Waiting.CONFLICT;
    }

    private boolean seesAccount() {
        Optional<String> account = noted.notedAccountId();
        return account.isEmpty()
                || cloudflare.zones().stream().anyMatch(zone -> zone.accountId().equals(account.get()));
    }
}
