package io.maildomain.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ConcurrencyTest extends SimulatorTestCase {

    private List<Reply> together(int calls, Callable<Reply> call) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Reply> replies = new ArrayList<>();
            for (Future<Reply> reply : threads.invokeAll(Collections.nCopies(calls, call))) {
                replies.add(reply.get());
            }
            return replies;
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void nothingIsLostWhereManyWriteAtOnce() throws Exception {
        String rules = routedZone("example.com") + "/email/routing/rules";
        var numbers = new AtomicInteger();
        List<Reply> replies =
                together(150, () -> owner.post(rules, drop("a" + numbers.incrementAndGet() + "@example.com")));
        assertThat(replies).allMatch(reply -> reply.status() == 200);
        assertThat(owner.get(rules).json().at("/result_info/total_count").asInt())
                .isEqualTo(151);
        assertThat(controls.callCounts()).containsEntry("POST /zones/{zone_id}/email/routing/rules", 150L);
    }

    @Test
    void ofManyWhoWantTheSameOneGetsIt() throws Exception {
        String rules = routedZone("example.com") + "/email/routing/rules";
        List<Reply> replies = together(50, () -> owner.post(rules, drop("a@example.com")));
        assertThat(replies).filteredOn(reply -> reply.status() == 200).hasSize(1);
        assertThat(replies).filteredOn(reply -> reply.code() == 2014).hasSize(49);
    }
}
