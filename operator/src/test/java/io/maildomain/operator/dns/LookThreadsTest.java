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
    private final List<String> begun = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        threads.close();
    }

    private boolean blocks(String namespace) {
        return threads.run(namespace, () -> {
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
        IntStream.range(0, 100).forEach(i -> threads.run("many", run::incrementAndGet));

        free.countDown();

        await().untilAsserted(() -> assertThat(run).hasValue(100));
    }

    @Test
    void oneThatFailsKeepsNoRoom() {
        AtomicInteger run = new AtomicInteger();
        IntStream.range(0, 10)
                .forEach(i -> threads.run("odd", () -> {
                    run.incrementAndGet();
                    throw new IllegalStateException("as a test wants it");
                }));

        threads.run("odd", () -> run.addAndGet(100));

        await().untilAsserted(() -> assertThat(run).hasValue(110));
    }

    @Test
    void tooManyAreRefused() {
        blocks("a");
        blocks("a");
        await().until(() -> begun.size() == 2);

        assertThat(IntStream.range(0, 6_000).filter(i -> blocks("a")).count()).isEqualTo(5_000);
    }

    @Test
    void afterTheEndNothingIsTaken() {
        threads.close();

        assertThat(blocks("late")).isFalse();
    }
}
