package io.maildomain.operator.controller.catchall;

import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CatchAllRuleStatus;
import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.controller.ReconcileResult;
import io.maildomain.operator.controller.catchall.plan.CatchAllDecision;
import io.maildomain.operator.controller.catchall.plan.Content;
import io.maildomain.operator.status.Blocked;
import io.maildomain.operator.status.Check;
import io.maildomain.operator.status.ConditionType;
import io.maildomain.operator.status.Conditions;
import io.maildomain.operator.status.Requeue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is said of a CatchAllRule after a reconcile: its conditions. Pure. */
record CatchAllReport(CatchAllRule rule, Instant now) {

    /** The catch-all is as it should be. */
    ReconcileResult<CatchAllRuleStatus> done(Reason reason, String message) {
        Check ready = Check.yes(ConditionType.READY, reason, message);
        return new ReconcileResult<>(
                status(ready, ready.as(ConditionType.CATCH_ALL_APPLIED)), Requeue.RESYNC, reason, Duration.ZERO);
    }

    /** It is not, and this is why. A 429 never changes a condition, nor does a hiccup that of a rule that works. */
    ReconcileResult<CatchAllRuleStatus> blocked(Blocked why) {
        boolean hiccup = why.isHiccup() && Conditions.hasConverged(rule);
        boolean told = Optional.ofNullable(rule.getStatus())
                .flatMap(status -> Conditions.find(status.conditions(), ConditionType.READY))
                .filter(why::isToldBy)
                .isPresent();
        if (why.quiet() || hiccup || told) {
            return ReconcileResult.silent(why);
        }
        ConditionType kstatus = why.requeue() == Requeue.STALLED ? ConditionType.STALLED : ConditionType.RECONCILING;
        CatchAllRuleStatus status = status(
                why.check().as(ConditionType.READY),
                why.check().as(ConditionType.CATCH_ALL_APPLIED),
                Check.yes(kstatus, why.reason(), why.message()));
        return new ReconcileResult<>(status, why.requeue(), why.reason(), why.notBefore());
    }

    /** The MailDomain only observes, and so does this one: Ready says that watching works, InSync what mode Manage would do. */
    ReconcileResult<CatchAllRuleStatus> watched(MailDomain domain, CatchAllDecision decision) {
        if (decision instanceof CatchAllDecision.Put put) {
            Check waits = Check.no(
                    ConditionType.CATCH_ALL_APPLIED,
                    Reason.DomainObserved,
                    "MailDomain " + domain.getMetadata().getName() + " only observes: set its spec.mode to Manage");
            return watched(
                    waits,
                    Check.no(
                            ConditionType.IN_SYNC,
                            Reason.OutOfSync,
                            "1 change would be made: set the catch-all to " + Content.describe(put.intended())));
        }
        boolean ours = decision instanceof CatchAllDecision.Ours;
        Check applied = Check.yes(
                ConditionType.CATCH_ALL_APPLIED,
                ours ? Reason.Applied : Reason.Matched,
                "the catch-all is as this resource says");
        return watched(applied, Check.yes(ConditionType.IN_SYNC, Reason.InSync, "Cloudflare is as this resource says"));
    }

    /** The same where mode Manage would write nothing for this reason. */
    ReconcileResult<CatchAllRuleStatus> watched(Blocked obstacle) {
        return watched(
                obstacle.check().as(ConditionType.CATCH_ALL_APPLIED),
                obstacle.check().as(ConditionType.IN_SYNC));
    }

    private ReconcileResult<CatchAllRuleStatus> watched(Check applied, Check inSync) {
        Check ready = Check.yes(
                ConditionType.READY,
                Reason.Observing,
                "watching only: nothing is written to Cloudflare for this resource");
        return new ReconcileResult<>(status(ready, applied, inSync), Requeue.RESYNC, Reason.Observing, Duration.ZERO);
    }

    private CatchAllRuleStatus status(Check... checks) {
        List<Condition> before =
                rule.getStatus() == null ? List.of() : rule.getStatus().conditions();
        long generation = rule.getMetadata().getGeneration();
        return new CatchAllRuleStatus(
                generation,
                Conditions.of(before, List.of(checks), generation, now),
                null,
                rule.getMetadata().getUid(),
                null);
    }
}
