package io.maildomain.operator.cloudflare;

import io.maildomain.operator.cloudflare.ratelimit.Allowance;
import io.maildomain.operator.cloudflare.ratelimit.Applicant;
import io.maildomain.operator.cloudflare.ratelimit.BudgetGroup;
import io.maildomain.operator.cloudflare.ratelimit.BudgetLevel;
import io.maildomain.operator.cloudflare.ratelimit.LimitSettings;
import io.maildomain.operator.cloudflare.ratelimit.Place;
import io.maildomain.operator.cloudflare.ratelimit.ServiceClass;
import io.maildomain.operator.cloudflare.ratelimit.Ticker;
import io.maildomain.operator.cloudflare.ratelimit.TokenLimits;
import io.maildomain.operator.credentials.ApiToken;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The clients of all tokens: they share connections, and each token has one circuit breaker, however many ask for its client. Budget
 * and queue are its own as well, unless it shares them with others. A token that was not asked for in a day is forgotten. Thread-safe.
 */
public final class CloudflareClients implements TokenClients, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Cloudflare.class);
    private static final Duration KEPT_UNUSED = Duration.ofDays(1);
    /** A user who may write a Secret could put a new token in it every second. */
    static final int MOST = 10_000;

    private final Transport transport;
    private final LimitSettings limits;
    private final Clock clock;
    private final Ticker ticker;
    private final CallMetrics metrics;
    private final BooleanSupplier mayWrite;
    private final Consumer<TokenNews> learned;
    private final Executor verifying;
    /** By the token's fingerprint: no readable token is a key. In the order of their last use. */
    private final Map<String, Entry> entries = new LinkedHashMap<>(64, 0.75f, true);
    /** Those that tokens share, by name. */
    private final Map<String, BudgetGroup> shared = new HashMap<>();
    /** Resources that wait, by UID: one that leaves and never waited is not looked for in the queues of all. */
    private final Set<String> waited = ConcurrentHashMap.newKeySet();

    private volatile Function<String, Optional<String>> budgets = fingerprint -> Optional.empty();

    /** @param budget the name of what it shares; "" where it shares nothing */
    private record Entry(
            CallExecutor executor, TokenMemory memory, TokenLimits limits, String budget, Duration usedAt) {

        Turn turn(Allowance allowance) {
            CallExecutor ofTurn = executor.drawingOn(allowance);
            return new Turn(new TokenCloudflare(ofTurn), new TokenDeployClient(ofTurn), () -> limits.leave(allowance));
        }
    }

    /** Clients whose tokens' standing no caller waits for: none of them is verified in the background. */
    public CloudflareClients(ClientSettings settings, Clock clock, MeterRegistry registry, BooleanSupplier mayWrite) {
        this(settings, clock, Ticker.system(), registry, mayWrite);
    }

    /** The same, on a time of its own. */
    public CloudflareClients(
            ClientSettings settings, Clock clock, Ticker ticker, MeterRegistry registry, BooleanSupplier mayWrite) {
        this(settings, clock, ticker, unowned(registry), mayWrite, news -> {}, verification -> {});
    }

    /** @param learned is told of each change of a token's standing; on the thread of the call that showed it */
    public CloudflareClients(
            ClientSettings settings,
            Clock clock,
            CallMetrics metrics,
            BooleanSupplier mayWrite,
            Consumer<TokenNews> learned) {
        this(settings, clock, Ticker.system(), metrics, mayWrite, learned, ForkJoinPool.commonPool());
    }

    /** @param verifying runs the verification of a token that was refused; not on the thread of the call that showed it */
    CloudflareClients(
            ClientSettings settings,
            Clock clock,
            Ticker ticker,
            CallMetrics metrics,
            BooleanSupplier mayWrite,
            Consumer<TokenNews> learned,
            Executor verifying) {
        this.transport = new Transport(settings);
        this.limits = new LimitSettings(
                settings.requestsPerWindow(),
                settings.window(),
                settings.reservePercent(),
                settings.authRetryBase(),
                settings.authRetryCap());
        this.clock = clock;
        this.ticker = ticker;
        this.metrics = metrics;
        metrics.waiting(this::waiting);
        this.mayWrite = mayWrite;
        this.learned = learned;
        this.verifying = verifying;
    }

    /**
     * Which tokens share one budget from now on. It is asked each time that a token is used, so an answer may change.
     *
     * @param names gives the name of the budget of a token by its fingerprint; empty where it shares none
     */
    public void sharing(Function<String, Optional<String>> names) {
        budgets = names;
    }

    private static CallMetrics unowned(MeterRegistry registry) {
        return new CallMetrics(registry, token -> CallMetrics.NONE);
    }

    @Override
    public Cloudflare forToken(ApiToken token) {
        return new TokenCloudflare(entry(token).executor());
    }

    @Override
    public Admission enter(ApiToken token, Applicant applicant) {
        Entry entry = entry(token);
        Place place = entry.limits().enter(applicant);
        if (place instanceof Place.InLine line) {
            metrics.postponed(line.cause());
            waited.add(applicant.uid());
            return new Admission.Waiting(line.pause(), line.expected(), line.waited(), line.cause());
        }
        Place.Served served = (Place.Served) place;
        metrics.waited(applicant.serviceClass(), served.waited());
        return new Admission.Admitted(entry.turn(served.allowance()));
    }

    /** The resources that wait for their turn. */
    public Set<String> waiting() {
        return all().flatMap(budget -> budget.waiting().stream()).collect(Collectors.toSet());
    }

    /** The resources of which something is remembered: those that wait, and those that waited and have not {@linkplain #leave left}. */
    public Set<String> uids() {
        return Set.copyOf(waited);
    }

    @Override
    public void leave(String uid) {
        if (waited.remove(uid)) {
            // Of all: its token may have joined another budget since.
            all().forEach(budget -> budget.forget(uid));
        }
    }

    private int waiting(ServiceClass serviceClass) {
        return all().mapToInt(budget -> budget.waiting(serviceClass)).sum();
    }

    /**
     * How many requests may be sent at once with any of these tokens; empty where none of them was used yet.
     *
     * @param fingerprints of the tokens
     */
    public OptionalLong left(Set<String> fingerprints) {
        return of(fingerprints).mapToLong(TokenLimits::left).min();
    }

    /**
     * The budget with the least left of those that these tokens draw on; empty where none of them was used yet.
     *
     * @param fingerprints of the tokens
     */
    public Optional<BudgetLevel> level(Set<String> fingerprints) {
        return of(fingerprints).map(TokenLimits::level).min(Comparator.comparingLong(BudgetLevel::left));
    }

    private synchronized Stream<TokenLimits> of(Set<String> fingerprints) {
        return fingerprints.stream().map(entries::get).filter(Objects::nonNull).map(Entry::limits).toList().stream();
    }

    /** Each once, however many tokens share it. */
    private synchronized Stream<BudgetGroup> all() {
        return entries.values().stream().map(entry -> entry.limits().group()).distinct().toList().stream();
    }

    @Override
    public TokenStanding standing(ApiToken token) {
        return entry(token).memory().standing();
    }

    @Override
    public void forgetRefusals(ApiToken token) {
        entry(token).memory().forgetRefusals();
    }

    /** The Secret that this token is in was changed: that Cloudflare refused it before is old news. */
    public synchronized void reopen(ApiToken token) {
        Entry known = entries.get(token.fingerprint());
        if (known != null) {
            known.limits().reset();
        }
    }

    private synchronized Entry entry(ApiToken token) {
        Duration now = ticker.elapsed();
        Iterator<Entry> longestUnused = entries.values().iterator();
        while (longestUnused.hasNext() && isToGo(longestUnused.next(), now)) {
            longestUnused.remove();
        }
        String budget = budgets.apply(token.fingerprint()).orElse("");
        Entry known = entries.get(token.fingerprint());
        boolean moves = known == null ? !budget.isEmpty() : !known.budget().equals(budget);
        Entry entry = known == null ? fresh(token, now) : known;
        if (moves) {
            entry.limits().join(budget.isEmpty() ? newGroup() : shared.computeIfAbsent(budget, name -> newGroup()));
        }
        Entry used = new Entry(entry.executor(), entry.memory(), entry.limits(), budget, now);
        entries.put(token.fingerprint(), used);
        if (moves || shared.size() > entries.size()) {
            shared.keySet()
                    .retainAll(entries.values().stream().map(Entry::budget).collect(Collectors.toSet()));
        }
        return used;
    }

    private BudgetGroup newGroup() {
        return new BudgetGroup(limits, ticker);
    }

    private boolean isToGo(Entry entry, Duration now) {
        return entries.size() > MOST || now.minus(entry.usedAt()).compareTo(KEPT_UNUSED) > 0;
    }

    private Entry fresh(ApiToken token, Duration now) {
        TokenMemory memory = new TokenMemory((was, is) -> learned(new TokenNews(token, was, is)));
        TokenLimits ofToken = new TokenLimits(limits, ticker);
        CallExecutor executor =
                new CallExecutor(transport.with(token), ofToken, memory, mayWrite, metrics.of(token), clock);
        return new Entry(executor, memory, ofToken, "", now);
    }

    /** Whether a token that is refused has expired or was disabled, only Cloudflare can say: it is asked where that never was. */
    private void learned(TokenNews news) {
        learned.accept(news);
        if (news.isRefusal() && news.now().verification().isEmpty()) {
            verifying.execute(() -> verify(news.token()));
        }
    }

    private void verify(ApiToken token) {
        try {
            forToken(token).verifyToken();
        } catch (CloudflareException e) {
            LOG.debug("a refused token could not be verified: {}", e.getMessage());
        }
    }

    /** How many tokens are known at the moment. */
    synchronized int known() {
        return entries.size();
    }

    /** Ends connections and threads. Calls under way may fail. */
    @Override
    public void close() {
        transport.close();
    }
}
