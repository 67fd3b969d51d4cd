package io.maildomain.operator.controller.maildomain;

import io.maildomain.api.v1alpha1.DeletionPolicy;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.api.v1alpha1.Mode;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.api.v1alpha1.ZoneOrigin;
import io.maildomain.api.v1alpha1.ZoneOwnership;
import io.maildomain.operator.access.ClaimCheck;
import io.maildomain.operator.access.LastKnownGoodCredentials;
import io.maildomain.operator.access.RuntimeCredentials;
import io.maildomain.operator.access.RuntimeCredentials.Unusable;
import io.maildomain.operator.access.RuntimeCredentials.Usable;
import io.maildomain.operator.cloudflare.Cloudflare;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.Zone;
import io.maildomain.operator.controller.Annotations;
import io.maildomain.operator.controller.ChangeLog;
import io.maildomain.operator.controller.CleanupResult;
import io.maildomain.operator.controller.CleanupResult.Done;
import io.maildomain.operator.controller.CleanupResult.Waiting;
import io.maildomain.operator.controller.CloudflareSession;
import io.maildomain.operator.controller.handover.InheritedAge;
import io.maildomain.operator.controller.maildomain.plan.Change;
import io.maildomain.operator.controller.maildomain.plan.DesiredState;
import io.maildomain.operator.controller.maildomain.plan.ObservedState;
import io.maildomain.operator.controller.maildomain.plan.OwnershipChanges;
import io.maildomain.operator.controller.maildomain.plan.Planner;
import io.maildomain.operator.controller.maildomain.plan.ZoneDecision;
import io.maildomain.operator.controller.maildomain.plan.ZoneState;
import io.maildomain.operator.ownership.StatusWriter;
import io.maildomain.operator.status.Blocked;
import io.maildomain.operator.status.ConditionType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Takes back what the ownership record says we did, in order: rules, catch-all, subdomains, routing, zone ({@code docs/guides/deletion.md}). */
final class DomainCleanup {

    private final MailDomainServices services;
    private final ChangeLog log;
    private final MassDeletionGuard massDeletions;
    private final LastKnownGoodCredentials lastGood;
    private final SubdomainRemoval removal;
    private final ClaimCheck claims;
    private final DomainHandOver handOver;
    private final InheritedAge age;
    private final SecondLook looks;
    private final CatchAllsInUse catchAlls;

    DomainCleanup(
            MailDomainServices services,
            StatusWriter<MailDomain, MailDomainStatus> writer,
            ChangeLog log,
            SubdomainRemoval removal,
            LastKnownGoodCredentials lastGood) {
        this.services = services;
        this.lastGood = lastGood;
        this.removal = removal;
        this.claims = services.claims();
        this.log = log;
        this.handOver = new DomainHandOver(services, writer, log);
        this.age = new InheritedAge(services.zoneOrigins());
        this.looks = new SecondLook(services.clock(), services.drift().confirmPause());
        this.catchAlls = new CatchAllsInUse(services.resources(), services.catchAllRules());
        this.massDeletions = new MassDeletionGuard(services.resources(), services.massDeletion(), services.clock());
    }

    /** The resource is gone, perhaps while two looks were compared. */
    void forget(String uid) {
        massDeletions.forget(uid);
        looks.forget(uid);
        handOver.forget(uid);
    }

    Set<String> uids() {
        Set<String> all = new HashSet<>(massDeletions.uids());
        all.addAll(looks.about());
        all.addAll(handOver.uids());
        return all;
    }

