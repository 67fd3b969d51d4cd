package io.maildomain.operator.app;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.DestinationAddress;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailSite;
import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.operator.cloudflare.CloudflareClients;
import io.maildomain.operator.controller.Rescheduling;
import io.maildomain.operator.controller.ResourceController;
import io.maildomain.operator.controller.sweep.Sweeps;
import io.maildomain.operator.kubernetes.informers.ResourceCache;
import io.maildomain.operator.kubernetes.informers.ResourceListener;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Ends what is remembered of resources that are gone, however they went: with our finalizer, without it, or with their CRD.
 * At once where the watch says so; and from time to time for what a reconcile under way remembered after that.
 */
final class Forgetting implements ResourceListener, AutoCloseable {

    private final List<Memory> memories = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService sweeper = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "forgetting");
        thread.setDaemon(true);
        return thread;
    });
    private volatile Predicate<String> stays = uid -> false;
    private Set<String> missing = Set.of();

    /**
     * Something that remembers resources by their UID.
     *
     * @param uids whom it remembers
     * @param forget ends what it remembers of one
     */
    record Memory(Supplier<Set<String>> uids, Consumer<String> forget) {}

    void also(Supplier<Set<String>> uids, Consumer<String> forget) {
        memories.add(new Memory(uids, forget));
    }

    /** The same of a controller. */
    void also(ResourceController<?, ?> controller) {
        also(controller::uids, controller::forget);
    }

    /** The same of what all controllers share. */
    void alsoShared(Rescheduling rescheduling, CloudflareClients clients, Sweeps sweeps) {
        also(rescheduling::uids, rescheduling::forget);
        also(clients::uids, clients::leave);
        also(sweeps::uids, sweeps::forget);
    }

    /** What is remembered of these stays, though they are gone. */
    void except(Predicate<String> uids) {
        stays = uids;
    }

    void sweepEvery(Duration interval, ResourceCache cluster) {
        long millis = interval.toMillis();
        sweeper.scheduleWithFixedDelay(() -> sweep(cluster), millis, millis, TimeUnit.MILLISECONDS);
    }

    /** A resource that is missing twice is gone: another watch may be ahead of this one. */
    void sweep(ResourceCache cluster) {
        Set<String> there = new HashSet<>();
        Stream.of(
                        cluster.mailDomains(),
                        cluster.catchAllRules(),
                        cluster.mailboxes(),
                        cluster.mailWorkers(),
                        cluster.mailSites(),
                        cluster.destinationAddresses(),
                        cluster.accounts())
                .flatMap(List::stream)
                .forEach(resource -> there.add(resource.getMetadata().getUid()));
        Set<String> gone = new HashSet<>();
        memories.forEach(memory -> gone.addAll(memory.uids().get()));
        gone.removeAll(there);
        gone.stream().filter(missing::contains).forEach(this::forget);
        missing = gone;
    }

    private void forget(String uid) {
        if (!stays.test(uid)) {
            memories.forEach(memory -> memory.forget().accept(uid));
        }
    }

    private <T extends HasMetadata> void heard(Change<T> change) {
        if (change.is().isEmpty()) {
            forget(change.either().getMetadata().getUid());
        }
    }

    @Override
    public void mailDomainChanged(Change<MailDomain> change) {
        heard(change);
    }

    @Override
    public void catchAllRuleChanged(Change<CatchAllRule> change) {
        heard(change);
    }

    @Override
    public void mailboxChanged(Change<Mailbox> change) {
        heard(change);
    }

    @Override
    public void mailWorkerChanged(Change<MailWorker> change) {
        heard(change);
    }

    @Override
    public void mailSiteChanged(Change<MailSite> change) {
        heard(change);
    }

    @Override
    public void destinationAddressChanged(Change<DestinationAddress> change) {
        heard(change);
    }

    @Override
    public void accountChanged(Change<CloudflareAccount> change) {
        heard(change);
    }

    @Override
    public void namespaceChanged(Change<Namespace> change) {
        // Nothing is remembered of namespaces.
    }

    @Override
    public void close() {
        sweeper.shutdownNow();
    }
}
