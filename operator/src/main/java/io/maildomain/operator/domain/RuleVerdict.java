package io.maildomain.operator.domain;

import io.maildomain.api.v1alpha1.RuleState;
import io.maildomain.api.v1alpha1.RuleStatus;

/**
 * How one rule of the spec stands.
 *
 * @param id of the rule at Cloudflare; empty where there is none
 * @param message what to do next; empty where there is nothing to do
 */
record RuleVerdict(String address, String id, RuleState state, String message) {

    RuleVerdict {
        message = Sentences.bounded(message);
    }

    static RuleVerdict synced(String address, String id) {
        return new RuleVerdict(address, id, RuleState.Synced, "");
    }

    /** Whether mail to the address goes where the spec says. */
    boolean good() {
        return state == RuleState.Synced || state == RuleState.Matched;
    }

    RuleStatus status() {
        return new RuleStatus(address, id.isEmpty() ? null : id, state, message.isEmpty() ? null : message);
    }
}
