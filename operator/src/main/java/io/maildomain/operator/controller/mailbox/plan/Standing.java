package io.maildomain.operator.controller.mailbox.plan;

import io.maildomain.api.v1alpha1.MailRule;
import io.maildomain.api.v1alpha1.MailboxState;
import io.maildomain.api.v1alpha1.RuleState;
import java.time.Instant;

/**
 * How a Mailbox stands, in a word and a sentence. The sentence is for the namespace of the Mailbox: of others it tells no more than
 * the fact, neither who they are nor where their mail goes.
 */
public record Standing(MailboxState state, String message) {

    /** How a Mailbox stands whose rule stands so. */
    public static Standing of(MailRule rule, RuleState state) {
        return switch (state) {
            case Synced -> inLine(rule, MailboxMessages.synced(rule));
            case Matched -> inLine(rule, MailboxMessages.matched(rule));
            case Pending -> new Standing(MailboxState.Pending, MailboxMessages.pending());
            case Failed -> new Standing(MailboxState.Failed, MailboxMessages.failed());
            case Conflict, NotExpressible -> new Standing(MailboxState.Conflict, MailboxMessages.foreignRule());
            case Contested -> new Standing(MailboxState.Conflict, MailboxMessages.contested());
            case DestinationUnverified ->
                new Standing(MailboxState.DestinationUnverified, MailboxMessages.unverified(rule));
            case WorkerMissing -> new Standing(MailboxState.WorkerMissing, MailboxMessages.workerMissing(rule));
            case AccessDenied -> new Standing(MailboxState.AccessDenied, MailboxMessages.notGrantedByAccount(rule));
        };
    }

    /** How one stands whose time is over, and whose rule is not gone yet. */
    public static Standing stillThere(Instant expired) {
        return new Standing(MailboxState.Pending, MailboxMessages.expiredAndStillThere(expired));
    }

    /** How one stands whose rule another user or tool has changed, where that is only reported. */
    public static Standing drifted() {
        return new Standing(MailboxState.Drifted, MailboxMessages.drifted());
    }

    /** Whether a MailDomain that is not ready stands in its way, and nothing of its own does. */
    public boolean isUpToTheDomain() {
        return state == MailboxState.Active
                || state == MailboxState.Disabled
                || state == MailboxState.Pending
                || state == MailboxState.Failed;
    }

    private static Standing inLine(MailRule rule, String message) {
        return new Standing(rule.enabled() ? MailboxState.Active : MailboxState.Disabled, message);
    }
}
