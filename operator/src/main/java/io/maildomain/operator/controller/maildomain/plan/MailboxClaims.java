package io.maildomain.operator.controller.maildomain.plan;

import io.maildomain.api.v1alpha1.MailRule;
import io.maildomain.operator.controller.maildomain.plan.KeptRule.Why;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a Mailbox may not have of the rules that stand in a zone: it takes over nothing that others made, nothing that the spec took
 * over from others, and nothing of a Mailbox that is not seen. Of rules of the spec none of this holds. Pure.
 */
final class MailboxClaims {

    private final DesiredState desired;
    private final AdoptedRules adopted;
    private final List<LiveRule> live;

    /** Of the Mailboxes that ask for rules, by the addresses of these: it is asked for each rule about each that stands. */
    private final Map<String, String> namespaces;

    MailboxClaims(DesiredState desired, AdoptedRules adopted, List<LiveRule> live) {
        this.desired = desired;
        this.adopted = adopted;
        this.live = live;
        this.namespaces = desired.mailboxes().attached().stream()
                .collect(Collectors.toMap(one -> one.rule().address(), MailboxRules.Attached::namespace));
    }

    /** The namespace of the Mailbox that asks for the rule; empty where the spec does. */
    Optional<String> mailboxOf(MailRule rule) {
        return Optional.ofNullable(namespaces.get(rule.address()));
    }

    /** Whether the rule's name at Cloudflare says who asks for it: the MailDomain itself, or a Mailbox of which namespace. */
    boolean areNamedIn(MailRule rule, LiveRule ours) {
        return mailboxOf(rule).equals(ours.mailbox());
    }

    /**
     * Whether a rule of ours may serve it.
     *
     * @param changed whether it may be changed: one that may not goes on doing what it did for the same namespace, and for no other
     */
    boolean mayHave(MailRule rule, LiveRule ours, boolean changed) {
        return isOfSpec(rule) || !adopted.holds(ours) && !isAnothers(rule, ours) && (changed || areNamedIn(rule, ours));
    }

    /** Why it gets no rule; empty where nothing stands against it. @param stands whether a rule of ours serves it already */
    Optional<String> conflict(MailRule rule, boolean stands) {
        if (isOfSpec(rule)) {
            return Optional.empty();
        }
        Optional<String> base = stands ? Optional.empty() : MailboxRules.base(desired.spec(), rule.address());
        return live.stream()
                .flatMap(other -> conflict(rule, base, other).stream())
                .findFirst();
    }

    private Optional<String> conflict(MailRule rule, Optional<String> base, LiveRule other) {
        boolean catches = other.catches(rule.address());
        boolean catchesBase = base.filter(other::catches).isPresent();
        boolean belongs = adopted.belongsTo(other, rule.address());
        if (!catches && !catchesBase && !belongs) {
            return Optional.empty();
        }
        boolean ours = other.isOurs(desired.mark());
        boolean anothers = ours && isAnothers(rule, other);
        if (ours && adopted.holds(other) && (catches || belongs)) {
            return Optional.of(PlanMessages.goesBack());
        }
        if (anothers && catches) {
            return Optional.of(PlanMessages.ofUnseenMailbox());
        }
        boolean ofOthers = (!ours || anothers) && other.rule().enabled();
        return base.filter(address -> ofOthers && catchesBase).map(PlanMessages::detailOfOthers);
    }

    /** Whether it is for a Mailbox of which it is not known that it is gone; one of the same namespace may go on with it. */
    private boolean isAnothers(MailRule rule, LiveRule ours) {
        return desired.mailboxes()
                .whyKept(ours)
                .filter(why -> why == Why.UNSEEN || !areNamedIn(rule, ours))
                .isPresent();
    }

    private boolean isOfSpec(MailRule rule) {
        return mailboxOf(rule).isEmpty();
    }
}
