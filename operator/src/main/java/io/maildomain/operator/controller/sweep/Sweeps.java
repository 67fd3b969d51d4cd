package io.maildomain.operator.controller.sweep;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.cloudflare.Cloudflare;
import io.maildomain.operator.cloudflare.TokenClients;
import io.maildomain.operator.controller.sweep.LookMemory.Look;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The sweeps of all accounts, and which resource is seen by which. Thread-safe. */
public final class Sweeps implements AutoCloseable {

    /** So many sweeps old may be what is known of a subdomain's records, which no list holds. */
    private static final int SWEEPS_WITHOUT_RECORDS = 6;

    private final TokenClients tokens;
    private final Clock clock;
    private final Rhythm rhythm;
    private final Consumer<HasMetadata> wake;
    private final Tasks tasks;
    private final Listener listener;
    private final CheckAges ages;
    private final LookMemory memory = new LookMemory();
    private final Map<Key, AccountSweeps> accounts = new HashMap<>();
    private final Map<String, Key> members = new HashMap<>();

    /**
     * Sweeps nothing until a resource asks for it.
     *
     * @param wake has a resource reconciled
     */
    public Sweeps(
            TokenClients tokens,
            Clock clock,
            Rhythm rhythm,
            Consumer<HasMetadata> wake,
            Tasks tasks,
            Listener listener) {
        this.tokens = tokens;
        this.clock = clock;
        this.rhythm = rhythm;
        this.wake = wake;
        this.tasks = tasks;
        this.listener = listener;
        this.ages = new CheckAges(clock, tasks, listener::ageChanged);
    }

    /** @param token its fingerprint */
    record Key(String token, String accountId) {}

    /** Hears how it goes. */
    @FunctionalInterface
    public interface Listener {
        /**
         * A sweep has ended.
         *
         * @param result {@code done} or {@code failed}
         */
        void ended(String result, int calls);

        /** There is something else to say of the checks with the token of this fingerprint: see {@link Sweeps#ageOf}. */
        default void ageChanged(String token) {}
    }

    /** How often what is healthy is compared with Cloudflare. */
    public interface Rhythm {
        /** By sweeps, where one round of all of them takes so many calls. */
        Duration ofSweeps(int calls);

        /** By looks of its own. */
        Duration ofOwnLooks();
    }

    /**
     * How it is with a token's checks.
     *
     * @param token its fingerprint
     * @param members the resources that sweeps see
     */
    public record State(String token, int members, Duration age, Duration interval) {}

    /** Whether a place in a token's queue is that of a sweep rather than of a resource. */
    public static boolean isSweep(String uid) {
        return uid.startsWith("sweep/");
    }

    /** How this resource, which is healthy, is compared with Cloudflare now; from here on sweeps see it. */
    public SubjectCheck check(Subject subject) {
        boolean refused = tokens.standing(subject.place().token()).refusal().isPresent();
        AccountSweeps account = joined(subject);
        ages.due(subject.uid(), subject.place().key(), account.interval());
        return account.check(subject, memory.of(subject.uid()), refused);
    }

    /** The resource has looked for itself, and all is well: sweeps may see to it from here on. */
    public void foundWell(Subject subject) {
        Key key = subject.place().key();
        memory.looked(subject.uid(), new Look(now(), key.token(), true));
        AccountSweeps account = joined(subject);
        ages.checked(subject.uid(), key, now(), account.isSweeping() ? account.interval() : rhythm.ofOwnLooks());
    }

    /**
     * The resource is not well, or not to be swept: it goes on looking for itself.
     *
     * @param asked whether Cloudflare was asked: one that made no call has not looked
     */
    public void looked(String uid, boolean asked) {
        if (asked) {
            remember(uid);
        }
        ages.gone(uid);
        leave(uid);
    }

    /**
     * The resource is as healthy as it was, as far as is known: it could not be compared with Cloudflare.
     *
     * @param asked as with {@link #looked}
     * @param why what stood in the way
     */
    public void hindered(String uid, boolean asked, Reason why) {
        ages.hindered(uid, why.name());
        if (asked) {
            remember(uid);
            leave(uid);
        }
    }

