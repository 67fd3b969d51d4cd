package io.maildomain.operator.controller.mailworker.plan;

import io.maildomain.operator.access.DeployGrants;
import io.maildomain.operator.controller.mailworker.plan.DeployStep.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What mode Manage would do for a Worker, step by step to its end, if Cloudflare takes all of it, its probe is as the spec asks and others
 * change nothing meanwhile. Pure.
 *
 * @param changes what would be written at Cloudflare, in order
 * @param begins whether it would begin a rollout, and with how many migrations; -1: it would not
 * @param end where it would come to an end, or to a pause
 */
public record WorkerForecast(List<DeployStep> changes, int begins, WorkerDecision end) {

    /** More than there can be migrations, hostnames and routes, and what comes between them. */
    private static final int MOST_STEPS = 2_000;

    /** Longer than two good answers to a probe must be apart. */
    private static final Duration LONG = Duration.ofHours(1);

    public WorkerForecast {
        changes = List.copyOf(changes);
    }

    /** @param noted the ledger as the status has it */
    public static WorkerForecast of(
            WorkerIntent intent, WorkerState seen, DeployLedger noted, DeployGrants grants, Instant now) {
        List<DeployStep> changes = new ArrayList<>();
        int begins = -1;
        WorkerState state = seen;
        ProbeEvidence probes = ProbeEvidence.NONE;
        WorkerPlan plan = WorkerPlanner.next(intent, state, noted, grants, probes, now);
        for (int i = 0; i < MOST_STEPS && plan.decision() instanceof WorkerDecision.Do next; i++) {
            DeployStep step = next.step();
            if (step.writes()) {
                changes.add(step);
            }
            if (step instanceof DeployStep.NoteIntent intended) {
                begins = Math.max(begins, intended.rollout().migrations().size());
            }
            if (step instanceof DeployStep.Probe probe) {
                probes = ProbeEvidence.NONE.and(probe, true, now.minus(LONG)).and(probe, true, now);
            }
            state = ForeseenWorker.after(state, step, intent.script());
            DeployLedger ledger = LedgerChanges.done(plan.ledger(), step, answer(step));
            plan = WorkerPlanner.next(intent, state, ledger, grants, probes, now);
        }
        return new WorkerForecast(changes, begins, plan.decision());
    }

    private static Answer answer(DeployStep step) {
        if (step instanceof DeployStep.NoteBookmark) {
            return Answer.ofBookmark(ForeseenWorker.NEW);
        }
        boolean uploads = step instanceof DeployStep.UploadFirst || step instanceof DeployStep.UploadVersion;
        return uploads ? Answer.ofVersion(ForeseenWorker.NEW) : Answer.PLAIN;
    }

    /** The changes in words, in order. */
    public List<String> describe() {
        return changes.stream().map(StepWords::of).toList();
    }
}
