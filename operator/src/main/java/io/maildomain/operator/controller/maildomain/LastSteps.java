package io.maildomain.operator.controller.maildomain;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.access.RuntimeCredentials.Usable;
import io.maildomain.operator.cloudflare.Cloudflare;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.Zone;
import io.maildomain.operator.cloudflare.errors.Diagnosis;
import io.maildomain.operator.controller.Annotations;
import io.maildomain.operator.controller.ChangeLog;
import io.maildomain.operator.controller.CleanupResult;
import io.maildomain.operator.controller.CleanupResult.Done;
import io.maildomain.operator.controller.CleanupResult.Waiting;
import io.maildomain.operator.controller.handover.InheritedAge;
import io.maildomain.operator.controller.maildomain.plan.Change;
import io.maildomain.operator.controller.maildomain.plan.DeletionEvidence;
import io.maildomain.operator.controller.maildomain.plan.DesiredState;
import io.maildomain.operator.controller.maildomain.plan.ObservedState;
import io.maildomain.operator.controller.maildomain.plan.OwnershipChanges;
import io.maildomain.operator.controller.maildomain.plan.PlanMessages;
import io.maildomain.operator.controller.maildomain.plan.Planner;
import io.maildomain.operator.controller.maildomain.plan.ZoneDeletion;
import io.maildomain.operator.dns.PublicDns;
import io.maildomain.operator.status.Blocked;
import io.maildomain.operator.status.Check;
import io.maildomain.operator.status.ConditionType;
import io.maildomain.operator.status.Requeue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The end of undoing, which cannot be taken back: subdomains, routing, zone. It is decided on two looks that agree, and what
 * Cloudflare refuses to do for a reason of its own is kept: by then all else is undone ({@code docs/guides/deletion.md}).
 */
