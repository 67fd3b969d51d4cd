package io.maildomain.operator.controller.sweep;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.cloudflare.TokenClients;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The sweeps of all accounts, and which resource is seen by which. Thread-safe. */
public final class Sweeps implements AutoCloseable {

    /** So that the reconciles of a large account do not stand in the way of a user's. */
    private static final Duration BETWEEN_WAKES = Duration.ofMillis(5);

    private final TokenClients tokens;
    private final Clock clock;
    private final Rhythm rhythm;
    private final Resources resources;
    private final Tasks tasks;
    private final Listener listener;
    private final Findings findings;
    private final Map<Key, AccountSweeps> accounts = new HashMap<>();
    private final Map<String, Key> members = new HashMap<>();

    /**
     * Sweeps nothing until a resource asks for it.
     *
     */
    public Sweeps(
            TokenClients tokens, Clock clock, Rhythm rhythm, Resources resources, Tasks tasks, Listener listener) {
        this.tokens = tokens;
        this.clock = clock;
        this.rhythm = rhythm;
        this.resources = resources;
        this.tasks = tasks;
        this.listener = listener;
        this.findings = new Findings(clock, resources, new CheckAges(clock, tasks, listener::ageChanged));
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

    /** What is healthy. */
    public interface Resources {
        /** Has it reconciled. */
        void wake(HasMetadata resource);

        /** Its version, as the watches have it; empty where they know of none. */
        Optional<String> versionOf(HasMetadata resource);
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
        boolean refused = isRefused(subject);
        Subject member = findings.due(subject);
        AccountSweeps account = joined(member);
        findings.due(member, account.interval());
        return account.check(member, findings.look(member.uid()), refused);
    }

    /** The resource has looked for itself, and all is well: sweeps may see to it from here on. */
    public void foundWell(Subject subject) {
        AccountSweeps account = joined(subject);
        account.looked(true);
        findings.well(subject, account.isSweeping() ? account.interval() : rhythm.ofOwnLooks());
    }

    /**
     * The resource is not well, or not to be swept: it goes on looking for itself.
     *
     * @param asked whether Cloudflare was asked: one that made no call has not looked
     */
    public void looked(String uid, boolean asked) {
        if (asked) {
            findings.notWell(uid);
            sweepsOf(uid).ifPresent(account -> account.looked(true));
        }
        findings.saysItself(uid);
        leave(uid);
    }

    /**
     * The resource is as healthy as it was, as far as is known: it could not be compared with Cloudflare.
     *
     * @param asked as with {@link #looked}
     * @param why what stood in the way
     */
    public void hindered(String uid, boolean asked, Reason why) {
        findings.hindered(uid, why.name());
        Optional<AccountSweeps> account = sweepsOf(uid);
        account.filter(ofIt -> asked).ifPresent(ofIt -> ofIt.looked(false));
        // Where no sweep has an answer either, that says nothing of this resource.
        if (asked && account.filter(AccountSweeps::isUnanswered).isEmpty()) {
            findings.notWell(uid);
            leave(uid);
        }
    }

    /** Whether sweeps see to the resource with this UID. */
    public boolean seeTo(String uid) {
        return sweepsOf(uid).flatMap(AccountSweeps::view).isPresent();
    }

    private synchronized Optional<AccountSweeps> sweepsOf(String uid) {
        return Optional.ofNullable(members.get(uid)).map(accounts::get);
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
        findings.forget(uid);
        leave(uid);
    }

    /** The resources of which something is remembered. */
    public synchronized Set<String> uids() {
        Set<String> all = new HashSet<>(findings.uids());
        all.addAll(members.keySet());
        return all;
    }

    /** How old what is known with the token of this fingerprint is; empty where that is not known yet, soon after a start. */
    public Optional<CheckAge> ageOf(String token) {
        return findings.ageOf(token);
    }

    /** How old what is known is, by the fingerprint of the token: of those with which nothing healthy is compared there is none. */
    public Map<String, CheckAge> ages() {
        return findings.ages().entrySet().stream()
                .collect(Collectors.toMap(age -> age.getKey().token(), Map.Entry::getValue, CheckAge::and));
    }

    /** How it is with the checks of each token and account. */
    public List<State> states() {
        Instant now = now();
        return findings.ages().entrySet().stream()
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

    void differs(Subject subject) {
        joined(subject).differs();
    }

    /** When the latest sweep began that told of the resource what its status says; empty where it has looked for itself since. */
    public Optional<Instant> foundWellBySweep(String uid) {
        return findings.foundWellBySweep(uid);
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

    /** Whether Cloudflare refuses its token. */
    boolean isRefused(Subject member) {
        return tokens.standing(member.place().token()).refusal().isPresent();
    }

    /** Whether the resource has looked for itself since the start. */
    boolean hasLooked(String uid) {
        return findings.look(uid).isPresent();
    }

    Findings findings() {
        return findings;
    }

    void wake(List<Subject> woken) {
        int number = 0;
        for (Subject each : woken) {
            HasMetadata resource = each.resource();
            tasks.soon(BETWEEN_WAKES.multipliedBy(number++), () -> resources.wake(resource));
        }
    }

    void count(String result, int calls) {
        listener.ended(result, calls);
    }
}
