package io.maildomain.operator.controller.maildomain;

import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.RoutingRule;
import io.maildomain.operator.controller.maildomain.plan.Change;
import org.jspecify.annotations.Nullable;

/** What came of one change of a plan. */
sealed interface ChangeOutcome {

    /** The very object that the plan holds. */
    Change change();

    /**
     * It took effect.
     *
     * @param ruleId the id that Cloudflare gave to a created rule; empty for all else
     * @param written the rule as the answer to its write shows it; null for all else
     */
    record Done(Change change, String ruleId, @Nullable RoutingRule written) implements ChangeOutcome {

        Done(Change change, String ruleId) {
            this(change, ruleId, null);
        }
    }

    /**
     * It was answered with success, by an answer that shows something else.
     *
     * @param ruleId the id that Cloudflare gave to a created rule; empty for all else
     */
    record NotTaken(Change change, String ruleId) implements ChangeOutcome {}

    /** The records of a subdomain stay, because removing them would switch off the domain's own routing. */
    record Kept(Change change) implements ChangeOutcome {}

    /** Cloudflare did not confirm it. */
    record Failed(Change change, CloudflareException why) implements ChangeOutcome {}

    /** It was not tried, because of an earlier failure or because access was taken away. */
    record Skipped(Change change) implements ChangeOutcome {}

    /** A rule was not tried: the address is known not to be verified that it would forward to. */
    record Unverified(Change change) implements ChangeOutcome {}

    /** It was planned from what is no longer so. */
    record Outdated(Change change) implements ChangeOutcome {}
}
