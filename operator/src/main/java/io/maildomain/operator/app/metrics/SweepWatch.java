package io.maildomain.operator.app.metrics;

import io.maildomain.operator.app.metrics.Watchdog.Limits;
import io.maildomain.operator.cloudflare.ratelimit.Ticker;
import io.maildomain.operator.controller.sweep.Tasks;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Sees whether what sweeps do goes on: each of their steps is bounded in calls and time, so one that never ends has hung, and one that is due and not begun while none ends has no thread any more.
 * A sweep that fails ends and is tried again, which is progress. Thread-safe, without a lock.
 */
public final class SweepWatch {

    private final Limits limits;
    private final Ticker ticker;
    private final Map<Object, Duration> due = new ConcurrentHashMap<>();
    private final Map<Object, Duration> running = new ConcurrentHashMap<>();
    private final AtomicReference<Duration> lastEnded;

    /** @param ticker must not jump when the clock is set */
    public SweepWatch(Limits limits, Ticker ticker) {
        this.limits = limits;
        this.ticker = ticker;
        lastEnded = new AtomicReference<>(ticker.elapsed());
    }

    /** The same tasks, which are seen from here on. */
    public Tasks watching(Tasks tasks) {
        return new Tasks() {
            @Override
            public void after(Duration delay, Runnable task) {
                Object step = new Object();
                due.put(step, ticker.elapsed().plus(delay));
                tasks.after(delay, () -> {
                    due.remove(step);
                    try {
                        run(task);
                    } finally {
                        lastEnded.set(ticker.elapsed());
                    }
                });
            }

            // What makes no call has a thread of its own: that it goes on says nothing of the sweeps, only that it
            // hangs does.
            @Override
            public void soon(Duration delay, Runnable task) {
                tasks.soon(delay, () -> run(task));
            }

            @Override
            public void close() {
                tasks.close();
            }
        };
    }

    private void run(Runnable task) {
        Object step = new Object();
        running.put(step, ticker.elapsed());
        try {
            task.run();
        } finally {
            running.remove(step);
        }
    }

    /** What is wrong, in one line for people; empty where nothing is. */
    public Optional<String> trouble() {
        Duration now = ticker.elapsed();
        return longest(running, now)
                .filter(lasts -> lasts.compareTo(limits.running()) > 0)
                .map(lasts -> "a sweep has not gone on for " + lasts.toMinutes() + " min")
                .or(() -> longest(due, now)
                        .filter(late -> late.compareTo(limits.idle()) > 0)
                        .filter(late -> now.minus(lastEnded.get()).compareTo(limits.idle()) > 0)
                        .map(late -> "no sweep has gone on for more than "
                                + limits.idle().toMinutes() + " min, though one is due"));
    }

    private static Optional<Duration> longest(Map<Object, Duration> since, Duration now) {
        return since.values().stream().map(now::minus).max(Duration::compareTo);
    }
}
