package io.maildomain.operator.controller.maildomain.plan;

import java.util.List;

/**
 * What is to change, in the order in which it is to be done, and how everything stands before it is.
 *
 * @param routing whether Email Routing is on, will be, or must not be switched on
 * @param rules each rule of the spec; those that a change is planned for are Pending
 * @param withheld changes that Cloudflare confirmed before and did not carry out, or that others undo each time
 * @param kept rules of Mailboxes that nothing asks for and that stay
 * @param hosts the domain, and each subdomain
 */
public record Plan(
        List<Change> changes,
        List<Change> withheld,
        List<KeptRule> kept,
        RoutingOutcome routing,
        List<Planned<HostOutcome>> hosts,
        List<Planned<RuleOutcome>> rules) {

    /** Nothing is withheld. */
    public Plan(
            List<Change> changes,
            RoutingOutcome routing,
            List<Planned<HostOutcome>> hosts,
            List<Planned<RuleOutcome>> rules) {
        this(changes, List.of(), List.of(), routing, hosts, rules);
    }

    public Plan {
        changes = List.copyOf(changes);
        withheld = List.copyOf(withheld);
        kept = List.copyOf(kept);
        hosts = List.copyOf(hosts);
        rules = List.copyOf(rules);
    }

    /** How the zone's Email Routing stands. */
    public enum RoutingOutcome {
        /** It is on. */
        ENABLED,
        /** It is off and the plan switches it on. */
        TO_BE_ENABLED,
        /** It says that it is off, though Cloudflare confirmed that it was switched on: that is not asked again. */
        ASKED_IN_VAIN,
        /** It is off, and mail goes elsewhere: switching it on could lose mail. */
        BLOCKED_BY_FOREIGN_RECORDS
    }

    boolean isEmpty() {
        return changes.isEmpty();
    }

    /** The changes in words, in order. */
    public List<String> describe() {
        return changes.stream().map(Change::describe).toList();
    }
}
