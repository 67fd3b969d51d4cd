package io.maildomain.operator.controller.maildomain;

import io.maildomain.api.v1alpha1.HostState;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.api.v1alpha1.RuleState;
import io.maildomain.operator.cloudflare.errors.Diagnosis;
import io.maildomain.operator.cloudflare.errors.FailureKind;
import io.maildomain.operator.controller.maildomain.ChangeOutcome.Done;
import io.maildomain.operator.controller.maildomain.ChangeOutcome.Failed;
import io.maildomain.operator.controller.maildomain.ChangeOutcome.NotTaken;
import io.maildomain.operator.controller.maildomain.ChangeOutcome.Unverified;
import io.maildomain.operator.controller.maildomain.plan.Aftermath;
import io.maildomain.operator.controller.maildomain.plan.Change;
import io.maildomain.operator.controller.maildomain.plan.HostOutcome;
import io.maildomain.operator.controller.maildomain.plan.Plan;
import io.maildomain.operator.controller.maildomain.plan.Planned;
import io.maildomain.operator.controller.maildomain.plan.RuleOutcome;
import io.maildomain.operator.ownership.MailAction;
import io.maildomain.operator.status.Requeue;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** How hosts and rules stand after a plan was applied: the plan's verdicts, corrected by what came of each change. Pure. */
final class Outcomes {

    private Outcomes() {}

    /** A verdict together with how soon it is worth another look. */
    record Requeued<V>(V verdict, Requeue requeue) {}

    /** @param now the time of what turns out not to have been carried out */
    static List<Requeued<RuleOutcome>> rules(
            Plan plan, ApplyResult applied, Instant now, Function<Failed, Diagnosis> diagnose) {
        return plan.rules().stream()
                .map(planned -> rule(planned, applied, now, diagnose))
                .toList();
    }

    private static Requeued<RuleOutcome> rule(
            Planned<RuleOutcome> item, ApplyResult applied, Instant now, Function<Failed, Diagnosis> diagnose) {
        RuleOutcome planned = item.outcome();
        if (planned.notTakenSince() != null) {
            return new Requeued<>(planned, Requeue.WAITING);
        }
        if (planned.state() != RuleState.Pending) {
            return new Requeued<>(planned, requeueOf(planned.state()));
        }
        ChangeOutcome outcome = applied.of(item).orElse(null);
        if (outcome instanceof Failed failed) {
            return failed(planned, diagnose.apply(failed));
        }
        if (outcome instanceof Done done) {
            return new Requeued<>(RuleOutcome.synced(planned.address(), idOf(done.ruleId(), planned)), Requeue.RESYNC);
        }
        if (outcome instanceof Unverified held && held.change() instanceof Change.RuleWrite write) {
            return new Requeued<>(
                    RuleOutcome.unverified(planned.address(), planned.id(), write.draft()), Requeue.WAITING);
        }
        if (outcome instanceof NotTaken inVain && inVain.change() instanceof Change.RuleWrite write) {
            String id = idOf(inVain.ruleId(), planned);
            return MailAction.of(write.draft().actions())
                    .map(action ->
                            new Requeued<>(RuleOutcome.notTaken(planned.address(), id, action, now), Requeue.WAITING))
                    .orElseGet(() -> new Requeued<>(RuleOutcome.synced(planned.address(), id), Requeue.RESYNC));
        }
        // It waits for a host or for another change, and those have a requeue of their own.
        return new Requeued<>(planned, Requeue.RESYNC);
    }

    private static String idOf(String given, RuleOutcome planned) {
        return given.isEmpty() ? planned.id() : given;
    }

    private static Requeued<RuleOutcome> failed(RuleOutcome planned, Diagnosis why) {
        RuleState state = stateOf(why);
        Requeue requeue = Requeue.after(why.kind());
        return new Requeued<>(new RuleOutcome(planned.address(), planned.id(), state, why.message()), requeue);
    }

    private static RuleState stateOf(Diagnosis why) {
        return switch (why.reason()) {
            case DestinationUnverified -> RuleState.DestinationUnverified;
            case WorkerMissing -> RuleState.WorkerMissing;
            default -> why.kind() == FailureKind.FINAL ? RuleState.Failed : RuleState.Pending;
        };
    }

    private static Requeue requeueOf(RuleState state) {
        return switch (state) {
            case Synced, Matched -> Requeue.RESYNC;
            case Pending, DestinationUnverified, WorkerMissing -> Requeue.WAITING;
            default -> Requeue.STALLED;
        };
    }

    static List<Requeued<HostOutcome>> hosts(
            Plan plan, ApplyResult applied, Aftermath aftermath, Function<Failed, Diagnosis> diagnose) {
        return plan.hosts().stream()
                .map(planned -> host(plan, planned, applied, aftermath, diagnose))
                .toList();
    }

    private static Requeued<HostOutcome> host(
            Plan plan,
            Planned<HostOutcome> item,
            ApplyResult applied,
            Aftermath aftermath,
            Function<Failed, Diagnosis> diagnose) {
        HostOutcome planned = item.outcome();
        ChangeOutcome outcome = applied.of(item).orElse(null);
        if (outcome instanceof Failed failed) {
            Diagnosis why = diagnose.apply(failed);
            HostState state = why.reason() == Reason.ForeignRecords ? HostState.Foreign : HostState.Missing;
            Requeue requeue = why.kind() == FailureKind.FINAL ? Requeue.STALLED : Requeue.BACKOFF;
            return new Requeued<>(new HostOutcome(planned.host(), state, why.message()), requeue);
        }
        if (outcome != null && ApplyResult.isConfirmed(outcome)) {
            boolean apex = outcome.change() instanceof Change.EnableRouting;
            HostOutcome seen = aftermath.verdict(planned.host(), apex);
            return new Requeued<>(seen, seen.isNotTaken() ? Requeue.WAITING : requeueOf(seen.state()));
        }
        if (planned.isNotTaken()) {
            return new Requeued<>(planned, Requeue.WAITING);
        }
        // What waits for the domain itself, or for a change that failed, has its requeue from there.
        boolean waits = plan.routing() == Plan.RoutingOutcome.BLOCKED_BY_FOREIGN_RECORDS
                || !item.changes().isEmpty();
        return new Requeued<>(
                planned, waits && planned.state() == HostState.Missing ? Requeue.RESYNC : requeueOf(planned.state()));
    }

    private static Requeue requeueOf(HostState state) {
        return switch (state) {
            case Ready, Unlocked -> Requeue.RESYNC;
            case Missing, Foreign, MovedAway, Unknown -> Requeue.STALLED;
        };
    }
}
