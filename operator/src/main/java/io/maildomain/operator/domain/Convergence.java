package io.maildomain.operator.domain;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.conditions.ConditionType;
import io.maildomain.operator.conditions.Conditions;
import io.maildomain.operator.outcome.Halt;
import java.util.Optional;

/** What a MailDomain's status says of earlier reconciles, as far as it speaks of this very resource. Pure. */
final class Convergence {

    private Convergence() {}

    /** Whether Cloudflare was as this very spec says: then whatever differs now is somebody else's doing. */
    static boolean hasConverged(MailDomain live) {
        return isSeen(live) && Conditions.isTrue(live.getStatus().conditions(), ConditionType.READY);
    }

    /** Whether an earlier reconcile has looked at this very spec, rather than at the one that a backup was made of. */
    static boolean isSeen(MailDomain live) {
        return Optional.ofNullable(live.getStatus())
                .filter(status -> status.isOf(
                        live.getMetadata().getUid(), live.getMetadata().getGeneration()))
                .isPresent();
    }

    /** Whether the status tells of the same trouble with the token already. */
    static boolean isTold(MailDomain live, Halt halt) {
        return isSeen(live)
                && Conditions.find(live.getStatus().conditions(), ConditionType.CREDENTIALS_VALID)
                        .filter(halt::isToldBy)
                        .isPresent();
    }
}
