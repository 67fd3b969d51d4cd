package io.maildomain.operator.controller.sweep;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs what sweeps do, later. */
@FunctionalInterface
public interface Tasks extends AutoCloseable {

    /** Runs the task once, after this time, unless it is closed before. */
    void after(Duration delay, Runnable task);

    /** The same for one that makes no call: it waits for none that does. */
    default void soon(Duration delay, Runnable task) {
        after(delay, task);
    }

    @Override
    default void close() {}

    /** One account that answers slowly must not keep the others waiting. */
    int THREADS = 4;

    /** Threads of their own, a few, and one for what makes no call. */
    static Tasks onThreads() {
        ScheduledThreadPoolExecutor sweeping = pool(THREADS, "sweep-");
        ScheduledThreadPoolExecutor quick = pool(1, "wake-");
        return new Tasks() {
            @Override
            public void after(Duration delay, Runnable task) {
                sweeping.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
            }

            @Override
            public void soon(Duration delay, Runnable task) {
                quick.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
            }

            @Override
            public void close() {
                sweeping.shutdownNow();
                quick.shutdownNow();
            }
        };
    }

    private static ScheduledThreadPoolExecutor pool(int threads, String name) {
        AtomicInteger number = new AtomicInteger();
        ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(threads, work -> {
            Thread thread = new Thread(work, name + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        // What is still to come when it is closed is refused without a word.
        pool.setRejectedExecutionHandler((task, closed) -> {});
        return pool;
    }
}
