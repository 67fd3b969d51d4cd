package io.maildomain.operator.kubernetes.leadership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.Lock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ObservedTimeLockTest {

    private static final Instant START = Instant.parse("2026-11-24T00:00:00Z");

    private final AtomicReference<ClockReading> now = new AtomicReference<>(at(0));
    private final LeaseFence fence = new LeaseFence(Duration.ofSeconds(15), Duration.ofSeconds(10), now::get);
    private final FakeLock lease = new FakeLock();
    private final List<RuntimeException> failures = new ArrayList<>();
    private final ObservedTimeLock lock = new ObservedTimeLock(lease, fence, now::get, failures::add);

    @Test
    void aConfirmedRenewalOpensTheFenceFromWhenItWasAsked() {
        lease.during = () -> now.set(at(4));
        lock.update(null, record("we", 0));
        assertThat(fence.mayWrite()).isTrue();
        now.set(at(5));
        assertThat(fence.mayWrite()).isFalse();
    }

    @Test
    void aFailedRenewalOpensNothingAndIsReported() {
        lease.during = () -> {
            throw new KubernetesClientException("conflict");
        };
        assertThatThrownBy(() -> lock.update(null, record("we", 0))).isInstanceOf(KubernetesClientException.class);
        assertThat(fence.mayWrite()).isFalse();
        assertThat(failures).hasSize(1);
    }

    /** fabric8's elector goes on only after its client's failures, and ends without a word after any other. */
    @Test
    void whateverElseFailsIsAFailureAfterWhichTheElectorGoesOn() {
        lease.during = () -> {
            throw new NullPointerException("a Lease without a spec");
        };
        assertThatThrownBy(() -> lock.update(null, record("we", 0))).isInstanceOf(KubernetesClientException.class);
        assertThat(failures).singleElement().isInstanceOf(NullPointerException.class);
    }

    @Test
    void aLeaseInOtherHandsClosesTheFence() {
        lock.create(null, record("we", 0));
        lease.stored = record("they", 1);
        lock.get(null);
        assertThat(fence.mayWrite()).isFalse();
    }

    @Test
    void ourOwnRecordIsLeftAsItIs() {
        lease.stored = record("we", -500);
        assertThat(lock.get(null)).isSameAs(lease.stored);
    }

    @Test
    void aForeignLeaseCountsFromWhenWeSawItWhateverItsHoldersClockSays() {
        lease.stored = record("they", -500);
        assertThat(lock.get(null).getRenewTime().toInstant()).isEqualTo(START);

        now.set(at(7));
        assertThat(lock.get(null).getRenewTime().toInstant()).isEqualTo(START);

        lease.stored = record("they", -493);
        assertThat(lock.get(null).getRenewTime().toInstant()).isEqualTo(START.plusSeconds(7));
    }

    @Test
    void noLeaseIsNoRecord() {
        assertThat(lock.get(null)).isNull();
    }

    private static ClockReading at(int seconds) {
        return new ClockReading(START.plusSeconds(seconds), Duration.ofSeconds(seconds));
    }

    private static LeaderElectionRecord record(String holder, int renewedAt) {
        ZonedDateTime time = START.plusSeconds(renewedAt).atZone(ZoneOffset.UTC);
        return new LeaderElectionRecord(holder, Duration.ofSeconds(15), time, time, 1);
    }

    private static final class FakeLock implements Lock {

        private LeaderElectionRecord stored;
        private Runnable during = () -> {};

        @Override
        public LeaderElectionRecord get(KubernetesClient client) {
            return stored;
        }

        @Override
        public void create(KubernetesClient client, LeaderElectionRecord record) {
            update(client, record);
        }

        @Override
        public void update(KubernetesClient client, LeaderElectionRecord record) {
            during.run();
            stored = record;
        }

        @Override
        public String identity() {
            return "we";
        }

        @Override
        public String describe() {
            return "a lock";
        }
    }
}
