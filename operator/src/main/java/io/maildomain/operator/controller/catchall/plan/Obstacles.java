package io.maildomain.operator.controller.catchall.plan;

import io.maildomain.api.v1alpha1.CatchAllContent;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.cloudflare.CatchAll;
import io.maildomain.operator.cloudflare.Zone;
import io.maildomain.operator.ownership.MailAction;
import io.maildomain.operator.status.Blocked;
import io.maildomain.operator.status.Check;
import io.maildomain.operator.status.ConditionType;
import io.maildomain.operator.status.Requeue;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What stands in the way of a catch-all besides failed calls, in words that say what to do next. */
public final class Obstacles {

    private Obstacles() {}

    public static Blocked conflict(CatchAllRule winner) {
        return Blocked.stalled(
                ConditionType.CATCH_ALL_APPLIED,
                Reason.Conflict,
                "CatchAllRule " + winner.getMetadata().getName()
                        + " is older and decides for this domain: delete one of the two; if that is the older one, this"
                        + " one takes its place, and inherits what the catch-all was before");
    }

    public static Blocked managedByAnother(MailDomain domain) {
        return Blocked.waiting(
                ConditionType.CATCH_ALL_APPLIED,
                Reason.DomainNotReady,
                "waits until MailDomain " + domain.getMetadata().getName() + " manages its domain: another one does");
    }

    public static Blocked otherZone(MailDomain domain) {
        return Blocked.stalled(
                ConditionType.CATCH_ALL_APPLIED,
                Reason.ZoneNotVisible,
                "the zone noted for MailDomain " + domain.getMetadata().getName()
                        + " has another name: nothing is written to it");
    }

    public static Blocked zoneStatusUnknown(Zone zone) {
        return Blocked.waiting(
                ConditionType.CATCH_ALL_APPLIED,
                Reason.ZoneStatusUnknown,
                "Cloudflare gives zone " + zone.name() + " the status \"" + zone.status()
                        + "\", which this version does not know: nothing is written to it; look at the zone in Cloudflare");
    }

    public static Blocked notGranted(MailAction action) {
        String grant = action instanceof MailAction.Worker ? "workers" : "forwardTo";
        return Blocked.stalled(
                ConditionType.CATCH_ALL_APPLIED,
                Reason.AccessDenied,
                action.value() + " is not granted to this namespace: ask for an entry under " + grant
                        + " in spec.access of the CloudflareAccount");
    }

    /** It is not written, for the address is not verified. */
    public static Blocked unverified(String email) {
        return Blocked.waiting(
                ConditionType.CATCH_ALL_APPLIED,
                Reason.DestinationUnverified,
                email + " is not a verified destination of the Cloudflare account; if it is missing under Destination"
                        + " addresses, add it, Cloudflare then mails a link");
    }

    public static Blocked notTaken(CatchAllContent desired) {
        boolean forwards = desired.actionType().equals("forward");
        String why = forwards
                ? Content.describe(desired)
                        + " is not a verified destination, it seems: if it is missing under Destination"
                        + " addresses in Cloudflare, add it, Cloudflare then mails a link"
                : "look at it in Cloudflare";
        return Blocked.waiting(
                ConditionType.CATCH_ALL_APPLIED,
                forwards ? Reason.DestinationUnverified : Reason.NotTakingEffect,
                "Cloudflare took the catch-all and keeps it disabled: " + why
                        + ". It is not written again; this clears once it is enabled there, or the spec changes");
    }

    public static Blocked notExpressible() {
        return Blocked.stalled(
                ConditionType.CATCH_ALL_APPLIED,
                Reason.NotExpressible,
                "the catch-all has several actions or destinations and could not be given back as it is:"
                        + " simplify or disable it in Cloudflare, then it can be managed here");
    }

    public static Blocked heldElsewhere() {
        return Blocked.stalled(
                ConditionType.CATCH_ALL_APPLIED,
                Reason.HeldElsewhere,
                "the catch-all carries the mark of another installation of this operator: delete the CatchAllRule there,"
                        + " or disable and rename the catch-all in Cloudflare if that installation is gone");
    }

    public static Blocked keptByWrangler() {
        return Blocked.stalled(
                ConditionType.CATCH_ALL_APPLIED,
                Reason.HeldElsewhere,
                "wrangler keeps the catch-all for a Worker: take it out of that Worker's configuration first, or delete"
                        + " this CatchAllRule");
    }

    /** Why nothing is written of a catch-all that stands there; empty where it is written, or is as it should be. */
    public static Optional<Blocked> of(CatchAllDecision decision, CatchAll standing) {
        if (decision instanceof CatchAllDecision.NotTaken inVain) {
            return Optional.of(notTaken(inVain.ownership().intended()));
        }
        if (decision instanceof CatchAllDecision.NotExpressible) {
            return Optional.of(notExpressible());
        }
        return decision instanceof CatchAllDecision.HeldElsewhere
                ? Optional.of(standing.isWranglers() ? keptByWrangler() : heldElsewhere())
                : Optional.empty();
    }

    public static Blocked domainNotFound(CatchAllRule rule) {
        return Blocked.waiting(
                ConditionType.CATCH_ALL_APPLIED,
                Reason.DomainNotFound,
                "there is no MailDomain " + rule.getSpec().domainRef().name()
                        + " in this namespace: create it, or delete this CatchAllRule");
    }

    /** Another MailDomain for the domain, which has a CatchAllRule, waits for this one's to be deleted. */
    public static Blocked expecting(MailDomain domain, Instant until) {
        return Blocked.waiting(
                ConditionType.CATCH_ALL_APPLIED,
                Reason.HandingOver,
                "the catch-all stays until " + until + ", in case MailDomain "
                        + domain.getMetadata().getName()
                        + " is deleted as well, since another MailDomain for the domain then takes over; after that it"
                        + " is given back (--hand-over)");
    }

    public static Blocked handingOver(CatchAllRule successor) {
        return new Blocked(
                ConditionType.CATCH_ALL_APPLIED,
                Check.Status.FALSE,
                Reason.HandingOver,
                "CatchAllRule " + successor.getMetadata().getName() + " takes over",
                Requeue.CONFLICT,
                Duration.ZERO,
                false);
    }
}
