package io.maildomain.operator.controller.sweep;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.maildomain.operator.cloudflare.Cloudflare;
import io.maildomain.operator.cloudflare.TokenClients;
import io.maildomain.operator.controller.sweep.LookMemory.Look;
import io.maildomain.operator.controller.sweep.NotSwept.Why;
import io.maildomain.operator.controller.sweep.plan.CheckDecision;
import io.maildomain.operator.controller.sweep.plan.ListWorth;
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
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** The sweeps of all accounts, and which resource is seen by which. Thread-safe. */
public final class Sweeps implements AutoCloseable {

    /** So many sweeps old may be what is known of a subdomain's records, which no list holds. */
    private static final int SWEEPS_WITHOUT_RECORDS = 6;

    private final TokenClients tokens;
    private final Clock clock;
    private final IntFunction<Duration> interval;
    private final Consumer<HasMetadata> wake;
    private final Tasks tasks;
    private final Counting counting;
    private final LookMemory memory = new LookMemory();
    private final Map<Key, AccountSweeps> accounts = new HashMap<>();
    private final Map<String, Key> members = new HashMap<>();

    /**
     * Sweeps nothing until a resource asks for it.
     *
     * @param interval how often accounts are swept, by the calls that one round over all of them takes
     * @param wake has a resource reconciled
     * @param counting is told of each sweep
     */
    public Sweeps(
            TokenClients tokens,
            Clock clock,
            IntFunction<Duration> interval,
            Consumer<HasMetadata> wake,
            Tasks tasks,
            Counting counting) {
        this.tokens = tokens;
        this.clock = clock;
        this.interval = interval;
        this.wake = wake;
        this.tasks = tasks;
        this.counting = counting;
    }

    /** @param token its fingerprint */
    record Key(String token, String accountId) {}

    /** Told of each sweep that ended. */
    @FunctionalInterface
    public interface Counting {
        /** @param result {@code done} or {@code failed} */
        void ended(String result, int calls);
    }

    /**
     * How an account's sweeps go.
     *
     * @param token the fingerprint of the token that they use
     * @param members the resources that they see
     * @param age since the last one that was done began
     */
    public record State(String token, int members, Duration age, Duration interval) {}

    /** Whether a place in a token's queue is that of a sweep rather than of a resource. */
    public static boolean isSweep(String uid) {
        return uid.startsWith("sweep/");
    }

    /** How this resource, which is healthy, is compared with Cloudflare now; from here on sweeps see it. */
    public CheckDecision decide(Subject subject) {
        boolean refused = tokens.standing(subject.place().token()).refusal().isPresent();
        return joined(subject).decide(subject, memory.of(subject.uid()), refused);
    }

    /**
     * Cloudflare as the last sweep saw it, for this resource.
     *
     * @param own its own client, for what no list tells; it takes its turn at the first call
     * @throws NotSwept where there is no sweep to go by
     */
    public Cloudflare seenBy(Subject subject, CheckDecision decision, Supplier<Cloudflare> own) {
        AccountSweeps account = joined(subject);
        Optional<AccountView> view = decision instanceof CheckDecision.Swept ? account.view() : Optional.empty();
        Duration goodFor = account.interval().multipliedBy(SWEEPS_WITHOUT_RECORDS);
        String uid = subject.uid();
        return view.<Cloudflare>map(seen -> new SweptCloudflare(
                        subject,
                        seen,
                        own,
                        host -> memory.records(uid, host, now(), goodFor),
                        (host, report) -> memory.learn(uid, host, report, now())))
                .orElseThrow(() -> new NotSwept(Why.AWAITED));
    }

    /** How long a resource that a sweep found well waits for the next one before it looks for itself. */
    public Duration patience(Subject subject) {
        return ListWorth.goodFor(joined(subject).interval());
    }

    /** Whether the resource itself found all well within the last interval: a list may be older than what it should hold. */
    public boolean foundWellLately(Subject subject) {
        Instant recent = now().minus(joined(subject).interval());
        return memory.of(subject.uid())
                .filter(look -> look.well() && look.at().isAfter(recent))
                .isPresent();
    }

    /** The resource has looked for itself, and all is well: sweeps may see to it from here on. */
    public void foundWell(Subject subject) {
        memory.looked(subject.uid(), new Look(now(), subject.place().key().token(), true));
        joined(subject);
    }

    /**
     * The resource is not well, or not to be swept: it goes on looking for itself.
     *
     * @param asked whether Cloudflare was asked: one that made no call has not looked
     */
    public void looked(String uid, boolean asked) {
        if (asked) {
            String token = memory.of(uid).map(Look::token).orElse("");
            memory.looked(uid, new Look(now(), token, false));
        }
        leave(uid);
    }

    /** The last sweep saw something else of it than its status says: it looks for itself now. */
    public void differs(Subject subject) {
        joined(subject).differs();
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
        leave(uid);
    }

    /** The resources of which something is remembered. */
    public synchronized Set<String> uids() {
        Set<String> all = new HashSet<>(memory.uids());
        all.addAll(members.keySet());
        return all;
    }

    /** How the sweeps of each account go. */
    public synchronized List<State> states() {
        return accounts.values().stream()
                .flatMap(account -> account.state().stream())
                .toList();
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
        return interval.apply(calls);
    }

    /** Whether the resource has looked for itself since the start. */
    boolean hasLooked(String uid) {
        return memory.of(uid).isPresent();
    }

    void wake(HasMetadata resource) {
        wake.accept(resource);
    }

    void count(String result, int calls) {
        counting.ended(result, calls);
    }
}
