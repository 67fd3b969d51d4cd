package io.maildomain.operator.domain;

import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.DeletionPolicy;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.Mode;
import io.maildomain.api.v1alpha1.ZoneOrigin;
import io.maildomain.api.v1alpha1.ZoneOwnership;
import io.maildomain.operator.account.LastGood;
import io.maildomain.operator.account.RuntimeCredentials;
import io.maildomain.operator.account.RuntimeCredentials.Unusable;
import io.maildomain.operator.account.RuntimeCredentials.Usable;
import io.maildomain.operator.claims.ClaimCheck;
import io.maildomain.operator.cloudflare.Cloudflare;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.Use;
import io.maildomain.operator.cloudflare.Zone;
import io.maildomain.operator.conditions.ConditionType;
import io.maildomain.operator.domain.UndoTurn.Done;
import io.maildomain.operator.domain.UndoTurn.Waiting;
import io.maildomain.operator.handover.InheritedAge;
import io.maildomain.operator.handover.InheritedCatchAlls;
import io.maildomain.operator.outcome.Halt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Takes back what the ledger says we did, in order: rules, catch-all, subdomains, routing, zone (DESIGN, Deletion). */
final class DomainUndo {

    /** Destination not verified or not found, Worker not found, another rule for the address. */
    private static final Set<Integer> RESTORE_IMPOSSIBLE = Set.of(2054, 2015, 2016, 2014);

    private final Workshop workshop;
    private final ChangeLog log;
    private final DeletionBrake brake;
    private final LastGood lastGood;
    private final SubdomainRemoval removal;
    private final ClaimCheck claims;
    private final DomainHandOver handOver;
    private final InheritedAge age;
    private final SecondLook looks;

    DomainUndo(Workshop workshop, ChangeLog log, SubdomainRemoval removal, LastGood lastGood) {
        this.workshop = workshop;
        this.lastGood = lastGood;
        this.removal = removal;
        this.claims = workshop.claims();
        this.log = log;
        this.handOver = new DomainHandOver(workshop, log);
        this.age = new InheritedAge(workshop.zoneOrigins());
        this.looks = new SecondLook(workshop.clock(), workshop.confirmPause());
        this.brake = new DeletionBrake(workshop.cluster(), workshop.massDeletion(), workshop.clock());
    }

    DeletionBrake brake() {
        return brake;
    }

    /** Whoever vanishes while two looks are compared. */
    void forget(String uid) {
        looks.forget(uid);
    }

    Set<String> uids() {
        return looks.about();
    }

    UndoTurn run(MailDomain live, LedgerSession ledger) {
        Optional<ZoneOwnership> noted = ledger.noted().notedZone();
        boolean leaveAll = live.getSpec().deletionPolicy() == DeletionPolicy.Retain
                || live.getSpec().mode() == Mode.Observe;
        if (leaveAll || noted.isEmpty()) {
            Optional<Halt> inherited = leaveAll || Annotations.abandons(live) ? Optional.empty() : inherited(live);
            return inherited.<UndoTurn>map(Waiting::new).orElseGet(Done::new);
        }
        String uid = live.getMetadata().getUid();
        RuntimeCredentials credentials =
                lastGood.insteadOf(workshop.credentials().of(live), live, uid);
        if (credentials instanceof Unusable unusable && unusable.isDenied()) {
            log.warned(
                    live,
                    "AccessDenied",
                    "what was made for " + live.getSpec().domain() + " at Cloudflare stays there (zone, Email Routing,"
                            + " rules): this namespace has no access to the account any more; remove it in Cloudflare's"
                            + " dashboard if nobody needs it");
            return new Done();
        }
        if (Annotations.abandons(live)) {
            log.warned(live, "Abandoned", "let go by annotation: what was made for it at Cloudflare stays there");
            return new Done();
        }
        Optional<UndoTurn> handedOver = handOver.attempt(live, ledger, credentials, () -> catchAllStillHeld(live));
        Optional<UndoTurn> instead = handedOver.or(() -> handOver.expect(live, ledger.noted()));
        if (instead.isPresent()) {
            return instead.get();
        }
        if (credentials instanceof Unusable unusable) {
            return new Waiting(unusable.halt());
        }
        Optional<String> held = brake.holds(live);
        if (held.isPresent()) {
            return new Waiting(Halt.stalled(ConditionType.ZONE_READY, DeletionBrake.HELD, held.get()));
        }
        Usable with = (Usable) credentials;
        UndoTurn turn = attempt(live, ledger, with, noted.get());
        return isTokenRefused(turn)
                ? lastGood.otherThan(with, live, uid)
                        .map(earlier -> attempt(live, ledger, earlier, noted.get()))
                        .filter(again -> !isTokenRefused(again))
                        .orElse(turn)
                : turn;
    }

