package io.maildomain.operator.domain;

import io.maildomain.api.v1alpha1.RuleState;
import io.maildomain.api.v1alpha1.RuleStatus;
import io.maildomain.operator.routing.MailAction;
import java.time.Instant;

/**
 * How one rule of the spec stands.
 *
 * @param id of the rule at Cloudflare; empty where there is none
 * @param message what to do next; empty where there is nothing to do
 * @param notTakenSince since when Cloudflare holds it otherwise than it confirmed; null where it does not
 */
record RuleVerdict(String address, String id, RuleState state, String message, Instant notTakenSince) {

    RuleVerdict {
        message = Sentences.bounded(message);
    }

    /** Nothing was written in vain. */
    RuleVerdict(String address, String id, RuleState state, String message) {
        this(address, id, state, message, null);
    }

    static RuleVerdict synced(String address, String id) {
        return new RuleVerdict(address, id, RuleState.Synced, "");
    }

    /** It was written and confirmed, and is not as it was written: most often for a destination that nobody has verified. */
    static RuleVerdict notTaken(String address, String id, MailAction action, Instant since) {
        RuleState state = action instanceof MailAction.Forward ? RuleState.DestinationUnverified : RuleState.Failed;
        return new RuleVerdict(address, id, state, Sentences.ruleNotTaken(action), since);
    }

    /** Whether mail to the address goes where the spec says. */
    boolean good() {
        return state == RuleState.Synced || state == RuleState.Matched;
    }

    RuleStatus status() {
        return new RuleStatus(
                address, id.isEmpty() ? null : id, state, message.isEmpty() ? null : message, notTakenSince);
    }
}
