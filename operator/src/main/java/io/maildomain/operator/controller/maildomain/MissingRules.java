package io.maildomain.operator.controller.maildomain;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.cloudflare.Cloudflare;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.RoutingSettings;
import io.maildomain.operator.controller.ChangeLog;
import io.maildomain.operator.controller.CleanupResult;
import io.maildomain.operator.controller.CleanupResult.Done;
import io.maildomain.operator.controller.CleanupResult.Waiting;
import java.time.Duration;
import java.util.Optional;

/**
 * What it means for an undoing that Cloudflare shows no list of rules. So it is while Email Routing is off: then there are none of ours
 * to delete, and the undoing is over. It cannot be taken up again, so that takes settings that say so and two looks that agree.
 */
record MissingRules(MailDomain live, Cloudflare cloudflare, SecondLook looks, ChangeLog log) {

    private static final String MISSING = "missing rules of ";

    /** What the looks are remembered by. */
    static String about(MailDomain live) {
        return MISSING + live.getMetadata().getUid();
    }

    /**
     * @param miss what the list of rules was answered with just now
     * @param failures of calls with the same token
     */
    CleanupResult endUndoing(String zoneId, CloudflareException miss, Failures failures) {
        try {
            RoutingSettings routing = cloudflare.routing(zoneId);
            if (routing.enabled()) {
                looks.forget(about(live));
                return new Waiting(failures.blocked(miss));
            }
            Optional<Duration> wait = looks.stillToWait(about(live), routing);
            if (wait.isPresent()) {
                return LastSteps.looksAgain(wait.get());
            }
        } catch (CloudflareException e) {
            return new Waiting(failures.blocked(e));
        }
        looks.forget(about(live));
        log.warned(
                live,
                Reason.ZoneKept,
                "Cloudflare shows no rules of the zone any more, as while Email Routing is off: there are none"
                        + " of ours to delete. The zone is kept; delete it in Cloudflare if it is not needed");
        return new Done();
    }
}
