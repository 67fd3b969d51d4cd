package io.maildomain.operator.controller.sweep;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One task that is run later. What is wanted sooner brings it forward; it never runs twice for that. Thread-safe. */
final class Alarm {

    private final Tasks tasks;
    private final Clock clock;
    private final Runnable task;
    private @Nullable Instant next;

    /** Rings for nothing yet. */
    Alarm(Tasks tasks, Clock clock, Runnable task) {
        this.tasks = tasks;
        this.clock = clock;
        this.task = task;
    }

    /** Runs the task after this time at the latest. */
    void within(Duration delay) {
        Instant at = clock.instant().plus(delay);
        synchronized (this) {
            // One that should have rung by now never will: its task was not taken, or the clock was set.
            if (next != null && next.isAfter(clock.instant()) && !at.isBefore(next)) {
                return;
            }
            next = at;
        }
        tasks.after(delay, () -> ring(at));
    }

    private void ring(Instant at) {
        synchronized (this) {
            if (!at.equals(next)) {
                return;
            }
            next = null;
        }
        task.run();
    }
}
