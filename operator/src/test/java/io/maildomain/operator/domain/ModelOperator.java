package io.maildomain.operator.domain;

import io.maildomain.api.v1alpha1.MailDomainSpec;
import io.maildomain.api.v1alpha1.Ownership;
import io.maildomain.operator.access.Grants;
import io.maildomain.operator.routing.OwnerMark;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reconciles and undoes in a {@link ModelZone} as the applier does, and can be struck down after any number of calls. */
final class ModelOperator {

    static final OwnerMark MARK = new OwnerMark("us");
    static final int NEVER = Integer.MAX_VALUE;

    private final ModelZone zone;
    private final List<String> refused = new ArrayList<>();
    private Ownership ledger;

    ModelOperator(ModelZone zone, Ownership ledger) {
        this.zone = zone;
        this.ledger = ledger;
    }

    static Wanted wanted(MailDomainSpec spec, Grants grants) {
        return new Wanted(spec, grants, MARK, "mail/example-com", Set.of());
    }

    static Wanted wanted(MailDomainSpec spec) {
        return wanted(spec, Grants.everything());
    }

    Ownership ledger() {
        return ledger;
    }

    Plan plan(Wanted wanted) {
        Snapshot snapshot = zone.snapshot(wanted);
        return Planner.plan(wanted, snapshot, LedgerNotes.settled(ledger, snapshot, wanted));
    }

    Plan reconcile(Wanted wanted) {
        return reconcile(wanted, NEVER);
    }

    /** @param callsBeforeCrash the process dies once so many calls are through: what they did goes unnoted */
    Plan reconcile(Wanted wanted, int callsBeforeCrash) {
        Snapshot snapshot = zone.snapshot(wanted);
        ledger = LedgerNotes.settled(ledger, snapshot, wanted);
        Plan plan = Planner.plan(wanted, snapshot, ledger);
        apply(plan.changes(), callsBeforeCrash);
        return plan;
    }

    void undo(Wanted wanted, int callsBeforeCrash) {
        Snapshot snapshot = zone.snapshotForUndo();
        ledger = LedgerNotes.settled(ledger, snapshot, wanted);
        apply(Planner.undo(wanted, snapshot, ledger), callsBeforeCrash);
    }

    /** What Cloudflare refused, and why. */
    List<String> refused() {
        return List.copyOf(refused);
    }

    private void apply(List<Change> changes, int callsBeforeCrash) {
        Ownership earlier = ledger;
        for (Change change : changes) {
            ledger = LedgerNotes.before(ledger, change);
        }
        Ownership after = ledger;
        for (Change change : changes.stream().limit(callsBeforeCrash).toList()) {
            try {
                zone.apply(change);
                after = LedgerNotes.done(after, change);
            } catch (ModelZone.Refused e) {
                refused.add(change.words() + ": " + e.getMessage());
                after = LedgerNotes.refused(after, earlier, change);
            }
        }
        if (callsBeforeCrash > changes.size()) {
            ledger = after;
        }
    }
}
