package io.maildomain.operator.controller.maildomain;

import io.maildomain.api.v1alpha1.Conditioned;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.api.v1alpha1.Mode;
import io.maildomain.api.v1alpha1.Ownership;
import io.maildomain.api.v1alpha1.ZoneOwnership;
import io.maildomain.operator.access.RuntimeCredentials.Usable;
import io.maildomain.operator.cloudflare.Cloudflare;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.RuleList;
import io.maildomain.operator.cloudflare.Zone;
import io.maildomain.operator.controller.maildomain.RecentLooks.Look;
import io.maildomain.operator.controller.maildomain.plan.Change;
import io.maildomain.operator.controller.maildomain.plan.DesiredState;
import io.maildomain.operator.controller.maildomain.plan.HostPlanner;
import io.maildomain.operator.controller.maildomain.plan.ObservedState;
import io.maildomain.operator.controller.maildomain.plan.OwnershipChanges;
import io.maildomain.operator.controller.maildomain.plan.Plan;
import io.maildomain.operator.controller.maildomain.plan.Planner;
import io.maildomain.operator.status.Conditions;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A look that asks for what matters and takes the rest from a whole look not long ago: of another spec the rules, before some of
 * them are written; of a zone that was not active yet, the zone. Whatever else a plan would change, all is read first.
 */
final class BriefLook {

    private final MailDomainServices services;
    private final RecentLooks looks;
    private final Cloudflare cloudflare;

    BriefLook(MailDomainServices services, RecentLooks looks, Cloudflare cloudflare) {
        this.services = services;
        this.looks = looks;
        this.cloudflare = cloudflare;
    }

    /**
     * What may stand in for a whole look; empty where one is needed.
     *
     * @param confirmed when a sweep began that told the same as what is remembered; a time long ago where none did
     * @param news whether Mailboxes have changed: rules may be written as after a change of the spec
     */
    Optional<Look> of(
            MailDomain live, DesiredState asked, Ownership noted, Usable with, Instant confirmed, boolean news) {
        Optional<Look> known = looks.take(
                        live.getMetadata().getUid(),
                        with,
                        confirmed,
                        services.clock().instant())
                .filter(look -> isOf(look.state().zone(), asked, noted))
                .filter(look -> live.getSpec().mode() == Mode.Manage && !isAskedToLook(live))
                .filter(look -> !ZoneRebinding.of(live, noted.notedZone()).open());
        try {
            return known.flatMap(look -> Conditions.isSeen(live) && !news
                    ? ofZone(look, live, asked, noted)
                    : ofRules(look, live, asked, noted));
        } catch (CloudflareException e) {
            if (e.zoneMissing() || e.hidesZone()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** The spec has changed: rules may be written. Where mail goes to is as the last look saw it. */
    private Optional<Look> ofRules(Look look, MailDomain live, DesiredState asked, Ownership noted) {
        ObservedState before = look.state();
        boolean knowsAllHosts = HostPlanner.inOrder(asked, noted).stream()
                .allMatch(host -> before.host(host).isPresent());
        if (!knowsAllHosts || !before.routing().isPlainlyReady()) {
            return Optional.empty();
        }
        RuleList rules = cloudflare.rules(before.zone().id());
        ObservedState now = before.withRules(rules);
        return allows(live, asked, now, noted, change -> change instanceof Change.RuleChange)
                ? Optional.of(new Look(now, look.at(), true))
                : Optional.empty();
    }

    /** It waited for the registrar: whether that is over, only the zone tells. */
    private Optional<Look> ofZone(Look look, MailDomain live, DesiredState asked, Ownership noted) {
        if (look.state().zone().status().equals("active")) {
            return Optional.empty();
        }
        Zone zone = cloudflare.zone(look.state().zone().id());
        ObservedState now = look.state().withZone(zone);
        return isOf(zone, asked, noted) && zone.hasKnownStatus() && allows(live, asked, now, noted, change -> false)
                ? Optional.of(new Look(now, look.at(), false))
                : Optional.empty();
    }

    private boolean allows(
            MailDomain live, DesiredState asked, ObservedState observed, Ownership noted, Predicate<Change> change) {
        DesiredState desired = asked.among(new RuleMakerLookup(services.resources()).of(live, observed));
        // What the ownership record is to forget is decided by what Cloudflare says now, never from memory.
        if (!OwnershipChanges.settled(noted, observed, desired).equals(noted)) {
            return false;
        }
        Plan plan = Planner.plan(desired, observed, noted);
        return plan.routing() == Plan.RoutingOutcome.ENABLED
                && plan.withheld().isEmpty()
                && plan.changes().stream().allMatch(change);
    }

    /** A name stays with its id at Cloudflare; which id it is stands in a status, which can be forged. */
    private static boolean isOf(Zone zone, DesiredState asked, Ownership noted) {
        return zone.name().equalsIgnoreCase(asked.domain())
                && noted.notedZone()
                        .flatMap(ZoneOwnership::notedId)
                        .filter(zone.id()::equals)
                        .isPresent();
    }

    /** A user who asks for a look wants a whole one. */
    private static boolean isAskedToLook(MailDomain live) {
        String handled = Optional.ofNullable(live.getStatus())
                .map(MailDomainStatus::lastHandledReconcileAt)
                .orElse(null);
        String asked = Conditioned.requestOn(live);
        return asked != null && !Objects.equals(asked, handled);
    }
}
