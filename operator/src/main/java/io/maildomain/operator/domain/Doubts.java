package io.maildomain.operator.domain;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.outcome.Pace;
import io.maildomain.operator.retry.FirstRefusals;
import java.util.HashSet;
import java.util.Set;

/** What would break a domain that works and was met once so far: it is looked into before it is believed. */
final class Doubts {

    private final FirstRefusals looks = new FirstRefusals();
    private final FirstRefusals changes = new FirstRefusals();

    /** Of what came of looking. */
    boolean isFirstLook(MailDomain live, Pace pace) {
        return pace == Pace.FINAL && isFirst(looks, live);
    }

    /** Of what came of changes. */
    boolean isFirstChange(MailDomain live) {
        return isFirst(changes, live);
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
    }

    Set<String> uids() {
        Set<String> all = new HashSet<>(looks.uids());
        all.addAll(changes.uids());
        return all;
    }

    private static boolean isFirst(FirstRefusals met, MailDomain live) {
        return Convergence.hasConverged(live) && met.isFirst(live.getMetadata().getUid());
    }
}
