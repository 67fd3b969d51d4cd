package io.maildomain.operator.controller.mailbox;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.api.v1alpha1.MailboxStatus;
import io.maildomain.operator.controller.ControllerParts;
import io.maildomain.operator.kubernetes.informers.ResourceCache;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** All that works on Mailboxes, put together once: what they are told, what is new of them, when they expire. */
public final class MailboxServices implements AutoCloseable {

    private final ResourceCache cluster;
    private final MailboxNews news = new MailboxNews();
    private final Standings standings = new Standings();
    private final ClusterMailboxes mailboxes;
    private final ChangedDomains changed;
    private final ExpiryClock expiries;
    private final MailboxWatches watches;
    private final MailboxDeletion deletion;

    /**
     * Does nothing yet.
     *
     * @param distance between two looks that changes of Mailboxes ask for
     * @param trigger reconciles a MailDomain or a Mailbox
     * @param deletion of Mailboxes that have expired
     */
    public MailboxServices(
            ResourceCache cluster,
            Clock clock,
            Duration distance,
            Consumer<HasMetadata> trigger,
            MailboxDeletion deletion) {
        this.deletion = deletion;
        this.cluster = cluster;
        this.mailboxes = new ClusterMailboxes(cluster, clock, news, standings, trigger);
        this.changed = new ChangedDomains(cluster, clock, distance, mailboxes::isToldWithoutALook, mailboxes::looks);
        this.expiries = new ExpiryClock(cluster, clock, changed::heard, this::others);
        this.watches = new MailboxWatches(cluster, clock, changed, expiries, trigger);
    }

    /** For the MailDomains' controller. */
    public DomainMailboxes ofDomains() {
        return mailboxes;
    }

    /** Hears of what changes in the cluster. */
    public MailboxWatches watches() {
        return watches;
    }

    /** The controller of Mailboxes. */
    public MailboxReconciler reconciler(ControllerParts<Mailbox, MailboxStatus> parts) {
        return new MailboxReconciler(parts, cluster, standings, deletion);
    }

    /** From now on Mailboxes expire in time. */
    public void start() {
        changed.start();
        expiries.start();
    }

    /** Looks whether a Mailbox has expired; done each second once it is started. */
    public void tick() {
        expiries.tick();
    }

    /** What time decides besides expiry. */
    private void others() {
        mailboxes.losing().forEach(changed::heard);
        changed.tick();
    }

    /**
     * Sees to what was heard; done by itself once it is started.
     *
     * @return how long the next of what keeps a distance waits; empty where nothing does
     */
    public Optional<Duration> work() {
        return changed.work();
    }

    /** A MailDomain is gone. */
    public void forget(String uid) {
        news.forget(uid);
        mailboxes.forget(uid);
    }

    /** The MailDomains of which something is remembered. */
    public Set<String> uids() {
        Set<String> all = new HashSet<>(news.uids());
        all.addAll(mailboxes.uids());
        return all;
    }

    @Override
    public void close() {
        expiries.close();
        changed.close();
    }
}
