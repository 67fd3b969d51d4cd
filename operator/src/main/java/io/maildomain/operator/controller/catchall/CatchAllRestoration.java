package io.maildomain.operator.controller.catchall;

import io.maildomain.api.v1alpha1.CatchAllContent;
import io.maildomain.api.v1alpha1.CatchAllOwnership;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.access.RuntimeCredentials.Usable;
import io.maildomain.operator.cloudflare.CatchAll;
import io.maildomain.operator.cloudflare.Cloudflare;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.RuleAction;
import io.maildomain.operator.cloudflare.Zone;
import io.maildomain.operator.cloudflare.errors.Catalogue;
import io.maildomain.operator.cloudflare.errors.Diagnosis;
import io.maildomain.operator.controller.ChangeLog;
import io.maildomain.operator.controller.catchall.plan.CatchAllDecision;
import io.maildomain.operator.controller.catchall.plan.CatchAllDecision.Cleanup;
import io.maildomain.operator.controller.catchall.plan.Content;
import io.maildomain.operator.controller.catchall.plan.Obstacles;
import io.maildomain.operator.ownership.OwnerMark;
import io.maildomain.operator.status.Blocked;
import java.util.List;
import java.util.Optional;

/** One attempt at giving a catch-all back with one token: what stood there before is put back while what stands there now is still ours. */
record CatchAllRestoration(
        CatchAllRule rule,
        MailDomain domain,
        CatchAllOwnership noted,
        Cloudflare cloudflare,
        Usable with,
        OwnerMark ours,
        ChangeLog log) {

    /** The zone could just be read: that there is no catch-all to write is Cloudflare's own answer. */
    private static final int GONE = 404;

    /**
     * Puts back what stood there before, if what stands there now is still ours; empty where nothing is left to do.
     *
     * @throws CloudflareException what passes, and what a user can lift
     */
    Optional<Blocked> giveBack() {
        Optional<Zone> zone =
                DomainState.isId(noted.zoneId()) ? Optional.of(cloudflare.zone(noted.zoneId())) : Optional.empty();
        if (zone.filter(it -> it.name().equalsIgnoreCase(domain.getSpec().domain()))
                .isEmpty()) {
            log.warned(
                    rule,
                    Reason.CatchAllKept,
                    "the noted zone is not that of the domain: its catch-all was not touched");
            return Optional.empty();
        }
        if (!zone.get().hasKnownStatus()) {
            return Optional.of(Obstacles.zoneStatusUnknown(zone.get()));
        }
        giveBackInZone();
        return Optional.empty();
    }

    private void giveBackInZone() {
        String zoneId = noted.zoneId();
        CatchAll live = liveOrUntouched();
        OwnerMark mark = ours.within(rule.getMetadata().getNamespace(), live.name());
        Cleanup decision = CatchAllDecision.cleanup(rule.getSpec().deletionPolicy(), noted, live, mark);
        if (decision instanceof Cleanup.Leave leave) {
            if (!leave.why().isEmpty()) {
                log.warned(rule, Reason.CatchAllKept, leave.why());
            }
            return;
        }
        Cleanup.PutBack back = (Cleanup.PutBack) decision;
        boolean credible = CatchAllDecision.isCredible(
                back.content(),
                zoneId,
                live,
                mark,
                with.grants(),
                domain.getSpec().domain());
        if (!credible) {
            log.warned(
                    rule,
                    Reason.CatchAllKept,
                    "nothing at Cloudflare confirms what the status says of how the catch-all was before ("
                            + Content.describe(back.content())
                            + "), and this namespace may not send mail there: it is left"
                            + " as it is; change it in Cloudflare");
            return;
        }
        if (back.previousLost()) {
            log.warned(
                    rule,
                    Reason.PreviousLost,
                    "what the catch-all was before is not known: it is reset to drop, disabled");
        }
        putBack(back.content());
    }

    /** A zone that has no catch-all, because Email Routing is off, has none of ours either. */
    private CatchAll liveOrUntouched() {
        try {
            return cloudflare.catchAll(noted.zoneId());
        } catch (CloudflareException e) {
            if (!e.catchAllMissing()) {
                throw e;
            }
            return new CatchAll("", "", false, List.of(RuleAction.drop()), "api");
        }
    }

    /** What Cloudflare refuses for a reason of its own it refuses tomorrow as well: that must not hold the resource for good. */
    private void putBack(CatchAllContent content) {
        try {
            cloudflare.putCatchAll(noted.zoneId(), Content.draft(content));
            log.said(rule, Reason.Restored, "put the catch-all back to " + Content.describe(content));
        } catch (CloudflareException e) {
            boolean gone =
                    e.refused().filter(refused -> refused.status() == GONE).isPresent();
            Diagnosis why = Catalogue.diagnose(
                    e, with.context(domain.getSpec().domain(), domain.getSpec().domain()));
            if (!gone && !e.targetRefused() && !Blocked.isCloudflaresOwn(e, why)) {
                throw e;
            }
            log.warned(
                    rule,
                    Reason.RestoreImpossible,
                    "Cloudflare refuses the catch-all that was there before (" + Content.describe(content)
                            + "): the present one is left. It says: " + e.describe());
        }
    }
}
