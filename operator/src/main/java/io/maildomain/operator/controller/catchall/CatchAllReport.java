package io.maildomain.operator.controller.catchall;

import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CatchAllRuleStatus;
import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.controller.ReconcileResult;
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
