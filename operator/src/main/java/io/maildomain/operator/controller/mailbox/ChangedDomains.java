package io.maildomain.operator.controller.mailbox;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.kubernetes.informers.MailDomainName;
import io.maildomain.operator.kubernetes.informers.ResourceCache;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The MailDomains of whose Mailboxes something has changed. Each is seen to once for any number of changes, on a thread of its own, so
 * that neither watches nor the clock wait for a plan. What needs a look at Cloudflare keeps a distance to the last such look: a team
 * that switches a Mailbox on and off does not use up the budget of the MailDomain's owner. Thread-safe.
 */
final class ChangedDomains implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ChangedDomains.class);

    /** After so many looks within that time they are so many times as far apart. */
    private static final int OFTEN = 12;

    private static final int FARTHER = 3;

    private static final Duration LATELY = Duration.ofMinutes(5);

    private final ResourceCache cluster;
    private final Clock clock;
    private final Duration distance;
    private final Predicate<MailDomain> isToldWithoutALook;
    private final Consumer<MailDomain> look;

    private final Set<MailDomainName> waiting = ConcurrentHashMap.newKeySet();

    /** When they looked for Mailboxes lately. What is there never changes: it is replaced. */
    private final Map<MailDomainName, List<Instant>> looked = new ConcurrentHashMap<>();

    private final AtomicBoolean queued = new AtomicBoolean();
    private final ExecutorService worker = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "mailbox-changes");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean started;

    /**
     * Does nothing yet.
     *
     * @param distance between two looks at one MailDomain
     * @param isToldWithoutALook tells the Mailboxes where the change is one of no rule
     * @param look has a MailDomain look at Cloudflare
     */
    ChangedDomains(
            ResourceCache cluster,
            Clock clock,
            Duration distance,
            Predicate<MailDomain> isToldWithoutALook,
            Consumer<MailDomain> look) {
        this.cluster = cluster;
        this.clock = clock;
        this.distance = distance;
        this.isToldWithoutALook = isToldWithoutALook;
        this.look = look;
    }

    /** From now on it is seen to what is heard. */
    void start() {
        started = true;
        tick();
    }

    /** Something of its Mailboxes has changed. Quick: it is called on informers' threads. */
    void heard(MailDomain domain) {
        waiting.add(MailDomainName.of(domain));
        tick();
    }

    /** Sees to those that wait; done each second, for those that keep a distance. */
    void tick() {
        if (started && !waiting.isEmpty() && queued.compareAndSet(false, true)) {
            try {
                worker.execute(this::workSafely);
            } catch (RejectedExecutionException closed) {
                LOG.debug("Mailboxes that change are not seen to any more");
            }
        }
    }

    private void workSafely() {
        // What is heard from here on needs another turn.
        queued.set(false);
        try {
            work();
        } catch (RuntimeException failure) {
            LOG.warn("Mailboxes that changed: {}; it is tried again", failure.toString());
        }
    }

    /** Sees to all that may be seen to now. @return how long the next of the others waits; empty where there is none */
    Optional<Duration> work() {
        Instant now = clock.instant();
        looked.keySet().forEach(name -> recently(name, now));
        return List.copyOf(waiting).stream()
                .flatMap(name -> seeTo(name, now).stream())
                .min(Duration::compareTo);
    }

    private Optional<Duration> seeTo(MailDomainName name, Instant now) {
        // First: what changes while it is seen to is heard of once more.
        waiting.remove(name);
        Optional<MailDomain> domain = cluster.mailDomain(name.namespace(), name.name());
        if (domain.isEmpty() || isToldWithoutALook.test(domain.get())) {
            return Optional.empty();
        }
        Duration wait = Duration.between(now, nextLook(name, now));
        if (!wait.isNegative() && !wait.isZero()) {
            waiting.add(name);
            return Optional.of(wait);
        }
        looked.put(
                name,
                Stream.concat(recently(name, now).stream(), Stream.of(now)).toList());
        look.accept(domain.get());
        return Optional.empty();
    }

    private Instant nextLook(MailDomainName name, Instant now) {
        List<Instant> before = recently(name, now);
        if (before.isEmpty()) {
            return now;
        }
        return before.get(before.size() - 1).plus(before.size() < OFTEN ? distance : distance.multipliedBy(FARTHER));
    }

    /** Those after now were noted before the clock went back. */
    private List<Instant> recently(MailDomainName name, Instant now) {
        Instant since = now.minus(LATELY);
        List<Instant> recent = looked.getOrDefault(name, List.of()).stream()
                .filter(time -> since.isBefore(time) && !time.isAfter(now))
                .toList();
        looked.compute(name, (key, before) -> recent.isEmpty() ? null : recent);
        return recent;
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