    private static boolean isTokenRefused(UndoTurn turn) {
        return turn instanceof Waiting waiting && waiting.halt().isAboutToken();
    }

    private UndoTurn attempt(MailDomain live, LedgerSession ledger, Usable with, ZoneOwnership noted) {
        Optional<Halt> lost = claims.lost(live, with, noted.notedAccountId().orElse(with.accountId()));
        if (lost.isPresent()) {
            return ClaimCheck.isLost(lost.get().reason()) ? new Done() : new Waiting(lost.get());
        }
        try {
            UndoTurn turn = undo(live, ledger, with, noted);
            if (turn instanceof Done) {
                brake.undone(live);
            }
            return turn;
        } catch (CloudflareException e) {
            if (e.rulesMissing()) {
                log.warned(
                        live,
                        "ZoneKept",
                        "Cloudflare shows no rules of the zone any more, as while Email Routing is off: there are none"
                                + " of ours to delete. The zone is kept; delete it in Cloudflare if nobody needs it");
                brake.undone(live);
                return new Done();
            }
            return new Waiting(new Failures(live.getSpec().domain(), with).halt(e));
        }
    }

    private UndoTurn undo(MailDomain live, LedgerSession ledger, Usable with, ZoneOwnership noted) {
        Cloudflare cloudflare = workshop.cloudflare().apply(with.token());
        Wanted asked = wanted(live, with);
        Optional<Zone> found = zone(live, asked, ledger, cloudflare, with, noted);
        if (found.isEmpty()) {
            return new Done();
        }
        Optional<Halt> catchAll = catchAllStillHeld(live);
        if (catchAll.isPresent()) {
            return new Waiting(catchAll.get());
        }
        Zone zone = found.get();
        Optional<Halt> unknown = ZoneState.unknown(zone);
        if (unknown.isPresent()) {
            return new Waiting(unknown.get());
        }
        new SubdomainRemover(cloudflare, removal, zone.id()).settle();
        Snapshot snapshot = new Observer(cloudflare, workshop.publicDns(), Use.CHANGE).observeForUndo(zone);
        Wanted wanted = asked.among(new Makers(workshop.cluster()).of(live, snapshot));
        ledger.note(LedgerNotes.settled(ledger.noted(), snapshot, wanted));
        List<Change> plan = Planner.undo(wanted, snapshot, ledger.noted());
        boolean usedByOthers = Planner.isUsedByOthers(wanted, snapshot, ledger.noted());
        boolean ahead = plan.stream().anyMatch(Change::isIrreversible);
        List<Change> changes =
                plan.stream().filter(change -> !change.isIrreversible()).toList();
        BooleanSupplier stillGranted = () -> workshop.credentials().stillGrants(live, with);
        Applied applied = new Applier(cloudflare, ledger, zone.id(), removal, stillGranted).apply(changes);
        log.changed(live, applied);
        if (!stillGranted.getAsBoolean()) {
            return UndoTurn.Waiting.BUSY;
        }
        Failures failures = new Failures(wanted.domain(), with);
        List<Change> left = new ArrayList<>();
        for (Applied.Failed failed : applied.failed()) {
            if (!isLeftForGood(live, failed)) {
                return new Waiting(failures.halt(failed.why()));
            }
            left.add(failed.change());
        }
        return new LastSteps(live, ledger, with, wanted, zone, cloudflare, log, removal, looks, age, stillGranted)
                .take(snapshot, ahead, usedByOthers, left);
    }

    /** A rule whose destination is gone can't be given back, ever: that must not hold the resource for good. */
    private boolean isLeftForGood(MailDomain live, Applied.Failed failed) {
        boolean impossible = failed.change() instanceof Change.GiveBackRule
                && failed.why()
                        .refused()
                        .filter(refused -> RESTORE_IMPOSSIBLE.stream().anyMatch(refused::hasCode))
                        .isPresent();
        if (impossible) {
            log.warned(
                    live,
                    "RestoreImpossible",
                    "rule " + failed.change().subject() + " could not be given back as it was: Cloudflare refuses it"
                            + " (its destination or Worker is gone, or another rule has its address). It is left as it is");
        }
        return impossible;
    }

