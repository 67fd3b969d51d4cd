package io.maildomain.operator.controller.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FetchThreadsTest {

    private final FetchThreads threads = new FetchThreads();
    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final Queue<String> done = new ConcurrentLinkedQueue<>();

    @AfterEach
    void stop() {
        end.countDown();
        threads.close();
    }

    private void slow(String namespace) {
        slow(threads, namespace);
    }

    private void slow(FetchThreads where, String namespace) {
        where.run(namespace, () -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            try {
                end.await();
            } catch (InterruptedException over) {
                Thread.currentThread().interrupt();
            }
            running.decrementAndGet();
            done.add(namespace);
        });
    }

    /** Both threads are at work, one on a fetch of this namespace. */
    private void busyWith(String namespace) {
        slow(namespace);
        slow("and-another");
        await().until(() -> running.get() == 2);
    }

    @Test
    void noMoreThanTwoRunAtOnce() {
        IntStream.range(0, 10).forEach(i -> slow("mail-" + i));
        await().until(() -> running.get() == 2);

        end.countDown();

        await().until(() -> done.size() == 10);
        assertThat(most).hasValue(2);
    }

    @Test
    void aNamespaceHasOneThreadAtMostHoweverSlowItsHostsAre() {
        IntStream.range(0, 5).forEach(i -> slow("slow"));
        await().until(() -> running.get() == 1);

        IntStream.range(0, 5).forEach(i -> threads.run("other", () -> done.add("other")));

        await().until(() -> done.size() == 5);
        assertThat(most).hasValue(1);
        end.countDown();
        await().until(() -> done.size() == 10);
    }

    @Test
    void oneThatFailsKeepsNoPlace() {
        threads.run("mail", () -> {
            throw new IllegalStateException("for a test");
        });
        threads.run("mail", () -> done.add("mail"));

        await().dontCatchUncaughtExceptions().until(() -> done.size() == 1);
    }

    @Test
    void aNamespaceWithManyDoesNotKeepTheOthersWaiting() {
        try (FetchThreads one = new FetchThreads(1, "one after the other")) {
            slow(one, "many");
            await().until(() -> running.get() == 1);
            IntStream.range(0, 10).forEach(i -> one.run("many", () -> done.add("many")));
            one.run("other", () -> done.add("other"));

            end.countDown();

            await().until(() -> done.size() == 12);
            List<String> order = List.copyOf(done);
            assertThat(order.indexOf("other")).as("in turns: %s", order).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void whatFindsNoPlaceIsRefusedAndTakesNoneFromOthers() {
        busyWith("many");
        IntStream.range(0, FetchThreads.MOST_OF_ONE).forEach(i -> slow("many"));

        assertThatThrownBy(() -> slow("many")).isInstanceOf(RejectedExecutionException.class);
        threads.run("other", () -> done.add("other"));
        IntStream.range(0, FetchThreads.MOST / FetchThreads.MOST_OF_ONE - 2)
                .forEach(i ->
                        IntStream.range(0, FetchThreads.MOST_OF_ONE).forEach(any -> threads.run("n" + i, () -> {})));
        IntStream.range(0, FetchThreads.MOST_OF_ONE - 1).forEach(i -> threads.run("last", () -> {}));
        assertThatThrownBy(() -> threads.run("one-too-many", () -> {})).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void anEndTakesNothingInAnyMore() {
        busyWith("mail");
        slow("mail");

        threads.close();

        assertThatThrownBy(() -> slow("mail")).isInstanceOf(RejectedExecutionException.class);
        await().until(() -> done.size() == 2);
    }
}
