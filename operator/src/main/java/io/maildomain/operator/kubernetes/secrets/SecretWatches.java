package io.maildomain.operator.kubernetes.secrets;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the Secrets that a resource references: each once, by name, never a namespace. Callers say what they reference ({@link #retain}) and read ({@link #get}); neither blocks, both may be
 * called from any thread. Watches start and stop on a thread of ours. The first {@link Limits#watched} Secrets are watched, the others polled; those of accounts come before those of namespaces.
 */
public final class SecretWatches implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SecretWatches.class);

    private final KubernetesClient client;
    private final Consumer<SecretKey> onChange;
    private final Consumer<SecretKey> onEnd;
    private final Limits limits;
    private final SecretReferences references = new SecretReferences();
    private final Map<SecretKey, SecretState> states = new ConcurrentHashMap<>();
    private final Map<SecretKey, SecretMarks> marks = new ConcurrentHashMap<>();
    private volatile Consumer<SecretKey> onMarks = key -> {};
    /** Changed only by {@link #loop}. */
    private final Map<SecretKey, SecretWatch> watches = new ConcurrentHashMap<>();

    private final SecretWatch.Listener readings = new Readings();
    private final Set<SecretKey> polled = ConcurrentHashMap.newKeySet();
    /** Whether {@link #loop} is to look anyway at what is referenced: after a start thousands of resources say so at once. */
    private final AtomicBoolean followsSoon = new AtomicBoolean();

    private final ScheduledExecutorService loop = daemon("secret-watches");
    private final ScheduledExecutorService poller = daemon("secret-polls");

    /**
     * How many Secrets are watched, and how often the others are read.
     *
     * @param watched each costs the API server a connection
     * @param poll the time from one round of reading to the next
     */
    public record Limits(int watched, Duration poll) {

        /** 200 watches; the others every 60 s. */
        public static final Limits DEFAULT = new Limits(200, Duration.ofSeconds(60));

        public Limits {
            if (watched < 0 || poll.isNegative() || poll.isZero()) {
                throw new IllegalArgumentException("watched must not be negative and poll must be positive");
            }
        }
    }

    /**
     * @param client stays the caller's to close
     * @param onChange told of each change of content, loss, return, and of the first reading, within about a second (a polled Secret: at the next round). Called one at a time on a thread of
     *     ours: it must be quick
     * @param onEnd told, in the same way, of each that is not followed any more
     */
    public SecretWatches(
            KubernetesClient client, Consumer<SecretKey> onChange, Consumer<SecretKey> onEnd, Limits limits) {
        this.client = Objects.requireNonNull(client, "client");
        this.onChange = Objects.requireNonNull(onChange, "onChange");
        this.onEnd = Objects.requireNonNull(onEnd, "onEnd");
        this.limits = Objects.requireNonNull(limits, "limits");
        long pause = limits.poll().toMillis();
        poller.scheduleWithFixedDelay(() -> polled.forEach(this::poll), pause, pause, TimeUnit.MILLISECONDS);
    }

    /**
     * Sets what this user references, and releases what it no longer does.
     *
     * @param user anything with a stable {@code equals}, such as a resource's UID
     */
    public void retain(Object user, Set<SecretKey> keys) {
        if (references.retain(user, keys)) {
            followSoon();
        }
    }

    /** The same for a user whose Secrets come first where there are too few watches for all. */
    public void retainFirst(Object user, Set<SecretKey> keys) {
        if (references.retainFirst(user, keys)) {
            followSoon();
        }
    }

    /** This user references nothing any more. */
    public void release(Object user) {
        if (references.release(user)) {
            followSoon();
        }
    }

    /** What is known now; {@link SecretState.Cause#NOT_SYNCED} for a Secret that no resource references or whose first reading is under way. */
    public SecretState get(SecretKey key) {
        SecretState state = states.get(key);
        return state == null ? SecretReading.notYet(key) : state;
    }

    /** Finalizers and deletion of a Secret that is followed and there; empty where nothing is known of it. */
    public Optional<SecretMarks> marks(SecretKey key) {
        return Optional.ofNullable(marks.get(key));
    }

    /** Is told as the other listener is, when a Secret's finalizers or its deletion have changed, or it came or went. */
    public void onMarks(Consumer<SecretKey> listener) {
        onMarks = listener;
    }

    /** Who references something; what a user that is no text says of itself. */
    public Set<String> users() {
        return references.users().stream().map(Object::toString).collect(Collectors.toSet());
    }

    /** How many Secrets are followed at present, watched or polled. */
    public int size() {
        return references.wanted().size();
    }

    /** Whether each Secret is being polled or has an established watch, so that no change escapes us. */
    boolean isSettled() {
        return references.wanted().stream()
                .allMatch(key -> polled.contains(key)
                        || Optional.ofNullable(watches.get(key))
                                .map(SecretWatch::isEstablished)
                                .orElse(false));
    }

    @Override
    public void close() {
        poller.shutdownNow();
        submit(() -> {
            watches.values().forEach(SecretWatch::close);
            watches.clear();
        });
        loop.shutdown();
    }

    private void followSoon() {
        if (followsSoon.compareAndSet(false, true)) {
            submit(this::follow);
        }
    }

    private void follow() {
        followsSoon.set(false);
        WatchPlan plan =
                WatchPlan.of(references.wanted(), references.first(), watches.keySet(), polled, limits.watched());
        plan.stop().forEach(this::stop);
        plan.watch().forEach(this::watch);
        plan.poll().forEach(key -> {
            polled.add(key);
            Optional.ofNullable(watches.remove(key)).ifPresent(SecretWatch::close);
            poller.execute(() -> poll(key));
        });
    }

    private void stop(SecretKey key) {
        polled.remove(key);
        SecretWatch watch = watches.remove(key);
        if (watch != null) {
            watch.close();
        }
        states.remove(key);
        onEnd.accept(key);
        marks.remove(key);
    }

    private void watch(SecretKey key) {
        polled.remove(key);
        SecretWatch watch = new SecretWatch(client, key, readings);
        watches.put(key, watch);
        watch.start();
    }

    /** A late word of a watch that was stopped meanwhile is dropped. */
    private void hear(SecretWatch from, Supplier<SecretState> state) {
        submit(() -> {
            if (watches.get(from.key()) == from) {
                update(from.key(), state.get());
            }
        });
    }

    private final class Readings implements SecretWatch.Listener {

        @Override
        public void present(SecretWatch from, Secret secret) {
            hear(from, () -> {
                mark(from.key(), SecretMarks.of(secret));
                return SecretReading.of(from.key(), secret);
            });
        }

        @Override
        public void absent(SecretWatch from) {
            hear(from, () -> {
                mark(from.key(), null);
                return new SecretState.Absent();
            });
        }

        @Override
        public void failed(SecretWatch from, Throwable failure) {
            hear(from, () -> SecretReading.afterFailure(from.key(), get(from.key()), failure));
        }
    }

    private void poll(SecretKey key) {
        if (!polled.contains(key)) {
            return;
        }
        SecretState state;
        Optional<SecretMarks> seen = marks(key);
        try {
            Secret secret = client.secrets()
                    .inNamespace(key.namespace())
                    .withName(key.name())
                    .get();
            seen = Optional.ofNullable(secret).map(SecretMarks::of);
            state = secret == null ? new SecretState.Absent() : SecretReading.of(key, secret);
        } catch (RuntimeException failure) {
            state = SecretReading.afterFailure(key, get(key), failure);
        }
        SecretState read = state;
        SecretMarks now = seen.orElse(null);
        submit(() -> {
            if (polled.contains(key)) {
                mark(key, now);
                update(key, read);
            }
        });
    }

    private void mark(SecretKey key, @Nullable SecretMarks now) {
        SecretMarks before = now == null ? marks.remove(key) : marks.put(key, now);
        if (!Objects.equals(before, now)) {
            onMarks.accept(key);
        }
    }

    private void update(SecretKey key, SecretState state) {
        SecretState before = states.put(key, state);
        if (state.equals(before)) {
            return;
        }
        if (state instanceof SecretState.Unknown unknown) {
            LOG.warn("{}; it is tried again", unknown.why());
        }
        onChange.accept(key);
    }

    private void submit(Runnable work) {
        try {
            loop.execute(() -> {
                try {
                    work.run();
                } catch (RuntimeException failure) {
                    LOG.error("Following Secrets: {}", failure.toString());
                }
            });
        } catch (RejectedExecutionException closed) {
            LOG.debug("A Secret changed after the end");
        }
    }

    private static ScheduledExecutorService daemon(String name) {
        return Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public String toString() {
        return "SecretWatches" + references.wanted();
    }
}
