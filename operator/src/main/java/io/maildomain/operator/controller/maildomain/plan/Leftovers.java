package io.maildomain.operator.controller.maildomain.plan;

import io.maildomain.operator.controller.maildomain.plan.KeptRule.Why;
import java.util.ArrayList;
import java.util.List;

/** Rules of ours that nothing asks for any more: which are deleted or given back, and which stay, and why. Pure. */
final class Leftovers {

    private final DesiredState desired;
    private final AdoptedRules adopted;

    private final List<Change> changes = new ArrayList<>();
    private final List<Change> leftAlone = new ArrayList<>();
    private final List<KeptRule> kept = new ArrayList<>();
    private final List<Change> ofGoneMailboxes = new ArrayList<>();

    private Leftovers(DesiredState desired, AdoptedRules adopted) {
        this.desired = desired;
        this.adopted = adopted;
    }

    /** @param unused rules that nothing asks for */
    static Leftovers of(DesiredState desired, AdoptedRules adopted, List<LiveRule> unused) {
        Leftovers leftovers = new Leftovers(desired, adopted);
        unused.forEach(leftovers::decide);
        leftovers.holdWhereTheyAreMany();
        return leftovers;
    }

    /** All are deleted or given back, for the MailDomain itself goes. */
    static List<Change> undone(AdoptedRules adopted, List<LiveRule> rules) {
        List<Change> all = new ArrayList<>();
        for (LiveRule rule : rules) {
            if (adopted.holds(rule)) {
                adopted.giveBack(rule).ifPresent(all::add);
            } else {
                all.add(deleting(rule));
            }
        }
        return all;
    }

    private void decide(LiveRule rule) {
        if (adopted.holds(rule)) {
            adopted.giveBack(rule).ifPresent(changes::add);
        } else if (desired.mailboxes().whyKept(rule).isPresent()) {
            kept.add(new KeptRule(
                    deleting(rule), desired.mailboxes().whyKept(rule).get()));
        } else if (desired.contested().contains(rule.describe())) {
            leftAlone.add(deleting(rule));
        } else if (desired.mailboxes().isOfGone(rule)) {
            ofGoneMailboxes.add(deleting(rule));
        } else {
            changes.add(deleting(rule));
        }
    }

    /** A deleted CRD or a bad prune must not undo the addresses of all teams. */
    private void holdWhereTheyAreMany() {
        if (ofGoneMailboxes.size() <= desired.mailboxes().room()) {
            changes.addAll(ofGoneMailboxes);
        } else {
            ofGoneMailboxes.forEach(change -> kept.add(new KeptRule(change, Why.HELD)));
        }
    }

    private static Change.DeleteRule deleting(LiveRule rule) {
        return new Change.DeleteRule(rule.describe(), rule.id());
    }

    List<Change> changes() {
        return changes;
    }

    /** Deletes that are not tried, for another tool creates the rule again each time. */
    List<Change> leftAlone() {
        return leftAlone;
    }

    List<KeptRule> kept() {
        return kept;
    }
}
