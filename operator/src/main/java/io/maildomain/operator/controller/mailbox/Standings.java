package io.maildomain.operator.controller.mailbox;

import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.operator.controller.mailbox.DomainMailboxes.Outcome;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What was last told of each Mailbox by a plan of its MailDomain. Lost on a restart, until the next plan. Thread-safe. */
final class Standings {

    /** @param generation of the Mailbox's spec that it was told of */
    private record Told(long generation, Outcome outcome) {}

    /** By the Mailbox's UID. */
    private final Map<String, Told> told = new ConcurrentHashMap<>();

    /** @return whether that is something new; not of a spec that is older than one of which it was told already */
    boolean tell(Mailbox mailbox, Outcome outcome) {
        Told now = new Told(mailbox.getMetadata().getGeneration(), outcome);
        String uid = mailbox.getMetadata().getUid();
        Told before = told.get(uid);
        boolean isNew = !now.equals(before) && (before == null || before.generation() <= now.generation());
        if (isNew) {
            told.put(uid, now);
        }
        return isNew;
    }

    /** What was told of this very spec. */
    Optional<Outcome> of(Mailbox mailbox) {
        return Optional.ofNullable(told.get(mailbox.getMetadata().getUid()))
                .filter(known -> known.generation() == mailbox.getMetadata().getGeneration())
                .map(Told::outcome);
    }

    void forget(String uid) {
        told.remove(uid);
    }

    Set<String> uids() {
        return Set.copyOf(told.keySet());
    }
}
