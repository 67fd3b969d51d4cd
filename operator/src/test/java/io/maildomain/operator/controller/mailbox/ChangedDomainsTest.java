package io.maildomain.operator.controller.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainSpec;
import io.maildomain.operator.fixture.ShiftedClock;
import io.maildomain.operator.fixture.TestResources;
import io.maildomain.operator.kubernetes.informers.MemoryCluster;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever Mailboxes do, watches and the clock go on, and the budget of a MailDomain's owner is not used up. */
class ChangedDomainsTest {

    private final MailDomain domain = TestResources.mailDomain("example", MailDomainSpec.of("example.com"));
    private final MailDomain other = TestResources.mailDomain("other", MailDomainSpec.of("other.example"));
    private final ShiftedClock clock = ShiftedClock.stoppedAt(Instant.parse("2026-01-01T00:00:00Z"));
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final List<String> looked = Collections.synchronizedList(new ArrayList<>());
    private final AtomicBoolean changesNoRule = new AtomicBoolean();
    private final CountDownLatch go = new CountDownLatch(1);
    private final AtomicBoolean isSlow = new AtomicBoolean();
    private final ChangedDomains changed = new ChangedDomains(
            MemoryCluster.of(List.of(domain, other), List.of()),
            clock,
            Duration.ofSeconds(5),
            this::plans,
            one -> looked.add(nameOf(one)));

    private boolean plans(MailDomain one) {
        asked.add(nameOf(one));
        if (isSlow.get()) {
            try {
                go.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return changesNoRule.get();
    }

    private static String nameOf(MailDomain one) {
        return one.getMetadata().getName();
    }

    @AfterEach
    void close() {
        go.countDown();
        changed.close();
    }

    @Test
    void aThousandChangesAreOnePlanAndOneLook() {
        IntStream.range(0, 1_000).forEach(i -> changed.heard(domain));
        changed.heard(other);

        assertThat(changed.work()).isEmpty();

        assertThat(asked).containsExactlyInAnyOrder("example", "other");
        assertThat(looked).containsExactlyInAnyOrder("example", "other");
    }

    @Test
    void whatChangesNoRuleCostsNoLookHoweverOften() {
        changesNoRule.set(true);
        for (int i = 0; i < 100; i++) {
            changed.heard(domain);
            assertThat(changed.work()).isEmpty();
        }

        assertThat(asked).hasSize(100);
        assertThat(looked).isEmpty();
    }

    @Test
    void looksKeepADistanceAndTheFirstDoesNot() {
        changed.heard(domain);
        assertThat(changed.work()).isEmpty();
        clock.passes(Duration.ofSeconds(1));

        changed.heard(domain);
        assertThat(changed.work()).contains(Duration.ofSeconds(4));
        assertThat(looked).hasSize(1);
        clock.passes(Duration.ofSeconds(4));
        assertThat(changed.work()).isEmpty();
        assertThat(looked).hasSize(2);
    }

    /** Two hundred times in ten minutes, say. */
    @Test
    void aMailboxThatIsSwitchedOnAndOffAllTheTimeCostsFewLooks() {
        for (int i = 0; i < 200; i++) {
            changed.heard(domain);
            changed.work();
            clock.passes(Duration.ofSeconds(3));
        }

        assertThat(looked.size()).isBetween(12, 60);
        clock.passes(Duration.ofMinutes(5));
        changed.work();
        changed.heard(other);
        assertThat(changed.work()).isEmpty();
        assertThat(looked).contains("other");
    }

    @Test
    void aClockThatGoesBackHoldsNothingUp() {
        changed.heard(domain);
        changed.work();
        clock.passes(Duration.ofHours(-1));

        changed.heard(domain);

        assertThat(changed.work()).isEmpty();
        assertThat(looked).hasSize(2);
    }

    @Test
    void whoHearsOfAChangeDoesNotWaitForThePlan() {
        isSlow.set(true);
        changed.start();

        changed.heard(domain);
        await().until(() -> asked.size() == 1);
        IntStream.range(0, 1_000).forEach(i -> changed.heard(domain));
        changed.heard(other);
        isSlow.set(false);
        go.countDown();

        await().until(() -> asked.contains("other"));
        assertThat(asked.size()).isLessThanOrEqualTo(4);
    }
}
