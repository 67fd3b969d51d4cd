package io.maildomain.operator.kubernetes.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FairQueueTest {

    private final FairQueue<String> queue = new FairQueue<>(100);

    private List<String> all() throws InterruptedException {
        queue.close();
        List<String> taken = new ArrayList<>();
        for (var next = queue.take(); next.isPresent(); next = queue.take()) {
            taken.add(next.get());
        }
        return taken;
    }

    @Test
    void aFloodDropsNobodyElses() throws InterruptedException {
        for (int i = 0; i < 1_000; i++) {
            queue.offer("flood", "flood-" + i);
        }
        assertThat(queue.offer("quiet", "first")).isTrue();
        assertThat(queue.offer("quiet", "second")).isTrue();
        assertThat(queue.offer("flood", "one more")).isFalse();

        List<String> taken = all();
        assertThat(taken).hasSize(100).contains("first", "second");
        assertThat(taken.indexOf("second")).as("in turns").isLessThan(5);
    }

    @Test
    void ofOneTenantTheOrderStays() throws InterruptedException {
        queue.offer("one", "a");
        queue.offer("other", "x");
        queue.offer("one", "b");
        assertThat(all()).containsExactly("a", "x", "b");
    }

    @Test
    void nothingIsTakenInOnceItIsClosed() throws InterruptedException {
        queue.close();
        assertThat(queue.offer("one", "late")).isFalse();
        assertThat(queue.take()).isEmpty();
    }
}
