package io.maildomain.operator.dns;

import io.maildomain.operator.dns.WorldLook.Seen;
import io.maildomain.operator.dns.plan.Belief;
import io.maildomain.operator.dns.plan.Sight;
import io.maildomain.operator.dns.plan.WorldView;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at what the world sees of domains, on threads of its own: each at most once in the interval, and rarer where the answers may be
 * remembered for longer. What is believed after several looks is a {@link Belief}. Thread-safe.
 */
public final class WorldObserver implements World, AutoCloseable {

    /** A look that is not over by then ends with what it has. */
    private static final Duration LOOK = Duration.ofSeconds(10);

    private static final Duration RAREST = Duration.ofHours(1);

    /** From a look that was not answered to the next while nothing was ever said. */
    private static final Duration FIRST_AGAIN = Duration.ofMinutes(1);

    private static final Duration LONGEST_TICK = Duration.ofSeconds(30);
    private static final Duration SHORTEST_TICK = Duration.ofMillis(200);
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final Instant NEVER = Instant.MAX;

    private static final Logger LOG = LoggerFactory.getLogger(WorldObserver.class);

    private final Resolvers resolvers;
    private final Duration interval;
    private final Clock clock;
    private final Listener listener;
    private final ParentZones parents;
    private final LookThreads threads = new LookThreads();
    private final Map<String, Entry> byUid = new ConcurrentHashMap<>();
    private volatile Predicate<Subject> teller = subject -> true;
    private final ScheduledExecutorService ticks = timer("seen-outside-due");
    private final ScheduledExecutorService tells = timer("seen-outside-tell");

    /**
     * Whom it asks.
     *
     * @param servers the resolvers; empty: those of the machine, or of the Pod
     * @param only whether these are also asked instead of the name servers of the zones above
     */
    public record Resolvers(List<InetSocketAddress> servers, boolean only) {

        public Resolvers {
            servers = List.copyOf(servers);
        }

        /** @param server that is asked instead of all others, as {@code HOST:PORT}, looked up at each question; blank: none */
        public static Resolvers named(String server) {
            if (server.isBlank()) {
                return new Resolvers(List.of(), false);
            }
            int colon = server.lastIndexOf(':');
            InetSocketAddress address = InetSocketAddress.createUnresolved(
                    server.substring(0, colon), Integer.parseInt(server.substring(colon + 1)));
            return new Resolvers(List.of(address), true);
        }
    }

    /** Who hears of looks. */
    public interface Listener {

        /** A look is over. @param whole whether all was answered */
        void looked(boolean whole);
    }

    /** @param tellAt when news are to be told; never: they are being told, or there are none */
    private record Entry(Subject subject, Belief belief, Instant due, boolean busy, Instant tellAt) {

        static Entry first(Subject subject) {
            return new Entry(subject, Belief.NONE, Instant.MIN, false, NEVER);
        }

        boolean isDue(Instant now) {
            return !busy && !due.isAfter(now);
        }

        Entry begun() {
            return new Entry(subject, belief, due, true, tellAt);
        }

        Entry after(Belief now, Instant next) {
            return new Entry(subject, now, next, false, tellAt);
        }

        Entry telling(Instant when) {
            return new Entry(subject, belief, due, busy, when);
        }
    }

    /** Builds; looks at nothing. @param interval from one look at a domain to the next at least */
    public WorldObserver(Resolvers resolvers, Duration interval, Clock clock, Listener listener) {
        this.resolvers = resolvers;
        this.interval = interval;
        this.clock = clock;
        this.listener = listener;
        this.parents = new ParentZones(resolvers.only() ? resolvers.servers() : List.of(), clock);
    }

