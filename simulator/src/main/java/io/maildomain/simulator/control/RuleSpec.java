package io.maildomain.simulator.control;

import io.maildomain.simulator.state.RoutingRule;
import java.time.Instant;
import java.util.List;

/**
 * A rule as another user made it: long as in the API, or short, with an address and one of {@code forwardTo},
 * {@code worker} and {@code drop}. Nothing is checked: it may be one that the API would refuse today.
 */
public record RuleSpec(
        String id,
        String name,
        Boolean enabled,
        long priority,
        String address,
        String forwardTo,
        String worker,
        Boolean drop,
        List<RoutingRule.Matcher> matchers,
        List<RoutingRule.Action> actions,
        String source,
        String ownerWorkerTag) {

    RoutingRule rule(Instant now) {
        return rule(id, priority, matchers, now);
    }

    RoutingRule catchAll(RoutingRule current, Instant now) {
        return rule(current.id(), RoutingRule.CATCH_ALL_PRIORITY, List.of(RoutingRule.Matcher.all()), now);
    }

    private RoutingRule rule(String ruleId, long rank, List<RoutingRule.Matcher> wanted, Instant now) {
        boolean on = enabled == null || enabled;
        List<RoutingRule.Matcher> found = wanted;
        if (found == null) {
            if (address == null) {
                throw new IllegalArgumentException("a rule needs an address, or matchers");
            }
            found = List.of(new RoutingRule.Matcher("literal", "to", address));
        }
        return new RoutingRule(ruleId, name, on, rank, found, actionsOrShort(), source, ownerWorkerTag, now);
    }

    private List<RoutingRule.Action> actionsOrShort() {
        if (actions != null) {
            return actions;
        }
        if (forwardTo != null) {
            return List.of(new RoutingRule.Action("forward", List.of(forwardTo)));
        }
        if (worker != null) {
            return List.of(new RoutingRule.Action("worker", List.of(worker)));
        }
        if (Boolean.TRUE.equals(drop)) {
            return List.of(new RoutingRule.Action("drop", List.of()));
        }
        throw new IllegalArgumentException("a rule needs one of forward_to, worker, drop: true, or actions");
    }
}
