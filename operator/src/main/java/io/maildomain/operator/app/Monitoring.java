package io.maildomain.operator.app;

import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationService;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.health.InformerHealthIndicator;
import io.javaoperatorsdk.operator.health.InformerWrappingEventSourceHealthIndicator;
import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.operator.app.OperatorRuntime.Surroundings;
import io.maildomain.operator.app.metrics.ReconcileMetrics;
import io.maildomain.operator.app.metrics.ResourceGauges;
import io.maildomain.operator.app.metrics.SweepWatch;
import io.maildomain.operator.app.metrics.Watchdog;
import io.maildomain.operator.cloudflare.CallMetrics;
import io.maildomain.operator.cloudflare.CloudflareClients;
import io.maildomain.operator.cloudflare.ratelimit.Ticker;
import io.maildomain.operator.config.OperatorSettings;
import io.maildomain.operator.controller.account.AccountTokens;
import io.maildomain.operator.controller.sweep.CheckAge;
import io.maildomain.operator.controller.sweep.Sweeps;
import io.maildomain.operator.controller.sweep.Tasks;
import io.maildomain.operator.kubernetes.informers.InformerCache;
import io.maildomain.operator.kubernetes.informers.ResourceCache;
import io.maildomain.operator.metrics.DriftCounters;
import io.maildomain.operator.metrics.Label;
import io.maildomain.operator.metrics.Metric;
import io.maildomain.operator.metrics.ScrapedGauges;
import io.maildomain.operator.metrics.ScrapedGauges.Sample;
import io.maildomain.operator.server.http.ProbeResult;
import io.maildomain.operator.status.Requeue;
import io.maildomain.operator.statuspage.StatusPages;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** What is measured of reconciling, and what its probes go by. */
final class Monitoring {

    private final PrometheusMeterRegistry meters;
    private final ScrapedGauges gauges = new ScrapedGauges();
    private final Watchdog watchdog;
    private final SweepWatch sweepWatch;
    private final Metrics ofSdk;
    private final DriftCounters drift;
    private final AccountTokens accountTokens = new AccountTokens(name -> calls().forget(name));
    private final CallMetrics calls;

    Monitoring(Surroundings surroundings) {
        this(surroundings, Ticker.system());
    }

    /** @param ticker what the probes go by */
    Monitoring(Surroundings surroundings, Ticker ticker) {
        OperatorSettings settings = surroundings.settings();
        meters = surroundings.meters();
        Watchdog.Limits limits = Watchdog.Limits.of(
                settings.cloudflare().callTimeout(), ConfigurationService.DEFAULT_RECONCILIATION_THREADS_NUMBER);
        watchdog = new Watchdog(limits, ticker);
        sweepWatch = new SweepWatch(limits, ticker);
        watchdog.addTo(gauges);
        ofSdk = new ReconcileMetrics(
                meters, watchdog, settings.retries().transients().cap());
        drift = new DriftCounters(meters);
        calls = new CallMetrics(meters, token -> accountTokens.nameFor(token).orElse(CallMetrics.NONE));
        Stream.of("done", "failed").forEach(outcome -> Metric.SWEEPS.counter(meters, outcome));
        for (Requeue each : Requeue.values()) {
            Metric.REQUEUES.counter(meters, Label.of(each));
        }
        meters.getPrometheusRegistry().register(gauges);
    }

    /** For {@code withMetrics}. */
    Metrics ofSdk() {
        return ofSdk;
    }

    CallMetrics calls() {
        return calls;
    }

    DriftCounters drift() {
        return drift;
    }

    /** Which accounts a token serves: its calls are counted under their name. */
    AccountTokens accountTokens() {
        return accountTokens;
    }

    /** A reconcile came to this. */
    void requeued(Requeue requeue) {
        Metric.REQUEUES.counter(meters, Label.of(requeue)).increment();
    }

    /** What sweeps do, as the liveness probe sees it. */
    Tasks watching(Tasks tasks) {
        return sweepWatch.watching(tasks);
    }

