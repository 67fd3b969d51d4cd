package io.maildomain.operator.controller.maildomain.plan;

import io.maildomain.operator.controller.maildomain.plan.KeptRule.Why;
import java.util.Map;
import java.util.Set;

/**
 * The resources that the rules of a zone name as the ones that made them, or asked for them. Pure.
 *
 * @param ours of this installation: this one, one that is gone, or one whose domain this one holds now
 * @param others of a namespace that is not watched here, or living ones with a domain of their own
 * @param kept rules, by their ids, that Mailboxes asked for which are not this resource's to judge, and why
 */
public record RuleMakers(Set<String> ours, Set<String> others, Map<String, Why> kept) {

    public RuleMakers {
        ours = Set.copyOf(ours);
        others = Set.copyOf(others);
        kept = Map.copyOf(kept);
    }
}
