package io.maildomain.operator.app;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * How the process ends: what was started is closed in the opposite order, within a time limit, and then the process halts with the right code. SIGTERM and Ctrl-C are the ordinary end, code 0
 * (the JVM by itself would make it 143).
 */
final class ShutdownSequence {

    private static final Logger LOG = LoggerFactory.getLogger(ShutdownSequence.class);

    /** Kubernetes waits 30 s before it kills, we promise 10. */
    static final Duration LIMIT = Duration.ofSeconds(8);

    private record Step(String what, AutoCloseable closeable) {}

    private final Deque<Step> steps = new ArrayDeque<>();
    private final AtomicBoolean begun = new AtomicBoolean();
    private final AtomicInteger exitCode = new AtomicInteger();

    /** From now on the process ends this way. */
    void install() {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            finish();
                            Runtime.getRuntime().halt(exitCode.get());
                        },
                        "ending"));
    }

    /** To be closed at the end, before everything that was named earlier. */
    <T extends AutoCloseable> T closing(String what, T closeable) {
        synchronized (steps) {
            steps.push(new Step(what, closeable));
        }
        return closeable;
    }

    boolean hasBegun() {
        return begun.get();
    }

    /** The code of an end that comes by other means. */
    void exitsWith(int code) {
        exitCode.set(code);
    }

    /** Ends the process with code 1, in order. Returns at once; the caller has said why. */
    void fail() {
        if (begun.get()) {
            return;
        }
        exitsWith(1);
        // Not on the caller's thread: it may be one that the end waits for.
        Thread exit = new Thread(() -> Runtime.getRuntime().exit(1), "exit");
        exit.setDaemon(true);
        exit.start();
    }

    /** Ends the process with code 1, at once: what we hold is no longer ours to give back. */
    void failNow() {
        if (!begun.get()) {
            Runtime.getRuntime().halt(1);
        }
    }

    private void finish() {
        begun.set(true);
        // After a failure one line has been said already, and it should stay the last.
        Level level = exitCode.get() == 0 ? Level.INFO : Level.DEBUG;
        LOG.atLevel(level).log("Stopping");
        CountDownLatch done = new CountDownLatch(1);
        Thread closer = new Thread(
                () -> {
                    closeAll();
                    done.countDown();
                },
                "closing");
        closer.setDaemon(true);
        closer.start();
        try {
            if (done.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.atLevel(level).log("Stopped");
            } else {
                LOG.warn("Not everything stopped within {}, ending all the same", LIMIT);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeAll() {
        for (; ; ) {
            Step step;
            synchronized (steps) {
                step = steps.poll();
            }
            if (step == null) {
                return;
            }
            try {
                LOG.debug("Stopping {}", step.what());
                step.closeable().close();
            } catch (Exception failure) {
                LOG.warn("Stopping {}: {}", step.what(), failure.toString());
            }
        }
    }
}
