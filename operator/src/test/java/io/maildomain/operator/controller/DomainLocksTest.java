package io.maildomain.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DomainLocksTest {

    private final DomainLocks locks = new DomainLocks();

    @Test
    void whoFindsAZoneTakenGoesAwayAtOnce() {
        assertThat(locks.alone("example.com", () -> locks.alone("example.com", () -> "inner")))
                .hasValueSatisfying(inner -> assertThat(inner).isEmpty());
    }

    @Test
    void zonesDoNotStandInEachOthersWay() {
        assertThat(locks.alone("example.com", () -> locks.alone("example.org", () -> "inner")))
                .hasValueSatisfying(inner -> assertThat(inner).contains("inner"));
    }

    @Test
    void aFailureLetsTheZoneGo() {
        assertThatThrownBy(() -> locks.alone("example.com", () -> {
                    throw new IllegalStateException("broken");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(locks.alone("example.com", () -> "next")).contains("next");
    }

    @Test
    void ofManyThreadsOneAtATimeIsInAZone() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                all.add(threads.submit(() -> {
                    start.await();
                    for (int n = 0; n < 2_000; n++) {
                        locks.alone("example.com", () -> {
                            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                            Thread.yield();
                            inside.decrementAndGet();
                            return done.incrementAndGet();
                        });
                    }
                    return null;
                }));
            }
            start.countDown();
            for (Future<?> one : all) {
                one.get(20, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(most).hasValue(1);
        assertThat(done.get()).isPositive();
        assertThat(locks.alone("example.com", () -> "free again")).contains("free again");
    }
}