    CleanupResult run(MailDomain live, OwnershipSession ownership, CloudflareSession session) {
        Optional<ZoneOwnership> noted = ownership.noted().notedZone();
        boolean leaveAll = live.getSpec().deletionPolicy() == DeletionPolicy.Retain
                || live.getSpec().mode() == Mode.Observe;
        if (leaveAll || noted.isEmpty()) {
            Optional<Blocked> inherited =
                    leaveAll || Annotations.abandons(live) ? Optional.empty() : catchAlls.inherited(live);
            return inherited.<CleanupResult>map(Waiting::new).orElseGet(Done::new);
        }
        String uid = live.getMetadata().getUid();
        services.credentials().follow(live);
        RuntimeCredentials credentials =
                lastGood.insteadOf(services.credentials().resolve(live), live, uid);
        if (credentials instanceof Unusable unusable && unusable.isDenied()) {
            log.warned(
                    live,
                    Reason.AccessDenied,
                    "what was created for " + live.getSpec().domain()
                            + " at Cloudflare stays there (zone, Email Routing,"
                            + " rules): this namespace has no access to the account any more; remove it in Cloudflare's"
                            + " dashboard if it is not needed");
            return new Done();
        }
        if (Annotations.abandons(live)) {
            log.warned(
                    live,
                    Reason.Abandoned,
                    "given up by annotation: what was created for it at Cloudflare stays there");
            return new Done();
        }
        if (credentials instanceof Unusable unusable && unusable.mayBeDenied()) {
            return new Waiting(unusable.blocked());
        }
        Optional<CleanupResult> instead =
                handOver.attempt(live, ownership, session, credentials, () -> catchAlls.stillHeld(live));
        if (instead.isPresent()) {
            return instead.get();
        }
        if (credentials instanceof Unusable unusable) {
            return new Waiting(unusable.blocked());
        }
        Optional<String> held = massDeletions.holds(live);
        if (held.isPresent()) {
            return new Waiting(Blocked.stalled(ConditionType.ZONE_READY, Reason.DeletionHeld, held.get()));
        }
        Usable with = (Usable) credentials;
        Optional<CleanupResult> result = attempt(live, ownership, session, with, noted.get());
        if (result.filter(now -> !isTokenRefused(now)).isPresent()) {
            return result.get();
        }
        Optional<Usable> earlier = lastGood.otherThan(with, live, uid);
        if (earlier.isPresent()) {
            Optional<CleanupResult> byEarlier = attempt(live, ownership, session, earlier.get(), noted.get());
            if (byEarlier.isEmpty()) {
                // It saw the zone, and works: it knows that the zone is gone, whatever the other one does not see.
                return withoutZone(live, session, earlier.get(), noted.get(), false);
            }
            if (!isTokenRefused(byEarlier.get())) {
                return byEarlier.get();
            }
        }
        return result.orElseGet(() -> withoutZone(live, session, with, noted.get(), earlier.isPresent()));
    }

    private static boolean isTokenRefused(CleanupResult result) {
        return result instanceof Waiting waiting && waiting.why().isAboutToken();
    }

    /** Cloudflare says that the noted zone is not there. */
    private CleanupResult withoutZone(
            MailDomain live, CloudflareSession session, Usable with, ZoneOwnership noted, boolean replaced) {
        try {
            CleanupResult result = new MissingZone(live, noted, session.with(with.token()), looks, log)
                    .endUndoing(services.callTimeout(), replaced);
            if (result instanceof Done) {
                massDeletions.cleanedUp(live);
            }
            return result;
        } catch (CloudflareException e) {
            return new Waiting(new Failures(live.getSpec().domain(), with).blocked(e));
        }
    }

    /** Empty where the token does not see the noted zone. */
    private Optional<CleanupResult> attempt(
            MailDomain live, OwnershipSession ownership, CloudflareSession session, Usable with, ZoneOwnership noted) {
        Optional<Blocked> lost = claims.lost(live, with, noted.notedAccountId().orElse(with.accountId()));
        if (lost.isPresent()) {
            return Optional.of(lost.get().reason().isLostClaim() ? new Done() : new Waiting(lost.get()));
        }
        try {
            Optional<CleanupResult> result = cleanUp(live, ownership, session, with, noted);
            if (result.filter(Done.class::isInstance).isPresent()) {
                massDeletions.cleanedUp(live);
            }
            return result;
        } catch (CloudflareException e) {
            Failures failures = new Failures(live.getSpec().domain(), with);
            if (!e.rulesMissing()) {
                return Optional.of(new Waiting(failures.blocked(e)));
            }
            CleanupResult result = new MissingRules(live, session.with(with.token()), looks, log)
                    .endUndoing(
                            ownership
                                    .noted()
                                    .notedZone()
                                    .flatMap(ZoneOwnership::notedId)
                                    .orElseThrow(),
                            e,
                            failures);
            if (result instanceof Done) {
                massDeletions.cleanedUp(live);
            }
            return Optional.of(result);
        }
    }

