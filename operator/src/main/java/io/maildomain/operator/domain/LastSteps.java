package io.maildomain.operator.domain;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.account.RuntimeCredentials.Usable;
import io.maildomain.operator.cloudflare.Cloudflare;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.Use;
import io.maildomain.operator.cloudflare.Zone;
import io.maildomain.operator.conditions.Check;
import io.maildomain.operator.conditions.ConditionType;
import io.maildomain.operator.diagnosis.Diagnosis;
import io.maildomain.operator.domain.UndoTurn.Done;
import io.maildomain.operator.domain.UndoTurn.Waiting;
import io.maildomain.operator.handover.InheritedAge;
import io.maildomain.operator.outcome.Halt;
import io.maildomain.operator.outcome.Pace;
import io.maildomain.operator.publicdns.PublicDns;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The end of undoing, which cannot be taken back: subdomains, routing, zone. It is decided on two looks that agree, and what
 * Cloudflare refuses to do for a reason of its own is kept: by then all else is undone (DESIGN, Ownership; Deletion never
 * wedges).
 */
record LastSteps(
        MailDomain live,
        LedgerSession ledger,
        Usable with,
        Wanted wanted,
        Zone zone,
        Cloudflare cloudflare,
        ChangeLog log,
        SubdomainRemoval removal,
        SecondLook looks,
        InheritedAge age,
        BooleanSupplier stillGranted) {

    private static final String RULES = "rules of ";

    /**
     * @param snapshot what the first steps were planned from
     * @param ahead whether a step that cannot be taken back was planned
     * @param usedByOthers whether it shows that others use the zone
     * @param left rules that stay as they are for good
     */
    UndoTurn take(Snapshot snapshot, boolean ahead, boolean usedByOthers, List<Change> left) {
        ZoneDeletion.Question question = question(usedByOthers);
        boolean records = ZoneDeletion.hangsOnRecords(question) && with.grants().createZone(zone.name());
        boolean zoneAhead = records || ZoneDeletion.decide(question, false, List.of()) instanceof ZoneDeletion.Delete;
        if (!ahead && !zoneAhead) {
            sayWhatStays(snapshot, Optional.empty());
            undoZone(new Evidence(snapshot, null, false, List.of()), usedByOthers, Optional.empty());
            return new Done();
        }
        for (int look = 0; look < 2; look++) {
            Evidence evidence = new Observer(cloudflare, PublicDns.OFF, Use.CHANGE).evidence(zone, records);
            Optional<Duration> wait = looks.stillToWait(uid(), evidence);
            if (wait.isEmpty()) {
                return finish(evidence, left);
            }
            if (!wait.get().isZero()) {
                return looksAgain(wait.get());
            }
        }
        return UndoTurn.Waiting.BUSY;
    }

    private UndoTurn finish(Evidence evidence, List<Change> left) {
        Snapshot snapshot = evidence.snapshot();
        ledger.note(LedgerNotes.settled(ledger.noted(), snapshot, wanted));
        List<Change> plan = Planner.undo(wanted, snapshot, ledger.noted());
        List<Change> back = plan.stream()
                .filter(change -> change instanceof Change.RuleChange && !left.contains(change))
                .toList();
        // A rule of ours that was deleted is still listed: that list is older than it seems, and the rule is deleted
        // again.
        if (!back.isEmpty() && looks.stillToWait(RULES + uid(), back).isPresent()) {
            looks.forget(uid());
            return looksAgain(Duration.ZERO);
        }
        boolean usedByOthers = Planner.isUsedByOthers(wanted, snapshot, ledger.noted());
        Optional<String> doubt = evidence.contradiction().or(() -> back.stream()
                .findFirst()
                .map(rule -> "Cloudflare goes on listing a rule that was deleted (" + rule.subject() + ")"));
        sayWhatStays(snapshot, doubt);
        List<Change> changes = doubt.isPresent()
                ? List.of()
                : plan.stream().filter(Change::isIrreversible).toList();
        Applied applied = new Applier(cloudflare, ledger, zone.id(), removal, stillGranted).apply(changes);
        log.changed(live, applied);
        if (!stillGranted.getAsBoolean()) {
            return UndoTurn.Waiting.BUSY;
        }
        Optional<Halt> halt = failure(applied);
        if (halt.isPresent()) {
            return new Waiting(halt.get());
        }
        undoZone(evidence, usedByOthers, doubt);
        looks.forget(uid());
        looks.forget(RULES + uid());
        return new Done();
    }

    private void sayWhatStays(Snapshot snapshot, Optional<String> doubt) {
        Planner.routingKept(wanted, snapshot, ledger.noted())
                .or(() -> doubt.filter(why -> ledger.noted().routing() != null))
                .ifPresent(why -> log.warned(live, "RoutingKept", "Email Routing stays on: " + why));
        Planner.rulesKept(wanted, snapshot, ledger.noted()).forEach(why -> log.warned(live, "RuleKept", why));
        List<String> others = Planner.rulesOfOthers(wanted, snapshot);
        if (!others.isEmpty()) {
            log.warned(live, "RuleKept", Sentences.ruleOfOthersKept(others));
        }
    }

    /** What waits for better days; what Cloudflare refuses for a reason of its own is kept, and that is said. */
    private Optional<Halt> failure(Applied applied) {
        Failures failures = new Failures(wanted.domain(), with);
        for (Applied.Failed failed : applied.failed()) {
            Optional<Diagnosis> refusal = Failures.ofItsOwn(failed.why(), failures.of(failed));
            if (refusal.isEmpty()) {
                return Optional.of(failures.halt(failed.why()));
            }
        }
        applied.failed().forEach(failed -> sayKept(failed.change(), failures.of(failed)));
        applied.failed().stream().findFirst().ifPresent(first -> applied.skipped()
                .forEach(change -> sayKept(change, failures.of(first))));
        return Optional.empty();
    }

    private void sayKept(Change change, Diagnosis refusal) {
        boolean routing = change instanceof Change.DisableRouting;
        String what = routing ? "Email Routing stays on: " : "the mail records of " + change.subject() + " stay: ";
        log.warned(live, routing ? "RoutingKept" : "RecordsKept", Sentences.bounded(what + refusal.message()));
    }

    private void undoZone(Evidence evidence, boolean usedByOthers, Optional<String> doubt) {
        ZoneDeletion decision =
                ZoneDeletion.decide(question(usedByOthers), evidence.recordsKnown(), evidence.records());
        if (decision instanceof ZoneDeletion.Delete && !with.grants().createZone(zone.name())) {
            // That we made it says the status alone, which can be forged.
            decision = new ZoneDeletion.Kept("this namespace may not create zones (createZones in spec.access of the"
                    + " account), so none is deleted for it");
        }
        if (decision instanceof ZoneDeletion.Delete && doubt.isPresent()) {
            decision = new ZoneDeletion.Kept(doubt.get());
        }
        if (decision instanceof ZoneDeletion.Delete) {
            deleteZone();
        } else if (decision instanceof ZoneDeletion.Kept kept) {
            sayZoneKept(kept.why());
        }
    }

    private void deleteZone() {
        try {
            cloudflare.deleteZone(zone.id());
        } catch (CloudflareException e) {
            if (!e.zoneMissing()) {
                Optional<Diagnosis> refusal = Failures.ofItsOwn(e, new Failures(wanted.domain(), with).diagnosis(e));
                if (refusal.isEmpty()) {
                    throw e;
                }
                sayZoneKept(refusal.get().message());
                return;
            }
        }
        log.zoneDeleted(live);
    }

    private void sayZoneKept(String why) {
        String next = ". Delete it in Cloudflare's dashboard if nobody needs it";
        String message = "zone " + zone.name() + " is kept: " + why;
        log.warned(live, "ZoneKept", message.substring(0, Math.min(message.length(), 512 - next.length())) + next);
    }

    private ZoneDeletion.Question question(boolean usedByOthers) {
        return new ZoneDeletion.Question(
                live.getSpec().domain(),
                ledger.noted().zone(),
                zone,
                live.getSpec().zone().deletionPolicy(),
                age.of(live, ledger.noted().zone()),
                cloudflare.clockSkew(),
                Annotations.confirmsZoneDeletion(live, live.getSpec().domain()),
                usedByOthers);
    }

    private static UndoTurn looksAgain(Duration pause) {
        return new Waiting(new Halt(
                ConditionType.READY,
                Check.Status.UNKNOWN,
                "LooksAgain",
                "two looks at Cloudflare must agree before anything is deleted that cannot come back",
                Pace.WAITING,
                pause,
                true));
    }

    private String uid() {
        return live.getMetadata().getUid();
    }
}
