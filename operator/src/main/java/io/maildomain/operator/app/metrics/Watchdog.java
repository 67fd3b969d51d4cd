package io.maildomain.operator.app.metrics;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.maildomain.operator.cloudflare.ratelimit.Ticker;
import io.maildomain.operator.metrics.Metric;
import io.maildomain.operator.metrics.ScrapedGauges;
import io.maildomain.operator.metrics.ScrapedGauges.Sample;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Sees whether reconciling goes on. It complains of two things, both of which a new process mends: a reconcile that never ends, and a
 * controller that does nothing though something has been due for long and a thread is free. That Cloudflare or the API server is slow, gone or
 * refuses everything is neither: each reconcile then ends by a failure, and that is progress. Thread-safe, without a lock.
 */
public final class Watchdog {

    private final Limits limits;
    private final Ticker ticker;
    private final Map<Task, Duration> queued = new ConcurrentHashMap<>();
    private final Map<Task, Duration> running = new ConcurrentHashMap<>();
    private final Map<Task, Duration> due = new ConcurrentHashMap<>();
    private final Map<String, Duration> lastEnded = new ConcurrentHashMap<>();

    /** @param controller its name, which is that of a kind */
    record Task(String controller, ResourceID resource) {}

    /**
     * What is certainly too long.
     *
     * @param running a reconcile under way; far longer than the slowest that makes any sense
     * @param idle a controller that has something due
     * @param threads how many reconciles can run at once: while all do, none is idle
     */
    public record Limits(Duration running, Duration idle, int threads) {

        private static final Duration SHORTEST_RUNNING = Duration.ofHours(1);
        private static final Duration IDLE = Duration.ofMinutes(15);

        /** More calls than a reconcile makes one after the other, each of them as slow as it may be. */
        private static final int CALLS = 300;

        /** @param callTimeout of one call to Cloudflare */
        public static Limits of(Duration callTimeout, int threads) {
            Duration slowest = callTimeout.multipliedBy(CALLS);
            return new Limits(slowest.compareTo(SHORTEST_RUNNING) > 0 ? slowest : SHORTEST_RUNNING, IDLE, threads);
        }
    }

    /** @param ticker must not jump when the clock is set */
    public Watchdog(Limits limits, Ticker ticker) {
        this.limits = limits;
        this.ticker = ticker;
    }

    /** What is wrong, in one line for people; empty where nothing is. */
    public Optional<String> trouble() {
        Duration now = ticker.elapsed();
        return running.entrySet().stream()
                .filter(entry -> now.minus(entry.getValue()).compareTo(limits.running()) > 0)
                .findAny()
                .map(entry -> "a reconcile of the controller " + entry.getKey().controller() + " has not ended for "
                        + now.minus(entry.getValue()).toMinutes() + " min")
                .or(() -> controllers()
                        .filter(controller -> isIdle(controller, now))
                        .findAny()
                        .map(this::idle));
    }

    private String idle(String controller) {
        return "the controller " + controller + " has done nothing for more than "
                + limits.idle().toMinutes() + " min, though something is due";
    }

    private boolean isIdle(String controller, Duration now) {
        return running.size() < limits.threads()
                && count(running, controller) == 0
                && overdue(controller, now).compareTo(limits.idle()) > 0
                && now.minus(lastEnded.getOrDefault(controller, Duration.ZERO)).compareTo(limits.idle()) > 0;
    }

    /** How long what has been due longest has been so; zero where nothing is. */
    private Duration overdue(String controller, Duration now) {
        return Stream.concat(queued.entrySet().stream(), due.entrySet().stream())
                .filter(entry -> entry.getKey().controller().equals(controller))
                .map(entry -> now.minus(entry.getValue()))
                .filter(late -> !late.isNegative())
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    private Stream<String> controllers() {
        return lastEnded.keySet().stream().sorted();
    }

    /** How much is due, under way and late, by controller. */
    public void addTo(ScrapedGauges gauges) {
        gauges.add(Metric.RECONCILE_QUEUE, () -> perController(controller -> count(queued, controller)));
        gauges.add(Metric.RECONCILE_RUNNING, () -> perController(controller -> count(running, controller)));
        gauges.add(Metric.RECONCILE_OVERDUE_SECONDS, () -> {
            Duration now = ticker.elapsed();
            return perController(controller -> overdue(controller, now).toSeconds());
        });
    }

    private Stream<Sample> perController(ToDoubleFunction<String> value) {
        return controllers().map(controller -> Sample.of(value.applyAsDouble(controller), controller));
    }

    private static long count(Map<Task, Duration> tasks, String controller) {
        return tasks.keySet().stream()
                .filter(task -> task.controller().equals(controller))
                .count();
    }

    /** There is such a controller: from now on it counts as one that could do something. */
    void knows(String controller) {
        lastEnded.putIfAbsent(controller, ticker.elapsed());
    }

    /** It waits for a thread. */
    void submitted(Task task) {
        queued.putIfAbsent(task, ticker.elapsed());
    }

    /** A thread took it. */
    void began(Task task) {
        due.remove(task);
        running.put(task, ticker.elapsed());
        queued.remove(task);
    }

    /** It is to be looked at again after so long. */
    void reschedules(Task task, Duration after) {
        due.put(task, ticker.elapsed().plus(after));
    }

    /** It is over, however it ended. */
    void ended(Task task) {
        queued.remove(task);
        running.remove(task);
        lastEnded.put(task.controller(), ticker.elapsed());
    }

    /** The resource is gone: nothing of it is due. */
    void gone(Task task) {
        queued.remove(task);
        due.remove(task);
    }
}
