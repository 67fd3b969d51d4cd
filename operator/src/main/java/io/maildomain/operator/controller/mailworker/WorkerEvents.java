package io.maildomain.operator.controller.mailworker;

import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.api.v1alpha1.ReasonPlace;
import io.maildomain.operator.controller.ChangeLog;
import io.maildomain.operator.controller.mailworker.plan.DeployStep;
import io.maildomain.operator.controller.mailworker.plan.Obstacle;
import io.maildomain.operator.status.Conditions;
import java.util.Optional;

/** Tells people what is done for a MailWorker, and the rules that wait for the Worker that it is there. */
final class WorkerEvents {

    private final ChangeLog log;
    private final WorkerUsers users;

    WorkerEvents(ChangeLog log, WorkerUsers users) {
        this.log = log;
        this.users = users;
    }

    /**
     * A step was done.
     *
     * @param accountId of the account that the Worker is in
     */
    void done(MailWorker live, DeployStep step, String accountId) {
        if (step instanceof DeployStep.ApplyMigration migration) {
            log.said(live, Reason.Migrated, "applied " + migration.migration().name() + " to " + migration.database());
        } else if (step instanceof DeployStep.PutBack back) {
            log.brought(live, true, Reason.Deployed, "version " + back.version() + " serves again (drift: Correct)");
        } else if (step instanceof DeployStep.NoteDeployed deployed) {
            log.said(
                    live,
                    Reason.Deployed,
                    "deployed version " + deployed.version() + " of "
                            + live.getSpec().script());
            users.deployed(live.getSpec().script(), accountId);
        } else {
            triggered(step).ifPresent(what -> log.said(live, Reason.TriggersApplied, what));
        }
    }

    private static Optional<String> triggered(DeployStep step) {
        if (step instanceof DeployStep.PutDomain put) {
            return Optional.of(put.host() + " leads to it");
        }
        if (step instanceof DeployStep.RemoveDomain remove) {
            return Optional.of(remove.host() + " does not lead to it any more");
        }
        if (step instanceof DeployStep.AddRoute add) {
            return Optional.of("the route " + add.pattern() + " leads to it");
        }
        if (step instanceof DeployStep.RemoveRoute remove) {
            return Optional.of("the route " + remove.pattern() + " does not lead to it any more");
        }
        return step instanceof DeployStep.SetSchedules set
                ? Optional.of(
                        set.schedules().isEmpty()
                                ? "no schedule starts it"
                                : "it is started at " + String.join(", ", set.schedules()))
                : Optional.empty();
    }

    /**
     * It goes no further. Told once, while the status does not say so yet.
     *
     * @param addition to the sentence; empty: none
     */
    void warned(MailWorker live, Obstacle why, String addition) {
        boolean speaks = why.reason().places().contains(ReasonPlace.WORKER_EVENT);
        if (speaks && !Conditions.says(live, why.reason())) {
            log.warned(
                    live, why.reason(), addition.isEmpty() ? why.sentence() : why.sentence() + " (" + addition + ")");
        }
    }

    /** Others changed what the operator had deployed, and it stays so. */
    void drifted(MailWorker live, Obstacle what) {
        if (!Conditions.says(live, what.reason())) {
            log.drifted(live, 1, 0);
            log.warned(live, what.reason(), what.sentence());
        }
    }
}
