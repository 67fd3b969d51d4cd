package io.maildomain.operator.controller.maildomain;

import java.util.HashSet;
import java.util.Set;

/**
 * What is remembered of MailDomains from one reconcile to the next, until they are gone. Lost on a restart.
 *
 * @param drift what was put right again and again
 * @param doubts what was met once so far
 * @param confirmed removals that were seen to be right once so far
 * @param removal what removing subdomains did
 * @param looks what was seen of their zones
 * @param brake how many rules of Mailboxes went with these
 */
record DomainMemory(
        DriftHistory drift,
        Doubts doubts,
        ConfirmedRemoval confirmed,
        SubdomainRemoval removal,
        RecentLooks looks,
        MailboxBrake brake) {

    static DomainMemory of(MailDomainServices services, SubdomainRemoval removal) {
        return new DomainMemory(
                new DriftHistory(services.clock()),
                new Doubts(),
                new ConfirmedRemoval(services.clock(), services.drift().confirmPause()),
                removal,
                new RecentLooks(services.drift().interval(), services.recentZones()),
                new MailboxBrake(services.massDeletion(), services.clock()));
    }

    /** The resource is gone. */
    void forget(String uid) {
        drift.forget(uid);
        doubts.forget(uid);
        confirmed.forget(uid);
        looks.forget(uid);
        brake.forget(uid);
    }

    Set<String> uids() {
        Set<String> all = new HashSet<>(drift.uids());
        all.addAll(doubts.uids());
        all.addAll(confirmed.uids());
        all.addAll(looks.uids());
        all.addAll(brake.uids());
        return all;
    }
}
