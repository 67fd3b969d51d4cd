package io.maildomain.operator.controller.mailworker.plan;

import io.maildomain.api.v1alpha1.DeletionPolicy;
import io.maildomain.operator.controller.mailworker.plan.DeployLedger.Origin;
import java.util.List;
import java.util.Optional;

/**
 * What undoing a MailWorker comes to. Only what the operator created is deleted; databases and buckets are in no step, and an adopted
 * Worker stays as it serves. Pure.
 */
public sealed interface WorkerCleanup {

    /** Do this, then look again. */
    record Do(DeployStep step) implements WorkerCleanup {}

    /** Mail still goes to the Worker. */
    record Wait(RolloutObstacle.InUse why) implements WorkerCleanup {}

    /** Nothing more is to be done. */
    record Done(Kept kept) implements WorkerCleanup {}

    /** Why the Worker is still there. */
    enum Kept {
        /** It is not. */
        NOTHING,
        /** The policy is to leave it. */
        RETAINED,
        /** Others had deployed it before the operator did, or it is not known. */
        NOT_CREATED,
        /** Others have deployed versions of it since. */
        OTHERS_DEPLOYED
    }

    /** @param users rules and catch-alls of ours that name the Worker */
    static WorkerCleanup next(
            DeletionPolicy policy, String script, WorkerState state, DeployLedger ledger, List<String> users) {
        if (policy == DeletionPolicy.Retain) {
            return new Done(state.script() == null ? Kept.NOTHING : Kept.RETAINED);
        }
        Kept kept = kept(state, ledger);
        boolean deletes = state.script() != null && kept == Kept.NOTHING;
        if (deletes && !users.isEmpty()) {
            return new Wait(new RolloutObstacle.InUse(script, users));
        }
        WorkerIntent.Triggers none = new WorkerIntent.Triggers(null, null, List.of(), List.of());
        Optional<DeployStep> removal =
                TriggerPlanner.removals(none, script, state, ledger).findFirst();
        if (removal.isPresent()) {
            return new Do(removal.get());
        }
        return deletes ? new Do(new DeployStep.DeleteWorker()) : new Done(kept);
    }

    private static Kept kept(WorkerState state, DeployLedger ledger) {
        if (state.script() == null) {
            return Kept.NOTHING;
        }
        if (ledger.origin() != Origin.CREATED && ledger.origin() != Origin.CREATING) {
            return Kept.NOT_CREATED;
        }
        // The ledger can be forged; what bears no mark of ours is not deleted.
        boolean onlyOurs = state.hasVersionOfOurs()
                && state.versions().stream().allMatch(WorkerState.Version::ours)
                && state.current().keySet().stream().allMatch(state::isOurs);
        return onlyOurs ? Kept.NOTHING : Kept.OTHERS_DEPLOYED;
    }
}
