package io.maildomain.operator.controller.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TasksTest {

    @Test
    void whatMakesNoCallDoesNotWaitForSweepsThatCloudflareAnswersSlowly() throws InterruptedException {
        CountDownLatch answers = new CountDownLatch(1);
        CountDownLatch slow = new CountDownLatch(Tasks.THREADS);
        CountDownLatch woken = new CountDownLatch(1);
        try (Tasks tasks = Tasks.onThreads()) {
            for (int sweep = 0; sweep < Tasks.THREADS; sweep++) {
                tasks.after(Duration.ZERO, () -> {
                    slow.countDown();
                    await(answers);
                });
            }
            assertThat(slow.await(10, TimeUnit.SECONDS))
                    .as("all sweeps are under way")
                    .isTrue();

            tasks.soon(Duration.ZERO, woken::countDown);

            assertThat(woken.await(10, TimeUnit.SECONDS)).as("the wake").isTrue();
            answers.countDown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
