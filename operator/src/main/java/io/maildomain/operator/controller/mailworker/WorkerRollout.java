package io.maildomain.operator.controller.mailworker;

import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.api.v1alpha1.MailWorkerStatus;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.access.DeployCredentials.Usable;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.controller.ReconcileResult;
import io.maildomain.operator.controller.mailworker.WorkerExecution.Outcome;
import io.maildomain.operator.controller.mailworker.plan.DeployLedger;
import io.maildomain.operator.controller.mailworker.plan.DeployStep;
import io.maildomain.operator.controller.mailworker.plan.LedgerChanges;
import io.maildomain.operator.controller.mailworker.plan.Obstacle;
import io.maildomain.operator.controller.mailworker.plan.RolloutObstacle;
import io.maildomain.operator.controller.mailworker.plan.WorkerDecision;
import io.maildomain.operator.controller.mailworker.plan.WorkerForecast;
import io.maildomain.operator.controller.mailworker.plan.WorkerIntent;
import io.maildomain.operator.controller.mailworker.plan.WorkerPlan;
import io.maildomain.operator.controller.mailworker.plan.WorkerPlanner;
import io.maildomain.operator.status.Blocked;
import io.maildomain.operator.status.ConditionType;
import io.maildomain.operator.status.Conditions;
import io.maildomain.operator.status.Requeue;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** Looks, plans, notes, does, and looks again, until there is nothing more to do or a reason to stop. */
final class WorkerRollout {

    /** The answer wakes the resource; this is for one that was lost. */
    private static final Duration UNTIL_ANSWERED = Duration.ofSeconds(30);

    /** A rollout with a hundred migrations goes on in its next turn. */
    private static final int MOST_STEPS = 60;

    /** A status has room for no more. */
    private static final int MOST_MIGRATIONS = 200;

    private final MailWorker live;
    private final WorkerIntent intent;
    private final Usable with;
    private final WorkerOwnershipSession ownership;
    private final WorkerObserver observer;
    private final WorkerExecution execution;
    private final WorkerProbing probing;
    private final MissingVersions missing;
    private final WorkerEvents events;
    private final Clock clock;

    WorkerRollout(
            MailWorker live,
            WorkerIntent intent,
            Usable with,
            WorkerOwnershipSession ownership,
            WorkerObserver observer,
            WorkerExecution execution,
            WorkerProbing probing,
            MissingVersions missing,
            WorkerEvents events,
            Clock clock) {
        this.live = live;
        this.intent = intent;
        this.with = with;
        this.ownership = ownership;
        this.observer = observer;
        this.execution = execution;
        this.probing = probing;
        this.missing = missing;
        this.events = events;
        this.clock = clock;
    }

    /**
     * As far as it goes now.
     *
     * @throws CloudflareException where a call failed for a reason that is none of the Worker's
     */
    ReconcileResult<MailWorkerStatus> run(WorkerReport report) {
        for (int steps = 0; steps < MOST_STEPS; steps++) {
            Observation seen = look(report);
            WorkerPlan plan = WorkerPlanner.next(
                    intent, seen.state(), ownership.ledger(), with.grants(), probing.evidence(uid()), clock.instant());
            if (!(plan.decision() instanceof WorkerDecision.Do next)) {
                ownership.note(plan.ledger(), with.accountId());
                return ended(plan.decision(), report);
            }
            if (isTooMuch(next.step())) {
                return report.blocked(tooMuch());
            }
            Optional<ReconcileResult<MailWorkerStatus>> end =
                    carryOut(plan, next.step(), seen, report, wait -> ended(wait, report));
            if (end.isPresent()) {
                return end.get();
            }
        }
        return ReconcileResult.conflict();
    }

    /**
     * Looks and says what would be done; notes nothing.
     *
     * @throws CloudflareException where a call failed for a reason that is none of the Worker's
     */
    ReconcileResult<MailWorkerStatus> watch(WorkerReport report) {
        Observation seen = observer.look(ownership.ledger());
        report.seen(seen);
        WorkerForecast forecast =
                WorkerForecast.of(intent, seen.state(), ownership.ledger(), with.grants(), clock.instant());
        return forecast.begins() > MOST_MIGRATIONS ? report.blocked(tooMuch()) : report.watched(forecast);
    }

    /**
     * Ends what an earlier rollout has begun, and begins nothing.
     *
     * @return empty where nothing is left to be ended
     * @throws CloudflareException where a call failed
     */
    Optional<ReconcileResult<MailWorkerStatus>> finish(WorkerReport report) {
        for (int steps = 0; steps < MOST_STEPS && ownership.ledger().isUnfinished(); steps++) {
            Observation seen = look(report);
            Optional<WorkerPlan> plan = WorkerPlanner.unfinished(
                    intent, seen.state(), ownership.ledger(), with.grants(), probing.evidence(uid()), clock.instant());
            if (plan.isEmpty()) {
                return Optional.empty();
            }
            if (!(plan.get().decision() instanceof WorkerDecision.Do next)) {
                return plan.map(WorkerPlan::decision)
                        .filter(WorkerDecision.Wait.class::isInstance)
                        .map(wait -> silently((WorkerDecision.Wait) wait));
            }
            Optional<ReconcileResult<MailWorkerStatus>> end =
                    carryOut(plan.get(), next.step(), seen, report, this::silently);
            if (end.isPresent()) {
                return end;
            }
        }
        return Optional.empty();
    }