    /**
     * Counts sweeps.
     *
     * @param ofAccount reconciles an account of whose checks there is something else to say
     */
    Sweeps.Listener sweeps(Consumer<CloudflareAccount> ofAccount) {
        return new Sweeps.Listener() {
            @Override
            public void ended(String outcome, int requests) {
                Metric.SWEEPS.counter(meters, outcome).increment();
                Metric.SWEEP_REQUESTS.counter(meters).increment(requests);
            }

            @Override
            public void ageChanged(String token) {
                accountTokens.usersOf(token).forEach(ofAccount);
            }
        };
    }

    /** From now on a scrape says how these resources are, what is left of their tokens' budgets, and how old what sweeps saw is. */
    void follow(InformerCache resources, CloudflareClients clients, Supplier<List<Sweeps.State>> sweeps, Clock clock) {
        gauges.add(Metric.SWEEP_AGE, () -> ofSweeps(sweeps, state -> state.age().toMillis() / 1000.0));
        gauges.add(
                Metric.SWEEP_INTERVAL,
                () -> ofSweeps(sweeps, state -> state.interval().toMillis() / 1000.0));
        gauges.add(Metric.SWEPT_RESOURCES, () -> ofSweeps(sweeps, Sweeps.State::members));
        ResourceGauges.add(gauges, resources, clock);
        gauges.add(Metric.CLOUDFLARE_BUDGET_LEFT, () -> accountTokens.fingerprints().entrySet().stream()
                .flatMap(account -> sample(clients.left(account.getValue()), account.getKey())));
    }

    /** The status page over the same. */
    StatusPages pages(
            Surroundings surroundings,
            ResourceCache resources,
            CloudflareClients clients,
            Supplier<Map<String, CheckAge>> ages) {
        return new StatusPages(
                surroundings.version(),
                resources,
                new AccountLevels(accountTokens::fingerprints, clients::level, ages, surroundings.clock()),
                surroundings.clock());
    }

    /** Of several under one name the largest: the oldest, the slowest. */
    private Stream<Sample> ofSweeps(Supplier<List<Sweeps.State>> sweeps, ToDoubleFunction<Sweeps.State> value) {
        Map<String, Double> largest = new TreeMap<>();
        sweeps.get()
                .forEach(state -> largest.merge(
                        accountTokens.nameOf(state.token()).orElse(CallMetrics.NONE),
                        value.applyAsDouble(state),
                        Math::max));
        return largest.entrySet().stream().map(entry -> Sample.of(entry.getValue(), entry.getKey()));
    }

    private static Stream<Sample> sample(OptionalLong left, String account) {
        return left.stream().mapToObj(requests -> Sample.of(requests, account));
    }

    /**
     * Whether a restart would not help.
     *
     * @param informersRun whether ours do
     */
    ProbeResult liveness(Operator operator, BooleanSupplier informersRun) {
        if (!informersRun.getAsBoolean() || !informers(operator).allMatch(InformerHealthIndicator::isRunning)) {
            return ProbeResult.fail("an informer has stopped");
        }
        return watchdog.trouble()
                .or(sweepWatch::trouble)
                .map(ProbeResult::fail)
                .orElseGet(() -> ProbeResult.pass("ok"));
    }

    /**
     * Whether everything is known that is reconciled by. That a watch is interrupted for a moment says nothing: it is opened again, and whether it stands just now
     * cannot be told from outside (the SDK's issue 2978).
     */
    ProbeResult readiness(Operator operator, BooleanSupplier informersSynced) {
        Predicate<InformerHealthIndicator> runs = InformerHealthIndicator::isRunning;
        boolean synced = informersSynced.getAsBoolean()
                && informers(operator).allMatch(runs.and(InformerHealthIndicator::hasSynced));
        return synced
                ? ProbeResult.pass("ready, leading")
                : ProbeResult.fail("not all resources have been read from the API server yet");
    }

    /** Those of the SDK; none before it has started. */
    private static Stream<InformerHealthIndicator> informers(Operator operator) {
        if (!operator.getRuntimeInfo().isStarted()) {
            return Stream.empty();
        }
        return operator.getRuntimeInfo().getRegisteredControllers().stream()
                .flatMap(controller ->
                        controller.getControllerHealthInfo().informerEventSourceHealthIndicators().values().stream())
                .map(source -> (InformerWrappingEventSourceHealthIndicator<?>) source)
                .flatMap(source -> source.informerHealthIndicators().values().stream());
    }
}