record LastSteps(
        MailDomain live,
        OwnershipSession ownership,
        Usable with,
        DesiredState desired,
        Zone zone,
        Cloudflare cloudflare,
        ChangeLog log,
        SubdomainRemoval removal,
        SecondLook looks,
        InheritedAge age,
        BooleanSupplier stillGranted) {

    private static final String RULES = "rules of ";

    /**
     * @param observed what the first steps were planned from
     * @param ahead whether a step that cannot be taken back was planned
     * @param usedByOthers whether it shows that others use the zone
     * @param left rules that stay as they are for good
     */
    CleanupResult take(ObservedState observed, boolean ahead, boolean usedByOthers, List<Change> left) {
        ZoneDeletion.Question question = question(usedByOthers);
        boolean records = ZoneDeletion.hangsOnRecords(question) && with.grants().createZone(zone.name());
        boolean zoneAhead = records || ZoneDeletion.decide(question, false, List.of()) instanceof ZoneDeletion.Delete;
        if (!ahead && !zoneAhead) {
            sayWhatStays(observed, Optional.empty());
            cleanUpZone(new DeletionEvidence(observed, null, false, List.of()), usedByOthers, Optional.empty());
            return new Done();
        }
        for (int look = 0; look < 2; look++) {
            DeletionEvidence evidence = new Observer(cloudflare, PublicDns.OFF).evidence(zone, records);
            Optional<Duration> wait = looks.stillToWait(uid(), evidence);
            if (wait.isEmpty()) {
                return finish(evidence, left);
            }
            if (!wait.get().isZero()) {
                return looksAgain(wait.get());
            }
        }
        return CleanupResult.Waiting.CONFLICT;
    }

    private CleanupResult finish(DeletionEvidence evidence, List<Change> left) {
        ObservedState observed = evidence.observed();
        ownership.note(OwnershipChanges.settled(ownership.noted(), observed, desired));
        List<Change> plan = Planner.cleanup(desired, observed, ownership.noted());
        List<Change> back = plan.stream()
                .filter(change -> change instanceof Change.RuleChange && !left.contains(change))
                .toList();
        // A rule of ours that was deleted is still listed: that list is older than it seems, and the rule is deleted
        // again.
        if (!back.isEmpty() && looks.stillToWait(RULES + uid(), back).isPresent()) {
            looks.forget(uid());
            return looksAgain(Duration.ZERO);
        }
        boolean usedByOthers = Planner.isUsedByOthers(desired, observed, ownership.noted());
        Optional<String> doubt = evidence.contradiction().or(() -> back.stream()
                .findFirst()
                .map(rule -> "Cloudflare goes on listing a rule that was deleted (" + rule.subject() + ")"));
        sayWhatStays(observed, doubt);
        List<Change> changes = doubt.isPresent()
                ? List.of()
                : plan.stream().filter(Change::isIrreversible).toList();
        ApplyResult applied = new Applier(cloudflare, ownership, zone.id(), removal, stillGranted).apply(changes);
        applied.tell(live, log);
        if (!stillGranted.getAsBoolean()) {
            return CleanupResult.Waiting.CONFLICT;
        }
        Optional<Blocked> blocked = failure(applied);
        if (blocked.isPresent()) {
            return new Waiting(blocked.get());
        }
        cleanUpZone(evidence, usedByOthers, doubt);
        looks.forget(uid());
        looks.forget(RULES + uid());
        return new Done();
    }

    private void sayWhatStays(ObservedState observed, Optional<String> doubt) {
        Planner.routingKept(desired, observed, ownership.noted())
                .or(() -> doubt.filter(why -> ownership.noted().routing() != null))
                .ifPresent(why -> log.warned(live, Reason.RoutingKept, "Email Routing stays on: " + why));
        Planner.rulesKept(desired, observed, ownership.noted()).forEach(why -> log.warned(live, Reason.RuleKept, why));
        List<String> others = Planner.rulesOfOthers(desired, observed);
        if (!others.isEmpty()) {
            log.warned(live, Reason.RuleKept, PlanMessages.ruleOfOthersKept(others));
        }
    }

    /** What waits for better days; what Cloudflare refuses for a reason of its own is kept, and that is said. */
    private Optional<Blocked> failure(ApplyResult applied) {
        Failures failures = new Failures(desired.domain(), with);
        for (ChangeOutcome.Failed failed : applied.failed()) {
            Optional<Diagnosis> refusal = Failures.ofItsOwn(failed.why(), failures.of(failed));
            if (refusal.isEmpty()) {
                return Optional.of(failures.blocked(failed.why()));
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
        log.warned(
                live,
                routing ? Reason.RoutingKept : Reason.RecordsKept,
                PlanMessages.bounded(what + refusal.message()));
    }

    private void cleanUpZone(DeletionEvidence evidence, boolean usedByOthers, Optional<String> doubt) {
        ZoneDeletion decision =
                ZoneDeletion.decide(question(usedByOthers), evidence.recordsKnown(), evidence.records());
        if (decision instanceof ZoneDeletion.Delete && !with.grants().createZone(zone.name())) {
            // That we created it only the status says, which can be forged.
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
                Optional<Diagnosis> refusal = Failures.ofItsOwn(e, new Failures(desired.domain(), with).diagnosis(e));
                if (refusal.isEmpty()) {
                    throw e;
                }
                sayZoneKept(refusal.get().message());
                return;
            }
        }
        log.said(live, Reason.Deleted, "deleted zone " + live.getSpec().domain());
    }

    private void sayZoneKept(String why) {
        String next = ". Delete it in Cloudflare's dashboard if it is not needed";
        String message = "zone " + zone.name() + " is kept: " + why;
        log.warned(live, Reason.ZoneKept, message.substring(0, Math.min(message.length(), 512 - next.length())) + next);
    }

    private ZoneDeletion.Question question(boolean usedByOthers) {
        return new ZoneDeletion.Question(
                live.getSpec().domain(),
                ownership.noted().zone(),
                zone,
                live.getSpec().zone().deletionPolicy(),
                age.of(live, ownership.noted().zone()),
                cloudflare.clockSkew(),
                Annotations.confirmsZoneDeletion(live, live.getSpec().domain()),
                usedByOthers);
    }

    private static CleanupResult looksAgain(Duration pause) {
        return new Waiting(new Blocked(
                ConditionType.READY,
                Check.Status.UNKNOWN,
                Reason.LooksAgain,
                "two looks at Cloudflare must agree before anything is deleted that cannot come back",
                Requeue.WAITING,
                pause,
                true));
    }

    private String uid() {
        return live.getMetadata().getUid();
    }
}
