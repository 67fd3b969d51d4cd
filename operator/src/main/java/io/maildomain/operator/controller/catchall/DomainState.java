package io.maildomain.operator.controller.catchall;

import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.DeletionPolicy;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.api.v1alpha1.Mode;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.api.v1alpha1.ZoneOwnership;
import io.maildomain.api.v1alpha1.ZoneStatus;
import io.maildomain.operator.status.Blocked;
import io.maildomain.operator.status.ConditionType;
import io.maildomain.operator.status.Conditions;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Whether the MailDomain that a CatchAllRule belongs to is far enough for its catch-all to be written. Pure. */
final class DomainState {

    private static final Set<Reason> MAIL_ELSEWHERE = Set.of(Reason.ForeignRecords, Reason.RecordsUnknown);

    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

    private DomainState() {}

    /** Why nothing is to be done for the MailDomain at all, so that nothing is done for its catch-all either. */
    static Optional<Blocked> rest(MailDomain domain) {
        String name = domain.getMetadata().getName();
        if (domain.getSpec().suspend()) {
            return waits(Reason.DomainSuspended, "MailDomain " + name + " is suspended: no call is made to Cloudflare");
        }
        return Optional.empty();
    }

    /** Whether nothing may be written for it, and what would be is to be said. */
    static boolean isWatched(MailDomain domain) {
        return domain.getSpec().mode() == Mode.Observe;
    }

    /** Why mode Manage would have the catch-all wait: mail of the domain goes to another provider, and it leaves that so. */
    private static Optional<Blocked> watchedObstacle(MailDomain domain) {
        if (!says(domain, ConditionType.READY, reason -> reason == Reason.Observing)) {
            return waits(
                    Reason.DomainNotReady,
                    "waits until MailDomain " + domain.getMetadata().getName() + " has been looked at");
        }
        boolean elsewhere = says(domain, ConditionType.DNS_READY, MAIL_ELSEWHERE::contains)
                && !says(domain, ConditionType.ROUTING_ENABLED, reason -> reason == Reason.RoutingEnabled);
        return elsewhere ? waitsForRouting(domain) : Optional.empty();
    }

    /** Why the catch-all has to wait; empty where it can be worked on. */
    static Optional<Blocked> obstacle(MailDomain domain) {
        if (isWatched(domain)) {
            return watchedObstacle(domain);
        }
        String name = domain.getMetadata().getName();
        if (zoneId(domain).isEmpty()) {
            return waits(Reason.DomainNotReady, "waits until MailDomain " + name + " has its zone");
        }
        boolean routed = Optional.ofNullable(domain.getStatus())
                .filter(status -> Conditions.isTrue(status.conditions(), ConditionType.ROUTING_ENABLED))
                .isPresent();
        return routed ? Optional.empty() : waitsForRouting(domain);
    }

    private static Optional<Blocked> waitsForRouting(MailDomain domain) {
        return waits(
                Reason.DomainNotReady,
                "waits until Email Routing of MailDomain "
                        + domain.getMetadata().getName() + " is on");
    }

    /**
     * Whether nothing is undone for this MailDomain: it only observes, another one manages its domain, or it goes and
     * leaves all as it is.
     */
    static boolean leavesAll(MailDomain domain) {
        return leavesAll(domain, false);
    }

    /** @param inherits whether the one that holds the domain goes and has passed its catch-all on to this one's already */
    static boolean leavesAll(MailDomain domain, boolean inherits) {
        return isWatched(domain) || (hasLostItsClaim(domain) && !inherits) || goesAndLeavesAll(domain);
    }

    /** Whether a MailDomain goes without undoing anything: what was noted for it stays true. */
    static boolean goesAndLeavesAll(MailDomain domain) {
        return domain.isMarkedForDeletion() && domain.getSpec().deletionPolicy() == DeletionPolicy.Retain;
    }

    /**
     * Whether a MailDomain that is being deleted still holds its own undoing back, for whatever reason (too many were
     * deleted at once, no credentials): then its catch-all is not given back either.
     */
    static boolean holdsBack(MailDomain domain) {
        return domain.isMarkedForDeletion()
                && !says(domain, ConditionType.READY, reason -> reason == Reason.CatchAllInUse);
    }

    /** Whether it can be an id of Cloudflare's; an ownership record that a user edited may hold anything. */
    static boolean isId(String zoneId) {
        return ID.matcher(zoneId).matches();
    }

    /** The zone that the MailDomain's ownership record notes. */
    static Optional<String> zoneId(MailDomain domain) {
        return MailDomainStatus.notedZone(domain)
                .flatMap(ZoneOwnership::notedId)
                .filter(DomainState::isId);
    }

    /** The zone that the MailDomain saw last, if only while it observed; nothing may be written by it. */
    static Optional<String> seenZoneId(MailDomain domain) {
        return zoneId(domain).or(() -> Optional.ofNullable(domain.getStatus())
                .map(MailDomainStatus::zone)
                .map(ZoneStatus::id)
                .filter(DomainState::isId));
    }

    /** The account that the MailDomain's ownership record notes. */
    static Optional<String> accountId(MailDomain domain) {
        return MailDomainStatus.notedZone(domain).flatMap(ZoneOwnership::notedAccountId);
    }

    /** Not its Ready: that says {@code Conflict} of a single rule as well. */
    private static boolean hasLostItsClaim(MailDomain domain) {
        return says(domain, ConditionType.ZONE_READY, Reason::isLostClaim);
    }

    private static boolean says(MailDomain domain, ConditionType type, Predicate<Reason> which) {
        return Optional.ofNullable(domain.getStatus())
                .flatMap(status -> Conditions.find(status.conditions(), type))
                .flatMap(Condition::knownReason)
                .filter(which)
                .isPresent();
    }

    private static Optional<Blocked> waits(Reason reason, String message) {
        return Optional.of(Blocked.waiting(ConditionType.CATCH_ALL_APPLIED, reason, message));
    }
}