    /** The zone that the ledger speaks of, if it is there and is the one; else there is nothing to undo in. */
    private Optional<Zone> zone(
            MailDomain live,
            Wanted wanted,
            LedgerSession ledger,
            Cloudflare cloudflare,
            Usable with,
            ZoneOwnership noted) {
        ZoneFinder finder = new ZoneFinder(cloudflare, workshop.callTimeout(), Use.CHANGE);
        if (noted.notedId().isPresent()) {
            Optional<Zone> zone = finder.unlessGone(noted.id());
            if (zone.isEmpty()) {
                log.warned(live, "ZoneGone", "the zone is gone, or hidden from the token: nothing is left to undo");
            }
            zone.filter(other -> !other.name().equalsIgnoreCase(wanted.domain()))
                    .ifPresent(other ->
                            log.warned(live, "ZoneKept", "the noted zone has another name: nothing in it was touched"));
            return zone.filter(found -> found.name().equalsIgnoreCase(wanted.domain()));
        }
        ZoneDecision decision = finder.find(live, wanted, with.accountId(), Optional.of(noted));
        if (decision instanceof ZoneDecision.Use use && use.entry().origin() == ZoneOrigin.Created) {
            ledger.note(ledger.noted().withZone(use.entry()));
            return Optional.of(use.zone());
        }
        if (decision instanceof ZoneDecision.Use) {
            log.warned(
                    live,
                    "ZoneKept",
                    "a zone exists that may or may not have been created for this resource:"
                            + " it is kept; delete it in Cloudflare if nobody needs it");
        }
        return Optional.empty();
    }

    private Optional<Halt> catchAllStillHeld(MailDomain live) {
        String namespace = live.getMetadata().getNamespace();
        String name = live.getMetadata().getName();
        boolean bearsTheName = workshop.cluster()
                .mailDomain(namespace, name)
                .filter(domain ->
                        domain.getMetadata().getUid().equals(live.getMetadata().getUid()))
                .isPresent();
        Stream<CatchAllRule> own =
                bearsTheName ? workshop.cluster().catchAllRulesOf(namespace, name).stream() : Stream.empty();
        Stream<CatchAllRule> passed = InheritedCatchAlls.thatGoElsewhere(workshop.cluster(), live);
        return stillHeld(
                Stream.concat(
                        own.flatMap(rule -> workshop.catchAllRules().live(rule).stream())
                                .filter(rule -> InheritedCatchAlls.held(rule).isPresent()),
                        passed.flatMap(rule -> workshop.catchAllRules().live(rule).stream())
                                .filter(rule -> InheritedCatchAlls.isOf(live, rule))),
                namespace);
    }

    /** One that never had the zone waits for a CatchAllRule of its own that has its catch-all already. */
    private Optional<Halt> inherited(MailDomain live) {
        String namespace = live.getMetadata().getNamespace();
        return stillHeld(
                workshop.cluster().catchAllRulesOf(namespace, live.getMetadata().getName()).stream()
                        .flatMap(rule -> workshop.catchAllRules().live(rule).stream())
                        .filter(rule -> InheritedCatchAlls.held(rule)
                                .filter(held ->
                                        InheritedCatchAlls.isHeldByOneThatGoes(workshop.cluster(), live, held.zoneId()))
                                .isPresent()),
                namespace);
    }

    private static Optional<Halt> stillHeld(Stream<CatchAllRule> rules, String namespace) {
        Set<String> holders = rules.map(
                        rule -> rule.getMetadata().getNamespace().equals(namespace)
                                ? rule.getMetadata().getName()
                                : "of another namespace")
                .collect(Collectors.toSet());
        return holders.isEmpty()
                ? Optional.empty()
                : Optional.of(Halt.waiting(
                        ConditionType.RULES_SYNCED,
                        "CatchAllInUse",
                        "waits until CatchAllRule " + String.join(", ", holders) + " has given the catch-all back"));
    }

    private Wanted wanted(MailDomain live, Usable with) {
        String label =
                live.getMetadata().getNamespace() + "/" + live.getMetadata().getName();
        return new Wanted(live.getSpec(), with.grants(), workshop.mark(), label, Set.of());
    }
}