    private Optional<CleanupResult> cleanUp(
            MailDomain live, OwnershipSession ownership, CloudflareSession session, Usable with, ZoneOwnership noted) {
        Cloudflare cloudflare = session.with(with.token());
        ZoneFinder finder = new ZoneFinder(cloudflare, services.callTimeout());
        Optional<Zone> known = noted.notedId().flatMap(finder::unlessGone);
        if (noted.notedId().isPresent() && known.isEmpty()) {
            return Optional.empty();
        }
        looks.forget(MissingZone.about(live));
        DesiredState asked = DesiredState.of(live, with.grants(), services.mark());
        Optional<Zone> found = known.isPresent()
                ? known.filter(zone -> isOfDomain(zone, live))
                : announced(live, asked, ownership, finder, with, noted);
        return Optional.of(found.map(zone -> cleanUp(live, ownership, with, cloudflare, asked, zone))
                .orElseGet(Done::new));
    }

    private CleanupResult cleanUp(
            MailDomain live,
            OwnershipSession ownership,
            Usable with,
            Cloudflare cloudflare,
            DesiredState asked,
            Zone zone) {
        Optional<Blocked> catchAll = catchAlls.stillHeld(live);
        if (catchAll.isPresent()) {
            return new Waiting(catchAll.get());
        }
        Optional<Blocked> unknown = ZoneState.unknown(zone);
        if (unknown.isPresent()) {
            return new Waiting(unknown.get());
        }
        new SubdomainRemover(cloudflare, removal, zone.id()).settle();
        ObservedState observed =
                new Observer(cloudflare, services.publicDns()).observeForCleanup(zone, ownership.noted());
        looks.forget(MissingRules.about(live));
        DesiredState desired = asked.undoing(new RuleMakerLookup(services.resources()).of(live, observed));
        ownership.note(OwnershipChanges.settled(ownership.noted(), observed, desired));
        List<Change> plan = Planner.cleanup(desired, observed, ownership.noted());
        boolean usedByOthers = Planner.isUsedByOthers(desired, observed, ownership.noted());
        boolean ahead = plan.stream().anyMatch(Change::isIrreversible);
        List<Change> changes =
                plan.stream().filter(change -> !change.isIrreversible()).toList();
        BooleanSupplier stillGranted = () -> services.credentials().stillGrants(live, with);
        ApplyResult applied = new Applier(cloudflare, ownership, zone.id(), removal, stillGranted).apply(changes);
        applied.tell(live, log);
        if (!stillGranted.getAsBoolean()) {
            return CleanupResult.Waiting.CONFLICT;
        }
        Failures failures = new Failures(desired.domain(), with);
        List<Change> left = new ArrayList<>();
        for (ChangeOutcome.Failed failed : applied.failed()) {
            if (!new LeftForGood(live, failures, log).accepts(failed)) {
                return new Waiting(failures.blocked(failed.why()));
            }
            left.add(failed.change());
        }
        // Cloudflare's own refusal can end the round: what was not tried then stays as well.
        left.addAll(applied.skipped());
        return new LastSteps(live, ownership, with, desired, zone, cloudflare, log, removal, looks, age, stillGranted)
                .take(observed, ahead, usedByOthers, left);
    }

    private boolean isOfDomain(Zone zone, MailDomain live) {
        boolean is = zone.name().equalsIgnoreCase(live.getSpec().domain());
        if (!is) {
            log.warned(live, Reason.ZoneKept, "the noted zone has another name: nothing in it was touched");
        }
        return is;
    }

    /** The zone that was announced, if it is there and is the one; else there is nothing to undo in. */
    private Optional<Zone> announced(
            MailDomain live,
            DesiredState desired,
            OwnershipSession ownership,
            ZoneFinder finder,
            Usable with,
            ZoneOwnership noted) {
        ZoneDecision decision = finder.find(live, desired, with.accountId(), Optional.of(noted));
        if (decision instanceof ZoneDecision.Use use && use.entry().origin() == ZoneOrigin.Created) {
            ownership.note(ownership.noted().withZone(use.entry()));
            return Optional.of(use.zone());
        }
        if (decision instanceof ZoneDecision.Use) {
            log.warned(
                    live,
                    Reason.ZoneKept,
                    "a zone exists that may or may not have been created for this resource:"
                            + " it is kept; delete it in Cloudflare if it is not needed");
        }
        return Optional.empty();
    }
}
