package io.maildomain.operator.controller.mailbox;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.operator.controller.mailbox.plan.MailboxAge;
import io.maildomain.operator.kubernetes.informers.MailDomainName;
import io.maildomain.operator.kubernetes.informers.ResourceCache;
import io.maildomain.operator.kubernetes.informers.ResourceListener.Change;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a MailDomain look in the moment in which one of its Mailboxes expires. It asks the clock each second, for a timer that was set
 * before the clock jumped would come too late. Thread-safe.
 */
public final class ExpiryClock implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ExpiryClock.class);
    private static final Duration TICK = Duration.ofSeconds(1);

    private final ResourceCache cluster;
    private final Clock clock;
    private final Consumer<MailDomain> changed;
    private final Runnable others;
    private volatile Instant ticked = Instant.MIN;

    /** When the next Mailbox of a MailDomain expires, by the name that they know it by: it may not be there yet. */
    private final Map<MailDomainName, Instant> next = new ConcurrentHashMap<>();

    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "mailbox-expiry");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Does nothing yet.
     *
     * @param changed is told of a MailDomain when one of its Mailboxes has expired
     * @param others what else time decides, done at each tick
     */
    ExpiryClock(ResourceCache cluster, Clock clock, Consumer<MailDomain> changed, Runnable others) {
        this.cluster = cluster;
        this.clock = clock;
        this.changed = changed;
        this.others = others;
    }

    /** Begins to tick. */
    void start() {
        ticker.scheduleWithFixedDelay(this::tickSafely, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A Mailbox came, changed or went. Quick: it is told on an informer's thread. */
    void mailboxChanged(Change<Mailbox> change) {
        MailDomainName domain = MailDomainName.of(change.either());
        // Whether another one is the next is found when the time comes: here that would be a search for each of a
        // thousand that go.
        if (change.is().isEmpty() && cluster.mailboxesOf(domain).isEmpty()) {
            next.remove(domain);
        }
        change.is()
                .flatMap(MailboxAge::expiry)
                .filter(clock.instant()::isBefore)
                .ifPresent(end -> next.merge(domain, end, (one, other) -> one.isBefore(other) ? one : other));
    }

    /** Wakes those of whose Mailboxes one has expired; and all with such as expire where the clock went back, for some may live again. */
    void tick() {
        Instant now = clock.instant();
        if (now.isBefore(ticked)) {
            cluster.mailboxes().stream()
                    .filter(mailbox -> MailboxAge.expiry(mailbox).isPresent())
                    .map(MailDomainName::of)
                    .distinct()
                    .forEach(this::wake);
        }
        ticked = now;
        next.forEach((domain, due) -> {
            if (!now.isBefore(due)) {
                wake(domain);
            }
        });
        others.run();
    }

    private void wake(MailDomainName domain) {
        reckon(domain);
        cluster.mailDomain(domain.namespace(), domain.name()).ifPresent(changed);
    }

    private void reckon(MailDomainName domain) {
        Instant now = clock.instant();
        Optional<Instant> earliest = cluster.mailboxesOf(domain).stream()
                .flatMap(mailbox -> MailboxAge.expiry(mailbox).stream())
                .filter(now::isBefore)
                .min(Comparator.naturalOrder());
        next.compute(domain, (name, known) -> earliest.orElse(null));
    }

    private void tickSafely() {
        try {
            tick();
        } catch (RuntimeException failure) {
            LOG.warn("Mailboxes that expire: {}; it is tried again", failure.toString());
        }
    }

    @Override
    public void close() {
        ticker.shutdownNow();
    }
}
