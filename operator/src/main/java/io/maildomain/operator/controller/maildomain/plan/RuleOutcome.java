package io.maildomain.operator.controller.maildomain.plan;

import io.maildomain.api.v1alpha1.RuleState;
import io.maildomain.api.v1alpha1.RuleStatus;
import io.maildomain.operator.cloudflare.RuleDraft;
import io.maildomain.operator.ownership.MailAction;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How one rule of the spec stands.
 *
 * @param id of the rule at Cloudflare; empty where there is none
 * @param message what to do next; empty where there is nothing to do
 * @param notTakenSince since when Cloudflare holds it otherwise than it confirmed; null where it does not
 */
public record RuleOutcome(
        String address,
        String id,
        RuleState state,
        String message,
        @Nullable Instant notTakenSince) {

    public RuleOutcome {
        message = PlanMessages.bounded(message);
    }

    /** Nothing was written in vain. */
    public RuleOutcome(String address, String id, RuleState state, String message) {
        this(address, id, state, message, null);
    }

    public static RuleOutcome synced(String address, String id) {
        return new RuleOutcome(address, id, RuleState.Synced, "");
    }

    /** It is not written, for the address is not verified that it would forward to. */
    public static RuleOutcome unverified(String address, String id, RuleDraft draft) {
        return new RuleOutcome(address, id, RuleState.DestinationUnverified, PlanMessages.unverified(draft));
    }

    /** It was written and confirmed, and is not as it was written: most often for a destination that is not verified. */
    public static RuleOutcome notTaken(String address, String id, MailAction action, Instant since) {
        RuleState state = action instanceof MailAction.Forward ? RuleState.DestinationUnverified : RuleState.Failed;
        return new RuleOutcome(address, id, state, PlanMessages.ruleNotTaken(action), since);
    }

    /** Whether mail to the address goes where the spec says. */
    public boolean good() {
        return state == RuleState.Synced || state == RuleState.Matched;
    }

    public RuleStatus status() {
        return new RuleStatus(
                address, id.isEmpty() ? null : id, state, message.isEmpty() ? null : message, notTakenSince);
    }
}
