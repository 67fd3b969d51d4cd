package io.maildomain.operator.controller.mailworker.plan;

/**
 * What comes next, and what is to stand in the status before it is done.
 *
 * @param ledger written first, where it differs from what stands there; a step's answer goes into it with
 *     {@link LedgerChanges#done}
 */
public record WorkerPlan(DeployLedger ledger, WorkerDecision decision) {

    static WorkerPlan of(DeployLedger settled, WorkerDecision decision) {
        return new WorkerPlan(settled, decision);
    }

    static WorkerPlan of(DeployLedger settled, DeployStep step) {
        return new WorkerPlan(LedgerChanges.before(settled, step), new WorkerDecision.Do(step));
    }
}
