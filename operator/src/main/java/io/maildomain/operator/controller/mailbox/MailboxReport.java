package io.maildomain.operator.controller.mailbox;

import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.api.v1alpha1.MailboxState;
import io.maildomain.api.v1alpha1.MailboxStatus;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.controller.ReconcileResult;
import io.maildomain.operator.controller.mailbox.plan.MailboxAge;
import io.maildomain.operator.controller.mailbox.plan.MailboxMessages;
import io.maildomain.operator.controller.mailbox.plan.Standing;
import io.maildomain.operator.status.Check;
import io.maildomain.operator.status.ConditionType;
import io.maildomain.operator.status.Conditions;
import io.maildomain.operator.status.Requeue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is said of a Mailbox. Pure. */
record MailboxReport(Mailbox mailbox, Instant now) {

    /** Nothing is awaited: what changes it is heard of. This long, for a thousand of them would else be read every few minutes. */
    static final Duration IDLE = Duration.ofHours(12);

    /** How it stands. It is looked at again when that changes: its MailDomain tells. */
    ReconcileResult<MailboxStatus> standing(Standing standing) {
        Reason reason = reasonOf(standing.state());
        boolean asAsked = reason == Reason.Ready;
        Check ready = asAsked
                ? Check.yes(ConditionType.READY, reason, standing.message())
                : Check.no(ConditionType.READY, reason, standing.message());
        List<Check> checks = new ArrayList<>(List.of(ready));
        if (!asAsked) {
            checks.add(
                    ready.holding(healsByItself(standing.state()) ? ConditionType.RECONCILING : ConditionType.STALLED));
        }
        return new ReconcileResult<>(status(standing.state(), checks), Requeue.ONGOING, reason, IDLE);
    }

    private MailboxStatus status(MailboxState state, List<Check> checks) {
        List<Condition> before =
                mailbox.getStatus() == null ? List.of() : mailbox.getStatus().conditions();
        long generation = mailbox.getMetadata().getGeneration();
        Optional<Instant> expiry = MailboxAge.expiry(mailbox);
        return new MailboxStatus(
                generation,
                Conditions.of(before, checks, generation, now),
                state,
                expiry.orElse(null),
                expiry.map(MailboxMessages::time).orElse("never"),
                mailbox.getMetadata().getUid(),
                null);
    }

    private static boolean healsByItself(MailboxState state) {
        return switch (state) {
            case Pending, Waiting, DestinationUnverified, WorkerMissing -> true;
            default -> false;
        };
    }

    /** The reason bears the name of the state that is not as asked. */
    private static Reason reasonOf(MailboxState state) {
        return switch (state) {
            case Active, Disabled -> Reason.Ready;
            case Pending -> Reason.Pending;
            case Waiting -> Reason.DomainNotReady;
            case Expired -> Reason.Expired;
            case NotAttached -> Reason.NotAttached;
            case AccessDenied -> Reason.AccessDenied;
            case Conflict -> Reason.Conflict;
            case TooManyRules -> Reason.TooManyRules;
            case DestinationUnverified -> Reason.DestinationUnverified;
            case WorkerMissing -> Reason.WorkerMissing;
            case Drifted -> Reason.DriftReported;
            case Failed -> Reason.Failed;
        };
    }
}
