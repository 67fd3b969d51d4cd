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
    }

    Set<String> uids() {
        Set<String> all = new HashSet<>(massDeletions.uids());
        all.addAll(looks.about());
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
        CleanupResult result = attempt(live, ownership, session, with, noted.get());
        return isTokenRefused(result)
                ? lastGood.otherThan(with, live, uid)
                        .map(earlier -> attempt(live, ownership, session, earlier, noted.get()))
                        .filter(again -> !isTokenRefused(again))
                        .orElse(result)
                : result;
    }

    private static boolean isTokenRefused(CleanupResult result) {
        return result instanceof Waiting waiting && waiting.why().isAboutToken();
    }

    private CleanupResult attempt(
            MailDomain live, OwnershipSession ownership, CloudflareSession session, Usable with, ZoneOwnership noted) {
        Optional<Blocked> lost = claims.lost(live, with, noted.notedAccountId().orElse(with.accountId()));
        if (lost.isPresent()) {
            return lost.get().reason().isLostClaim() ? new Done() : new Waiting(lost.get());
        }
        try {
            CleanupResult result = cleanUp(live, ownership, session, with, noted);
            if (result instanceof Done) {
                massDeletions.cleanedUp(live);
            }
            return result;
        } catch (CloudflareException e) {
            if (e.rulesMissing()) {
                log.warned(
                        live,
                        Reason.ZoneKept,
                        "Cloudflare shows no rules of the zone any more, as while Email Routing is off: there are none"
                                + " of ours to delete. The zone is kept; delete it in Cloudflare if it is not needed");
                massDeletions.cleanedUp(live);
                return new Done();
            }
            return new Waiting(new Failures(live.getSpec().domain(), with).blocked(e));
        }
    }

    private CleanupResult cleanUp(
            MailDomain live, OwnershipSession ownership, CloudflareSession session, Usable with, ZoneOwnership noted) {
        Cloudflare cloudflare = session.with(with.token());
        DesiredState asked = DesiredState.of(live, with.grants(), services.mark());
        Optional<Zone> found = zone(live, asked, ownership, cloudflare, with, noted);
        if (found.isEmpty()) {
            return new Done();
        }
        Optional<Blocked> catchAll = catchAlls.stillHeld(live);
        if (catchAll.isPresent()) {
            return new Waiting(catchAll.get());
        }
        Zone zone = found.get();
        Optional<Blocked> unknown = ZoneState.unknown(zone);
        if (unknown.isPresent()) {
            return new Waiting(unknown.get());
        }
        new SubdomainRemover(cloudflare, removal, zone.id()).settle();
        ObservedState observed = new Observer(cloudflare, services.publicDns()).observeForCleanup(zone);
        DesiredState desired = asked.among(new RuleMakerLookup(services.resources()).of(live, observed));
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

    /** The zone that the ownership record speaks of, if it is there and is the one; else there is nothing to undo in. */
    private Optional<Zone> zone(
            MailDomain live,
            DesiredState desired,
            OwnershipSession ownership,
            Cloudflare cloudflare,
            Usable with,
            ZoneOwnership noted) {
        ZoneFinder finder = new ZoneFinder(cloudflare, services.callTimeout());
        if (noted.notedId().isPresent()) {
            Optional<Zone> zone = finder.unlessGone(noted.id());
            if (zone.isEmpty()) {
                log.warned(
                        live, Reason.ZoneGone, "the zone is gone, or hidden from the token: nothing is left to undo");
            }
            zone.filter(other -> !other.name().equalsIgnoreCase(desired.domain()))
                    .ifPresent(other -> log.warned(
                            live, Reason.ZoneKept, "the noted zone has another name: nothing in it was touched"));
            return zone.filter(found -> found.name().equalsIgnoreCase(desired.domain()));
        }
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
