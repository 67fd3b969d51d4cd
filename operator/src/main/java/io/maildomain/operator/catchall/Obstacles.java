package io.maildomain.operator.catchall;

import io.maildomain.api.v1alpha1.CatchAllContent;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.cloudflare.Zone;
import io.maildomain.operator.conditions.ConditionType;
import io.maildomain.operator.outcome.Halt;
import io.maildomain.operator.routing.MailAction;

/** What stands in the way of a catch-all besides failed calls, in words that say what to do next. */
final class Obstacles {

    private Obstacles() {}

    static Halt conflict(CatchAllRule winner) {
        return Halt.stalled(
                ConditionType.CATCH_ALL_APPLIED,
                Succession.CONFLICT,
                "CatchAllRule " + winner.getMetadata().getName()
                        + " is older and decides for this domain: delete one of the two; if that is the older one, this"
                        + " one takes its place, and inherits what the catch-all was before");
    }

    static Halt managedByAnother(MailDomain domain) {
        return Halt.waiting(
                ConditionType.CATCH_ALL_APPLIED,
                "DomainNotReady",
                "waits until MailDomain " + domain.getMetadata().getName() + " manages its domain: another one does");
    }

    static Halt otherZone(MailDomain domain) {
        return Halt.stalled(
                ConditionType.CATCH_ALL_APPLIED,
                "ZoneNotVisible",
                "the zone noted for MailDomain " + domain.getMetadata().getName()
                        + " has another name: nothing is written to it");
    }

    static Halt zoneStatusUnknown(Zone zone) {
        return Halt.waiting(
                ConditionType.CATCH_ALL_APPLIED,
                "ZoneStatusUnknown",
                "Cloudflare gives zone " + zone.name() + " the status \"" + zone.status()
                        + "\", which this version does not know: nothing is written to it; look at the zone in Cloudflare");
    }

    static Halt notGranted(MailAction action) {
        String grant = action instanceof MailAction.Worker ? "workers" : "forwardTo";
        return Halt.stalled(
                ConditionType.CATCH_ALL_APPLIED,
                "AccessDenied",
                action.value() + " is not granted to this namespace: ask for an entry under " + grant
                        + " in spec.access of the CloudflareAccount");
    }

    static Halt notTaken(CatchAllContent wanted) {
        boolean forwards = wanted.actionType().equals("forward");
        String why = forwards
                ? Content.words(wanted) + " is not a verified destination, it seems: if it is missing under Destination"
                        + " addresses in Cloudflare, add it, Cloudflare then mails a link"
                : "look at it in Cloudflare";
        return Halt.waiting(
                ConditionType.CATCH_ALL_APPLIED,
                forwards ? "DestinationUnverified" : "NotTakingEffect",
                "Cloudflare took the catch-all and keeps it disabled: " + why
                        + ". It is not written again; this clears once it is enabled there, or the spec changes");
    }

    static Halt notExpressible() {
        return Halt.stalled(
                ConditionType.CATCH_ALL_APPLIED,
                "NotExpressible",
                "the catch-all has several actions or destinations and could not be given back as it is:"
                        + " simplify or disable it in Cloudflare, then it can be managed here");
    }

    static Halt heldElsewhere() {
        return Halt.stalled(
                ConditionType.CATCH_ALL_APPLIED,
                "HeldElsewhere",
                "the catch-all carries the mark of another installation of this operator: delete the CatchAllRule there,"
                        + " or disable and rename the catch-all in Cloudflare if that installation is gone");
    }

    static Halt keptByWrangler() {
        return Halt.stalled(
                ConditionType.CATCH_ALL_APPLIED,
                "HeldElsewhere",
                "wrangler keeps the catch-all for a Worker: take it out of that Worker's configuration first, or delete"
                        + " this CatchAllRule");
    }
}
