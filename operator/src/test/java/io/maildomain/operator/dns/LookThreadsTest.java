package io.maildomain.operator.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LookThreadsTest {

    private final LookThreads threads = new LookThreads();
    private final CountDownLatch free = new CountDownLatch(1);
    private final AtomicInteger uids = new AtomicInteger();
    private final List<String> begun = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        threads.close();
    }

    private boolean blocks(String namespace) {
        return threads.run(namespace, "uid-" + uids.incrementAndGet(), () -> {
            begun.add(namespace);
            try {
                free.await();
            } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Test
    void aNamespaceHasNoMoreThanItsShareOfTheThreads() {
        IntStream.range(0, 20).forEach(i -> blocks("slow"));
        blocks("quick");

        await().until(() -> begun.contains("quick"));
        assertThat(begun.stream().filter("slow"::equals)).hasSize(2);
    }

    @Test
    void whatWaitsIsRunOnceThereIsRoom() {
        AtomicInteger run = new AtomicInteger();
        IntStream.range(0, 8).forEach(i -> blocks("slow" + i));
        IntStream.range(0, 100).forEach(i -> threads.run("many", "uid-" + i, run::incrementAndGet));

        free.countDown();

        await().untilAsserted(() -> assertThat(run).hasValue(100));
    }

    @Test
    void oneThatFailsKeepsNoRoom() {
        AtomicInteger run = new AtomicInteger();
        IntStream.range(0, 10)
                .forEach(i -> threads.run("odd", "uid-" + i, () -> {
                    run.incrementAndGet();
                    throw new IllegalStateException("as a test wants it");
                }));

        threads.run("odd", "uid-last", () -> run.addAndGet(100));

        await().untilAsserted(() -> assertThat(run).hasValue(110));
    }

    /** They keep no other namespace out. */
    @Test
    void tooManyOfANamespaceAreRefused() {
        blocks("a");
        blocks("a");
        await().until(() -> begun.size() == 2);

        assertThat(IntStream.range(0, 6_000).filter(i -> blocks("a")).count()).isEqualTo(5_000);
        assertThat(blocks("b")).isTrue();
        await().until(() -> begun.contains("b"));
    }

    @Test
    void ofAResourceOneLookWaitsAndNoneOnceItIsDropped() {
        AtomicInteger run = new AtomicInteger();
        blocks("a");
        blocks("a");
        await().until(() -> begun.size() == 2);
        IntStream.range(0, 10).forEach(i -> threads.run("a", "shop", run::incrementAndGet));
        threads.run("a", "gone", () -> run.addAndGet(100));
        threads.drop("a", "gone");

        free.countDown();

        await().untilAsserted(() -> assertThat(run).hasValue(1));
        assertThat(threads.run("a", "last", () -> run.addAndGet(10))).isTrue();
        await().untilAsserted(() -> assertThat(run).hasValue(11));
    }

    @Test
    void afterTheEndNothingIsTaken() {
        threads.close();

        assertThat(blocks("late")).isFalse();
    }
}
