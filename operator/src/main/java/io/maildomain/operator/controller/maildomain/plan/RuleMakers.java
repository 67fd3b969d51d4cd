package io.maildomain.operator.controller.maildomain.plan;

import java.util.Set;

/**
 * The resources that the rules of a zone name as the ones that made them, or asked for them. Pure.
 *
 * @param ours of this installation: this one, one that is gone, or one whose domain this one holds now
 * @param others of a namespace that is not watched here, or living ones with a domain of their own
 * @param unseen namespaces of Mailboxes that this installation does not see: it knows no Mailboxes, or does not watch these
 */
public record RuleMakers(Set<String> ours, Set<String> others, Set<String> unseen) {

    public RuleMakers {
        ours = Set.copyOf(ours);
        others = Set.copyOf(others);
        unseen = Set.copyOf(unseen);
    }
}
