package io.maildomain.operator.controller.maildomain;

import io.maildomain.api.v1alpha1.MailDomainSpec;
import io.maildomain.api.v1alpha1.Ownership;
import io.maildomain.operator.access.Grants;
import io.maildomain.operator.controller.maildomain.plan.Change;
import io.maildomain.operator.controller.maildomain.plan.DesiredState;
import io.maildomain.operator.controller.maildomain.plan.ObservedState;
import io.maildomain.operator.controller.maildomain.plan.OwnershipChanges;
import io.maildomain.operator.controller.maildomain.plan.Plan;
import io.maildomain.operator.controller.maildomain.plan.Planner;
import io.maildomain.operator.ownership.OwnerMark;
import java.util.ArrayList;
import java.util.List;

/** Reconciles and undoes in a {@link ModelZone} as the applier does, and can be struck down after any number of calls. */
public final class ModelOperator {

    public static final OwnerMark MARK = new OwnerMark("us");
    public static final int NEVER = Integer.MAX_VALUE;

    private final ModelZone zone;
    private final List<String> refused = new ArrayList<>();
    private Ownership ownership;

    public ModelOperator(ModelZone zone, Ownership ownership) {
        this.zone = zone;
        this.ownership = ownership;
    }

    public static DesiredState desired(MailDomainSpec spec, Grants grants) {
        return new DesiredState(spec, grants, MARK, "mail/example-com");
    }

    public static DesiredState desired(MailDomainSpec spec) {
        return desired(spec, Grants.everything());
    }

    Ownership ownership() {
        return ownership;
    }

    public Plan plan(DesiredState desired) {
        ObservedState observed = zone.observe(desired);
        return Planner.plan(desired, observed, OwnershipChanges.settled(ownership, observed, desired));
    }

    public Plan reconcile(DesiredState desired) {
        return reconcile(desired, NEVER);
    }

    /** @param callsBeforeCrash the process dies once so many calls are through: what they did goes unnoted */
    public Plan reconcile(DesiredState desired, int callsBeforeCrash) {
        ObservedState observed = zone.observe(desired);
        ownership = OwnershipChanges.settled(ownership, observed, desired);
        Plan plan = Planner.plan(desired, observed, ownership);
        apply(plan.changes(), callsBeforeCrash);
        return plan;
    }

    public void cleanUp(DesiredState desired, int callsBeforeCrash) {
        ObservedState observed = zone.observeForCleanup();
        ownership = OwnershipChanges.settled(ownership, observed, desired);
        apply(Planner.cleanup(desired, observed, ownership), callsBeforeCrash);
    }

    /** What Cloudflare refused, and why. */
    public List<String> refused() {
        return List.copyOf(refused);
    }

    private void apply(List<Change> changes, int callsBeforeCrash) {
        Ownership earlier = ownership;
        for (Change change : changes) {
            ownership = OwnershipChanges.before(ownership, change);
        }
        Ownership after = ownership;
        for (Change change : changes.stream().limit(callsBeforeCrash).toList()) {
            try {
                zone.apply(change);
                after = OwnershipChanges.done(after, change);
            } catch (ModelZone.ModelRefusal e) {
                refused.add(change.describe() + ": " + e.getMessage());
                after = OwnershipChanges.refused(after, earlier, change);
            }
        }
        if (callsBeforeCrash > changes.size()) {
            ownership = after;
        }
    }
}
