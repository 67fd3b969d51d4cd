package io.maildomain.operator.controller.maildomain;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.controller.FirstRefusals;
import io.maildomain.operator.controller.maildomain.plan.Aftermath;
import io.maildomain.operator.controller.maildomain.plan.Change;
import io.maildomain.operator.status.Conditions;
import io.maildomain.operator.status.Requeue;
import java.util.HashSet;
import java.util.Set;

/** What would break a domain and was met once so far: it is looked into before it is believed. */
final class Doubts {

    private final FirstRefusals looks = new FirstRefusals();
    private final FirstRefusals changes = new FirstRefusals();
    private final FirstRefusals enablings = new FirstRefusals();

    /** Of what came of looking. */
    boolean isFirstLook(MailDomain live, Requeue requeue) {
        return requeue == Requeue.STALLED && isFirst(looks, live);
    }

    /** Of what came of changes. */
    boolean isFirstChange(MailDomain live) {
        return isFirst(changes, live);
    }

    /**
     * Of Email Routing, which Cloudflare confirmed to have enabled and shows as off: a user may have switched it off in between.
     * Another try tells that from a call that does not take effect.
     */
    boolean isFirstEnabling(MailDomain live, ApplyResult applied, Aftermath aftermath) {
        String uid = live.getMetadata().getUid();
        if (aftermath.settings().enabled()) {
            enablings.forget(uid);
        }
        return applied.did(Change.EnableRouting.class) && aftermath.settings().isPlainlyOff() && enablings.isFirst(uid);
    }

    void looked(MailDomain live) {
        looks.forget(live.getMetadata().getUid());
    }

    void changed(MailDomain live) {
        changes.forget(live.getMetadata().getUid());
    }

    void forget(String uid) {
        looks.forget(uid);
        changes.forget(uid);
        enablings.forget(uid);
    }

    Set<String> uids() {
        Set<String> all = new HashSet<>(looks.uids());
        all.addAll(changes.uids());
        all.addAll(enablings.uids());
        return all;
    }

    private static boolean isFirst(FirstRefusals met, MailDomain live) {
        return Conditions.hasConverged(live) && met.isFirst(live.getMetadata().getUid());
    }
}
