package io.maildomain.operator.controller.deploy;

import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.status.Check;
import io.maildomain.operator.status.ConditionType;
import java.util.List;

/** What is said of a resource in mode Observe. */
public final class Watching {

    /** Ready says that watching works. */
    public static final Check READY = Check.yes(
            ConditionType.READY, Reason.Observing, "watching only: nothing is written to Cloudflare for this resource");

    /** What a step is waiting for that was not taken. */
    public static final String WAITS = "waits for mode Manage: nothing is written in mode Observe";

    private Watching() {}

    /** @param pending never empty */
    public static Check outOfSync(List<String> pending) {
        String changes = pending.size() == 1 ? "1 change" : pending.size() + " changes";
        return Check.no(ConditionType.IN_SYNC, Reason.OutOfSync, changes + " would be made: see status.pendingChanges");
    }

    /** @param decisive what Ready would say in mode Manage, which would write nothing */
    public static Check inSync(Check decisive) {
        return decisive.holds()
                ? Check.yes(ConditionType.IN_SYNC, Reason.InSync, "Cloudflare is as this resource says")
                : decisive.as(ConditionType.IN_SYNC);
    }
}