    private Observation look(WorkerReport report) {
        Observation seen = observer.look(ownership.ledger());
        report.seen(seen);
        Optional<String> missed = LedgerChanges.missed(ownership.ledger(), seen.state());
        if (missing.isGone(uid(), missed.orElse(""))) {
            ownership.note(LedgerChanges.withoutVersion(ownership.ledger()), with.accountId());
        }
        return seen;
    }

    /**
     * Empty: look again.
     *
     * @param waits what comes of a probe whose answer is still to come
     */
    private Optional<ReconcileResult<MailWorkerStatus>> carryOut(
            WorkerPlan plan,
            DeployStep step,
            Observation seen,
            WorkerReport report,
            Function<WorkerDecision.Wait, ReconcileResult<MailWorkerStatus>> waits) {
        ownership.note(plan.ledger(), with.accountId());
        Outcome outcome = carryOut(step, seen);
        if (outcome instanceof Outcome.Refused refused) {
            events.warned(live, refused.why(), "");
            return Optional.of(report.refused(refused.why(), reached(step, refused.why())));
        }
        if (outcome instanceof Outcome.Asked asked) {
            return Optional.of(waits.apply(waiting(asked)));
        }
        return outcome instanceof Outcome.Outrun ? Optional.of(ReconcileResult.conflict()) : Optional.empty();
    }

    /** What leads to the Worker may come before the version serves, so that its probe can be asked. */
    private ConditionType reached(DeployStep step, Obstacle why) {
        boolean first = step instanceof DeployStep.Trigger
                && ownership
                        .ledger()
                        .noted()
                        .filter(rollout -> rollout.asked() == DeployLedger.Asked.AT_ZERO)
                        .isPresent();
        return first ? ConditionType.DEPLOYED : why.at();
    }

    private ReconcileResult<MailWorkerStatus> silently(WorkerDecision.Wait wait) {
        return ReconcileResult.silent(
                Requeue.ONGOING,
                Reason.RollingOut,
                Duration.between(clock.instant(), wait.until()).plusMillis(1));
    }

    /** What came of the step stands in the ledger before anything else is done. */
    private Outcome carryOut(DeployStep step, Observation seen) {
        Outcome outcome;
        try {
            outcome = execution.carryOut(step, seen, ownership.ledger());
        } catch (CloudflareException e) {
            if (e.isDefinitive()) {
                ownership.note(LedgerChanges.refused(ownership.ledger(), step), with.accountId());
            }
            throw e;
        }
        if (outcome instanceof Outcome.Asked) {
            return outcome;
        }
        if (outcome instanceof Outcome.Done done) {
            ownership.note(LedgerChanges.done(ownership.ledger(), step, done.answer()), with.accountId());
            events.done(live, step, with.accountId());
        } else if (outcome instanceof Outcome.Refused) {
            ownership.note(LedgerChanges.refusedForGood(ownership.ledger(), step), with.accountId());
        } else {
            ownership.note(LedgerChanges.refused(ownership.ledger(), step), with.accountId());
        }
        observer.changedBy(step);
        return outcome;
    }

    private WorkerDecision.Wait waiting(Outcome.Asked asked) {
        return new WorkerDecision.Wait(
                clock.instant().plus(UNTIL_ANSWERED),
                new RolloutObstacle.UnderWay(asked.version(), "its probe is asked again"));
    }

    private ReconcileResult<MailWorkerStatus> ended(WorkerDecision decision, WorkerReport report) {
        String words = probing.lastWords(uid());
        if (decision instanceof WorkerDecision.Wait wait && Conditions.says(live, Reason.ProbeFailed)) {
            // It is probed again: that it fails is said, and that it is asked meanwhile is no news.
            return silently(wait);
        }
        if (decision instanceof WorkerDecision.Drifted drifted) {
            events.drifted(live, drifted.what());
        } else if (decision instanceof WorkerDecision.Stopped stopped) {
            events.warned(live, stopped.why(), words);
            if (Urgency.isProbedAgain(stopped.why())) {
                probing.forget(uid());
            }
        }
        return report.decided(decision, words);
    }

    private static boolean isTooMuch(DeployStep step) {
        return step instanceof DeployStep.NoteIntent noted
                && noted.rollout().migrations().size() > MOST_MIGRATIONS;
    }

    private static Blocked tooMuch() {
        return Blocked.stalled(
                ConditionType.MIGRATED,
                Reason.RequestInvalid,
                "more than " + MOST_MIGRATIONS
                        + " migrations are pending, which one deployment does not apply: run wrangler d1"
                        + " migrations apply, or deploy them in parts");
    }

    private String uid() {
        return live.getMetadata().getUid();
    }
}
