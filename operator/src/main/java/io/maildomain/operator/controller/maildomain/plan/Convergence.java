package io.maildomain.operator.controller.maildomain.plan;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.status.Blocked;
import io.maildomain.operator.status.ConditionType;
import io.maildomain.operator.status.Conditions;
import java.util.List;

/** What a MailDomain's status says of earlier reconciles, as far as it speaks of this very resource. Pure. */
public final class Convergence {

    private Convergence() {}

    /** How many of the changes undo what others did. */
    public static int drift(MailDomain live, List<Change> changes) {
        return Conditions.hasConverged(live) ? changes.size() : 0;
    }

    /** The same where they are only reported: none where some were at the last look. */
    public static int newDrift(MailDomain live, List<Change> changes) {
        return Conditions.isSeen(live) && !live.getStatus().pendingChanges().isEmpty() ? 0 : drift(live, changes);
    }

    /** Whether the status tells of the same trouble with the token already. */
    public static boolean isTold(MailDomain live, Blocked blocked) {
        return Conditions.isSeen(live)
                && Conditions.find(live.getStatus().conditions(), ConditionType.CREDENTIALS_VALID)
                        .filter(blocked::isToldBy)
                        .isPresent();
    }
}