    private void remember(String uid) {
        String token = memory.of(uid).map(Look::token).orElse("");
        memory.looked(uid, new Look(now(), token, false));
    }

    /** Whether sweeps see to the resource with this UID. */
    public synchronized boolean seeTo(String uid) {
        Key key = members.get(uid);
        AccountSweeps account = key == null ? null : accounts.get(key);
        return account != null && account.view().isPresent();
    }

    /** Calls that one round of all sweeps takes. Cloudflare counts by user, and a user may have made all the tokens. */
    public int cost() {
        List<AccountSweeps> all;
        synchronized (this) {
            all = List.copyOf(accounts.values());
        }
        return all.stream().mapToInt(AccountSweeps::cost).sum();
    }

    /** The resource is gone. */
    public void forget(String uid) {
        memory.forget(uid);
        ages.gone(uid);
        leave(uid);
    }

    /** The resources of which something is remembered. */
    public synchronized Set<String> uids() {
        Set<String> all = new HashSet<>(memory.uids());
        all.addAll(members.keySet());
        return all;
    }

    /** How old what is known with the token of this fingerprint is; empty where that is not known yet, soon after a start. */
    public Optional<CheckAge> ageOf(String token) {
        return ages.of(token);
    }

    /** How it is with the checks of each token and account. */
    public List<State> states() {
        Instant now = now();
        return ages.ages().entrySet().stream()
                .map(each -> new State(
                        each.getKey().token(),
                        seenIn(each.getKey()),
                        Duration.between(each.getValue().oldest(), now),
                        each.getValue().interval()))
                .toList();
    }

    private synchronized int seenIn(Key key) {
        AccountSweeps account = accounts.get(key);
        return account == null ? 0 : account.seen();
    }

    @Override
    public void close() {
        tasks.close();
    }

    private synchronized AccountSweeps joined(Subject subject) {
        Key key = subject.place().key();
        if (!key.equals(members.put(subject.uid(), key))) {
            accounts.forEach((other, account) -> {
                if (!other.equals(key)) {
                    account.leave(subject.uid());
                }
            });
            accounts.values().removeIf(AccountSweeps::isEmpty);
        }
        AccountSweeps account = accounts.computeIfAbsent(key, fresh -> new AccountSweeps(fresh, this));
        account.join(subject);
        return account;
    }

    private synchronized void leave(String uid) {
        Key key = members.remove(uid);
        AccountSweeps account = key == null ? null : accounts.get(key);
        if (account != null && account.leave(uid)) {
            accounts.remove(key);
        }
    }

    // ---- for the check of one resource

    Cloudflare seenBy(Subject subject, AccountView view, Duration interval, Supplier<Cloudflare> own) {
        Duration goodFor = interval.multipliedBy(SWEEPS_WITHOUT_RECORDS);
        String uid = subject.uid();
        return new SweptCloudflare(
                subject,
                view,
                own,
                host -> memory.records(uid, host, now(), goodFor),
                (host, report) -> memory.learn(uid, host, report, now()));
    }

    boolean foundWell(Subject subject, Duration lately) {
        Instant recent = now().minus(lately);
        return memory.of(subject.uid())
                .filter(look -> look.well() && look.at().isAfter(recent))
                .isPresent();
    }

    void asBefore(Subject subject, AccountView view, Duration interval) {
        ages.checked(subject.uid(), subject.place().key(), view.began(), interval);
    }

    void differs(Subject subject) {
        joined(subject).differs();
    }

    // ---- for the sweeps of an account

    Instant now() {
        return clock.instant();
    }

    Clock clock() {
        return clock;
    }

    TokenClients tokens() {
        return tokens;
    }

    Tasks tasks() {
        return tasks;
    }

    Duration intervalFor(int calls) {
        return rhythm.ofSweeps(calls);
    }

    /** Whether the resource has looked for itself since the start. */
    boolean hasLooked(String uid) {
        return memory.of(uid).isPresent();
    }

    CheckAges ages() {
        return ages;
    }

    void wake(HasMetadata resource) {
        wake.accept(resource);
    }

    void count(String result, int calls) {
        listener.ended(result, calls);
    }
}
