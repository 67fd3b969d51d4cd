package io.maildomain.operator.controller.maildomain.plan;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.status.Blocked;
import io.maildomain.operator.status.ConditionType;
import io.maildomain.operator.status.Conditions;
import java.util.List;
import java.util.Optional;

/** What a MailDomain's status says of earlier reconciles, as far as it speaks of this very resource. Pure. */
public final class Convergence {

    private Convergence() {}

    /** Whether Cloudflare was as this very spec says: then whatever differs now was done by others. */
    public static boolean hasConverged(MailDomain live) {
        return isSeen(live) && Conditions.isTrue(live.getStatus().conditions(), ConditionType.READY);
    }

    /** Whether an earlier reconcile has looked at this very spec, rather than at the one that a backup was made of. */
    public static boolean isSeen(MailDomain live) {
        return Optional.ofNullable(live.getStatus())
                .filter(status -> status.isOf(
                        live.getMetadata().getUid(), live.getMetadata().getGeneration()))
                .isPresent();
    }

    /** How many of the changes undo what others did. */
    public static int drift(MailDomain live, List<Change> changes) {
        return hasConverged(live) ? changes.size() : 0;
    }

    /** The same where they are only reported: none where some were at the last look. */
    public static int newDrift(MailDomain live, List<Change> changes) {
        return isSeen(live) && !live.getStatus().pendingChanges().isEmpty() ? 0 : drift(live, changes);
    }

    /** Whether the status tells of the same trouble with the token already. */
    public static boolean isTold(MailDomain live, Blocked blocked) {
        return isSeen(live)
                && Conditions.find(live.getStatus().conditions(), ConditionType.CREDENTIALS_VALID)
                        .filter(blocked::isToldBy)
                        .isPresent();
    }
}