    private static ScheduledExecutorService timer(String name) {
        return Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Looks from now on.
     *
     * @param told tells a resource's status that something else is seen; false: not now, it is asked again in a second. One that fails is
     *     asked again in half a minute.
     */
    public void start(Predicate<Subject> told) {
        teller = told;
        Duration tick = shorter(interval.dividedBy(4), LONGEST_TICK);
        long millis = Math.max(tick.toMillis(), SHORTEST_TICK.toMillis());
        ticks.scheduleWithFixedDelay(this::lookAtWhatIsDue, 0, millis, TimeUnit.MILLISECONDS);
        tells.scheduleWithFixedDelay(this::tellAgain, AGAIN.toMillis(), AGAIN.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public Sight of(Subject subject) {
        Entry known = byUid.compute(
                subject.uid(),
                (uid, entry) -> entry != null && entry.subject().equals(subject) ? entry : Entry.first(subject));
        Optional<WorldView> said = known.belief().said();
        if (said.isEmpty()) {
            begin(subject);
        }
        return said.<Sight>map(Sight.Seen::new).orElseGet(Sight.NotYet::new);
    }

    @Override
    public void forget(String uid) {
        byUid.computeIfPresent(uid, (gone, entry) -> {
            threads.drop(entry.subject().namespace(), uid);
            return null;
        });
    }

    @Override
    public Set<String> uids() {
        return Set.copyOf(byUid.keySet());
    }

    private void lookAtWhatIsDue() {
        Instant now = clock.instant();
        byUid.values().stream().filter(entry -> entry.isDue(now)).forEach(entry -> begin(entry.subject()));
    }

    private void begin(Subject subject) {
        byUid.computeIfPresent(
                subject.uid(),
                (uid, entry) -> entry.subject().equals(subject)
                                && entry.isDue(clock.instant())
                                && threads.run(subject.namespace(), subject.uid(), () -> look(subject))
                        ? entry.begun()
                        : entry);
    }

    private boolean isKnown(Subject subject) {
        Entry entry = byUid.get(subject.uid());
        return entry != null && entry.subject().equals(subject);
    }

    private void look(Subject subject) {
        if (!isKnown(subject)) {
            return;
        }
        Optional<Seen> seen = Optional.empty();
        boolean news;
        try {
            List<InetSocketAddress> servers =
                    resolvers.servers().isEmpty() ? DnsClient.ownResolvers() : resolvers.servers();
            DnsClient client = new DnsClient(servers, clock, clock.instant().plus(LOOK));
            seen = Optional.of(new WorldLook(client, parents).at(subject.domain()));
        } catch (RuntimeException unexpected) {
            LOG.warn("DNS of {} could not be read", subject.domain(), unexpected);
        } finally {
            // What was interrupted at the end is no answer.
            news = !ticks.isShutdown() && keeps(subject, seen);
        }
        listener.looked(seen.filter(answers -> answers.view().isWhole()).isPresent());
        if (news) {
            tell(subject);
        }
    }

    /** Whether it is something else than before. */
    private boolean keeps(Subject subject, Optional<Seen> seen) {
        AtomicBoolean news = new AtomicBoolean();
        byUid.computeIfPresent(subject.uid(), (uid, entry) -> {
            if (!entry.subject().equals(subject)) {
                return entry;
            }
            Entry next = seen.map(answers -> after(entry, answers))
                    .orElseGet(() -> entry.after(entry.belief(), clock.instant().plus(interval)));
            news.set(!next.belief().said().equals(entry.belief().said()));
            return next;
        });
        return news.get();
    }

    private Entry after(Entry entry, Seen seen) {
        Belief now = entry.belief().after(seen.view());
        return entry.after(now, clock.instant().plus(rest(now, seen)));
    }

    /** What failed is asked again soon, though what did answer may be remembered for longer. */
    private Duration rest(Belief now, Seen seen) {
        if (!seen.view().isWhole()) {
            return now.said().isEmpty() ? shorter(interval, FIRST_AGAIN) : interval;
        }
        if (now.isInDoubt() || seen.ttl().compareTo(interval) < 0) {
            return interval;
        }
        return interval.compareTo(RAREST) > 0 ? interval : shorter(seen.ttl(), RAREST);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** What could not be told before. It waits for no look. */
    private void tellAgain() {
        Instant now = clock.instant();
        byUid.values().stream()
                .filter(entry -> !entry.tellAt().isAfter(now))
                .map(Entry::subject)
                .forEach(subject -> {
                    tellAt(subject, NEVER);
                    tell(subject);
                });
    }

    /** Until it is told, each sweep takes the status for stale, and has the domain read by itself. */
    private void tell(Subject subject) {
        if (!isKnown(subject) || ticks.isShutdown()) {
            return;
        }
        try {
            if (!teller.test(subject)) {
                tellAt(subject, clock.instant().plus(AGAIN));
            }
        } catch (RuntimeException failed) {
            LOG.debug("what the world sees of {} is said later: {}", subject.domain(), failed.toString());
            tellAt(subject, clock.instant().plus(LONGEST_TICK));
        }
    }

    private void tellAt(Subject subject, Instant when) {
        byUid.computeIfPresent(
                subject.uid(), (uid, entry) -> entry.subject().equals(subject) ? entry.telling(when) : entry);
    }

    @Override
    public void close() {
        ticks.shutdownNow();
        tells.shutdownNow();
        threads.close();
    }
}
