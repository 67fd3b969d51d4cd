package io.maildomain.operator.cloudflare;

import java.util.List;

/**
 * A routing rule as Cloudflare holds it; it may well hold more than the operator can express.
 *
 * @param source {@code api} or {@code wrangler}
 */
public record RoutingRule(
        String id,
        String name,
        boolean enabled,
        int priority,
        List<Matcher> matchers,
        List<RuleAction> actions,
        String source) {
    public RoutingRule {
        name = Text.orEmpty(name);
        matchers = Text.listOrEmpty(matchers);
        actions = Text.listOrEmpty(actions);
        source = Text.shared(Text.orElse(source, "api"));
    }
}
