package io.maildomain.operator.controller.mailbox;

import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.operator.controller.mailbox.DomainMailboxes.Outcome;
import io.maildomain.operator.controller.mailbox.plan.Verdict;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** What was last told of each Mailbox by a plan of its MailDomain. Lost on a restart, until the next plan. Thread-safe. */
final class Standings {

    /**
     * @param generation of the Mailbox's spec that it was told of
     * @param look when the Mailboxes were read: a larger one is later
     * @param attached whether it has a rule: then a look at Cloudflare is newer than what is known without one
     */
    private record Told(long generation, long look, boolean attached, Outcome outcome) {

        boolean isSuperseded(Told by) {
            return by.generation() >= generation && (by.look() >= look || attached && by.attached());
        }
    }

    /** By the Mailbox's UID. */
    private final Map<String, Told> told = new ConcurrentHashMap<>();

    /**
     * Takes in what came of one.
     *
     * @param look when the Mailboxes were read: a larger one is later
     * @return whether that is something new; not of a spec, nor of a look, that is older than one of which it was told already
     */
    boolean tell(Verdict verdict, Outcome outcome, long look) {
        Mailbox mailbox = verdict.mailbox();
        Told now = new Told(mailbox.getMetadata().getGeneration(), look, verdict instanceof Verdict.Attached, outcome);
        AtomicBoolean isNew = new AtomicBoolean();
        told.compute(mailbox.getMetadata().getUid(), (uid, before) -> {
            boolean counts = before == null || before.isSuperseded(now);
            isNew.set(counts
                    && (before == null
                            || before.generation() != now.generation()
                            || !before.outcome().equals(now.outcome())));
            return counts ? now : before;
        });
        return isNew.get();
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
