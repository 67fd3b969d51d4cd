package io.maildomain.operator.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.maildomain.operator.controller.sweep.Tasks;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Steps of sweeps on their own threads, of which some hang or are gone. */
class SweepWatchTest {

    private static final Duration NOW = Duration.ZERO;
    private static final String NONE_GOES_ON = "no sweep has gone on for more than 15 min, though one is due";

    private final AtomicReference<Duration> time = new AtomicReference<>(Duration.ofDays(3));
    private final SweepWatch watch = new SweepWatch(Watchdog.Limits.of(Duration.ofSeconds(30), 2), time::get);
    private final Tasks threads = Tasks.onThreads();
    private final Tasks tasks = watch.watching(threads);
    private final AtomicInteger ended = new AtomicInteger();
    private final CountDownLatch released = new CountDownLatch(1);

    @AfterEach
    void stop() {
        released.countDown();
        tasks.close();
    }

    @Test
    void aStepThatHangsIsFoundOnceNoneCouldTakeSoLongAndForgivenWhenItEnds() {
        hang();
        passes(Duration.ofMinutes(149));
        assertThat(watch.trouble()).isEmpty();

        passes(Duration.ofMinutes(2));
        assertThat(watch.trouble()).contains("a sweep has not gone on for 151 min");

        released.countDown();
        await().untilAsserted(() -> assertThat(watch.trouble()).isEmpty());
    }

    @Test
    void threadsThatAllHangAreFoundByWhatIsDue() {
        for (int thread = 0; thread < Tasks.THREADS; thread++) {
            hang();
        }
        tasks.after(NOW, ended::incrementAndGet);
        passes(Duration.ofMinutes(15));
        assertThat(watch.trouble()).isEmpty();

        passes(Duration.ofMinutes(1));
        assertThat(watch.trouble()).contains(NONE_GOES_ON);
    }

    @Test
    void threadsThatAreGoneAreFound() {
        threads.close();
        tasks.after(Duration.ofMinutes(10), ended::incrementAndGet);

        passes(Duration.ofMinutes(24));
        assertThat(watch.trouble()).as("it is late, and not yet for long").isEmpty();
        passes(Duration.ofMinutes(2));
        assertThat(watch.trouble()).contains(NONE_GOES_ON);
    }

    @Test
    void aSweepThatFailsIsProgress() {
        tasks.after(NOW, () -> {
            ended.incrementAndGet();
            throw new IllegalStateException("on purpose");
        });
        await().until(() -> ended.get() == 1);
        await().untilAsserted(() -> {
            passes(Duration.ofHours(5));
            assertThat(watch.trouble()).isEmpty();
        });
    }

    @Test
    void whereNothingIsSweptNothingIsMissed() {
        passes(Duration.ofDays(30));

        assertThat(watch.trouble()).isEmpty();
    }

    private void passes(Duration duration) {
        time.updateAndGet(now -> now.plus(duration));
    }

    /** Returns once a thread has taken it. */
    private void hang() {
        CountDownLatch taken = new CountDownLatch(1);
        tasks.after(NOW, () -> {
            taken.countDown();
            await().forever().until(() -> released.getCount() == 0);
        });
        await().until(() -> taken.getCount() == 0);
    }
}
