package io.maildomain.simulator.state;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The simulated Cloudflare's memory: immutable values under their ids. Not safe for use by several threads: a thread that
 * holds it serves one call at a time.
 */
public final class World {

    private static final Comparator<DnsRecord> DNS_ORDER = Comparator.comparing(DnsRecord::type)
            .thenComparing(DnsRecord::name)
            .thenComparing(DnsRecord::content)
            .thenComparing(DnsRecord::id);

    private final Clock clock;
    private final Map<String, Account> accounts = new LinkedHashMap<>();
    private final Map<String, Token> tokens = new TreeMap<>();
    private final Map<String, Token> tokensByValue = new HashMap<>();
    private final Map<String, Zone> zones = new LinkedHashMap<>();
    private final SortedMap<String, Integer> refusedDomains = new TreeMap<>();
    private final SortedMap<String, HostAnswer> answers = new TreeMap<>();
    private History history = new History(null);
    private long revision;

    /** A world with the default account and the start token. */
    public World(Clock clock) {
        this.clock = clock;
        put(Account.empty(Account.DEFAULT_ID, "Simulated account", now()));
        put(Token.start());
    }

    /** The time that this world goes by, to the microsecond as Cloudflare's. */
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** Grows with every change. */
    public long revision() {
        return revision;
    }

    public Collection<Account> accounts() {
        return Collections.unmodifiableCollection(accounts.values());
    }

    public Optional<Account> account(String id) {
        return Optional.ofNullable(accounts.get(id));
    }

    /** The account that is meant where none is named. */
    public Optional<Account> firstAccount() {
        return accounts.values().stream().findFirst();
    }

    public Account put(Account account) {
        accounts.put(account.id(), account);
        revision++;
        return account;
    }

    public Collection<Token> tokens() {
        return Collections.unmodifiableCollection(tokens.values());
    }

    public Optional<Token> token(String name) {
        return Optional.ofNullable(tokens.get(name));
    }

    public Optional<Token> tokenOfValue(String value) {
        return Optional.ofNullable(tokensByValue.get(value));
    }

    public Token put(Token token) {
        Token sameValue = tokensByValue.get(token.value());
        if (sameValue != null && !sameValue.name().equals(token.name())) {
            throw new IllegalArgumentException(
                    "token '" + sameValue.name() + "' has the same value as '" + token.name() + "'");
        }
        removeToken(token.name());
        tokens.put(token.name(), token);
        tokensByValue.put(token.value(), token);
        revision++;
        return token;
    }

    public boolean removeToken(String name) {
        Token gone = tokens.remove(name);
        if (gone == null) {
            return false;
        }
        tokensByValue.remove(gone.value());
        revision++;
        return true;
    }

    public Collection<Zone> zones() {
        return Collections.unmodifiableCollection(zones.values());
    }

    public Optional<Zone> zone(String id) {
        return Optional.ofNullable(zones.get(id));
    }

    public List<Zone> zonesNamed(String name) {
        return zones.values().stream().filter(zone -> zone.name().equals(name)).toList();
    }

    public List<Zone> zonesOf(String accountId) {
        return zones.values().stream()
                .filter(zone -> zone.accountId().equals(accountId))
                .toList();
    }

    /** Keeps a new zone, and remembers that its name was added. */
    public Zone add(Zone zone) {
        history = history.withAddition(zone.name(), now());
        return put(zone);
    }

    public Zone put(Zone zone) {
        zones.put(zone.id(), zone);
        revision++;
        return zone;
    }

    public boolean removeZone(String id) {
        revision++;
        accounts.replaceAll(
                (accountId, account) -> account.withPlatform(account.platform().withoutZone(id)));
        return zones.remove(id) != null;
    }

    public History history() {
        return history;
    }

    /** The error code with which adding that domain is refused, if it is. */
    public Optional<Integer> refusalOf(String domain) {
        return Optional.ofNullable(refusedDomains.get(domain));
    }

    public void refuse(String domain, int code) {
        refusedDomains.put(domain, code);
        revision++;
    }

    public boolean allow(String domain) {
        revision++;
        return refusedDomains.remove(domain) != null;
    }

    /** What a host answers, where a user has said so. */
    public Optional<HostAnswer> answer(String host) {
        return Optional.ofNullable(answers.get(host));
    }

    public void putAnswer(String host, HostAnswer answer) {
        answers.put(host, answer);
        revision++;
    }

    public boolean removeAnswer(String host) {
        revision++;
        return answers.remove(host) != null;
    }

    /** All of it, in a fixed order. */
    public WorldState state(Map<String, String> quirks) {
        return new WorldState(
                accounts.values().stream()
                        .sorted(Comparator.comparing(Account::id))
                        .map(World::inOrder)
                        .toList(),
                List.copyOf(tokens.values()),
                zones.values().stream()
                        .sorted(Comparator.comparing(Zone::name).thenComparing(Zone::id))
                        .map(zone -> zone.withDnsRecords(
                                zone.dnsRecords().stream().sorted(DNS_ORDER).toList()))
                        .toList(),
                refusedDomains,
                answers,
                new TreeMap<>(quirks),
                history);
    }

    private static Account inOrder(Account account) {
        return account.withAddresses(account.addresses().stream()
                        .sorted(Comparator.comparing(DestinationAddress::email))
                        .toList())
                .withWorkers(account.workers().stream()
                        .sorted(Comparator.comparing(Worker::name))
                        .toList())
                .withPlatform(inOrder(account.platform()));
    }

    private static Platform inOrder(Platform platform) {
        return platform.withDatabases(platform.databases().stream()
                        .sorted(Comparator.comparing(Database::name).thenComparing(Database::uuid))
                        .toList())
                .withBuckets(platform.buckets().stream()
                        .sorted(Comparator.comparing(Bucket::name).thenComparing(Bucket::jurisdiction))
                        .toList())
                .withPages(platform.pages().stream()
                        .sorted(Comparator.comparing(PagesProject::name))
                        .toList())
                .withCustomDomains(platform.customDomains().stream()
                        .sorted(Comparator.comparing(CustomDomain::hostname))
                        .toList());
    }

    /**
     * Forgets everything and holds that state instead.
     *
     * @throws IllegalArgumentException where it contradicts itself; then nothing sensible is held
     */
    public void load(WorldState state) {
        accounts.clear();
        tokens.clear();
        tokensByValue.clear();
        zones.clear();
        refusedDomains.clear();
        Dates dates = new Dates(now());
        state.accounts().forEach(account -> put(dates.complete(account)));
        state.tokens().forEach(this::put);
        for (Zone zone : state.zones()) {
            if (!accounts.containsKey(zone.accountId())) {
                throw new IllegalArgumentException(
                        "zone " + zone.name() + " lies in account " + zone.accountId() + ", which is not there");
            }
            put(dates.complete(zone));
        }
        refusedDomains.putAll(state.refusedDomains());
        answers.clear();
        answers.putAll(state.answers());
        history = state.history();
        revision++;
    }
}
