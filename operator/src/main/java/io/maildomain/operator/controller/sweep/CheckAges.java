package io.maildomain.operator.controller.sweep;

import io.maildomain.operator.controller.sweep.Sweeps.Key;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When each healthy resource was last compared with Cloudflare, by a sweep or by itself. Where that is too long ago, one line of log
 * says so, and the accounts that use the token hear of it; the same when it is over. A resource that says itself that it is not well is
 * not in here. Thread-safe.
 */
final class CheckAges {

    private static final Logger LOG = LoggerFactory.getLogger(Sweeps.class);
    private static final String WAITS = "others come first with this token";

    /** An account hears so often that all is well, so that its status tells how old the truth is. */
    private static final Duration TOLD_EVERY = Duration.ofHours(1);

    /** After a start it takes so long, at most, until it is known who is to be compared. */
    private static final Duration GATHERING = Duration.ofMinutes(2);

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final Clock clock;
    private final Tasks tasks;
    private final Consumer<String> news;
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private final Map<Key, String> obstacles = new ConcurrentHashMap<>();
    private final Map<Key, Told> told = new HashMap<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final AtomicBoolean hurried = new AtomicBoolean();
    private final Instant since;

    /**
     * One resource.
     *
     * @param at when it was last compared; where {@code checked} is false, when that was first due
     * @param interval until the next time
     */
    private record Entry(Key key, Instant at, boolean checked, Duration interval) {

        CheckAge age(Instant now, String why) {
            boolean late = CheckAge.isLate(at, interval, now);
            return new CheckAge(at, checked, 1, late ? 1 : 0, interval, why);
        }
    }

    private record Told(boolean late, Instant oldest) {}

    /** @param news hears the fingerprint of a token of which there is something else to say */
    CheckAges(Clock clock, Tasks tasks, Consumer<String> news) {
        this.clock = clock;
        this.tasks = tasks;
        this.news = news;
        this.since = clock.instant();
    }

    /** It is to be compared from now on. */
    void due(String uid, Key key, Duration interval) {
        Entry fresh = new Entry(key, clock.instant(), false, interval);
        Entry now = entries.merge(
                uid, fresh, (known, other) -> new Entry(key, known.at(), known.checked(), known.interval()));
        if (now == fresh) {
            lookLater(interval);
        }
    }

    /** It was compared, and all was well. */
    void checked(String uid, Key key, Instant at, Duration interval) {
        Entry before = entries.get(uid);
        if (before != null && before.checked() && !at.isAfter(before.at())) {
            return;
        }
        entries.put(uid, new Entry(key, at, true, interval));
        obstacles.remove(key);
        lookLater(interval);
        if (isNews(key) && hurried.compareAndSet(false, true)) {
            tasks.soon(SHORTEST, () -> {
                hurried.set(false);
                look();
            });
        }
    }

    /** It says itself how it is, or is gone. */
    void gone(String uid) {
        entries.remove(uid);
    }

    /** What keeps the resource from being compared, in words. */
    void hindered(String uid, String why) {
        Entry known = entries.get(uid);
        if (known != null) {
            hindered(known.key(), why);
        }
    }

    /** The same, of all that one sweep sees. */
    void hindered(Key key, String why) {
        obstacles.put(key, why);
    }

    /** How it is with the resources that use this token; empty where that is not known yet, soon after a start. */
    Optional<CheckAge> of(String token) {
        Optional<CheckAge> some = ages().entrySet().stream()
                .filter(age -> age.getKey().token().equals(token))
                .map(Map.Entry::getValue)
                .reduce(CheckAge::and);
        Instant now = clock.instant();
        return some.or(() -> now.isBefore(since.plus(GATHERING))
                ? Optional.empty()
                : Optional.of(new CheckAge(now, true, 0, 0, Duration.ZERO, "")));
    }

    /** How it is with all, by token and account. */
    Map<Key, CheckAge> ages() {
        Instant now = clock.instant();
        Map<Key, CheckAge> ages = new HashMap<>();
        entries.values().forEach(entry -> {
            String why = obstacles.getOrDefault(entry.key(), WAITS);
            ages.merge(entry.key(), entry.age(now, why), CheckAge::and);
        });
        return ages;
    }

    private synchronized boolean isNews(Key key) {
        Told known = told.get(key);
        return known == null || known.late();
    }

    private void lookLater(Duration interval) {
        if (scheduled.compareAndSet(false, true)) {
            tasks.soon(bounded(interval.dividedBy(4)), () -> {
                scheduled.set(false);
                look();
            });
        }
    }

    private void look() {
        Map<Key, CheckAge> ages = ages();
        ages.forEach(this::tell);
        forgetAllBut(ages);
        ages.values().stream().map(CheckAge::interval).min(Duration::compareTo).ifPresent(this::lookLater);
    }

    private void tell(Key key, CheckAge age) {
        synchronized (this) {
            Told known = told.get(key);
            boolean late = known != null && known.late();
            boolean stale =
                    known == null || !age.oldest().isBefore(known.oldest().plus(TOLD_EVERY));
            if (late == age.isLate() && !(age.known() && stale)) {
                return;
            }
            told.put(key, new Told(age.isLate(), age.oldest()));
            if (late != age.isLate()) {
                log(key, age);
            }
        }
        news.accept(key.token());
    }

    private static void log(Key key, CheckAge age) {
        if (age.isLate()) {
            LOG.warn(
                    "account {}: Cloudflare was last compared with {} of {} resources at {}: {}",
                    key.accountId(),
                    age.late(),
                    age.resources(),
                    age.oldest().truncatedTo(ChronoUnit.SECONDS),
                    age.why());
        } else {
            LOG.info("account {}: Cloudflare was compared with {} resources again", key.accountId(), age.resources());
        }
    }

    /** Those of which nothing is left to check. */
    private void forgetAllBut(Map<Key, CheckAge> ages) {
        obstacles.keySet().retainAll(ages.keySet());
        Map<Key, Told> over;
        synchronized (this) {
            over = new HashMap<>(told);
            over.keySet().removeAll(ages.keySet());
            told.keySet().removeAll(over.keySet());
        }
        over.keySet().forEach(key -> news.accept(key.token()));
    }

    private static Duration bounded(Duration delay) {
        if (delay.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return delay.compareTo(LONGEST) > 0 ? LONGEST : delay;
    }
}
