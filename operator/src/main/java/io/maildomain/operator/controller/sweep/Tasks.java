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

    @Override
    default void close() {}

    /** One account that answers slowly must not keep the others waiting. */
    int THREADS = 4;

    /** Threads of their own, a few. */
    static Tasks onThreads() {
        AtomicInteger number = new AtomicInteger();
        ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(THREADS, work -> {
            Thread thread = new Thread(work, "sweep-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        // What is still to come when it is closed is refused without a word.
        pool.setRejectedExecutionHandler((task, closed) -> {});
        return new Tasks() {
            @Override
            public void after(Duration delay, Runnable task) {
                pool.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
            }

            @Override
            public void close() {
                pool.shutdownNow();
            }
        };
    }
}
