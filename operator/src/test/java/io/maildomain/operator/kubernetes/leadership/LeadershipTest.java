package io.maildomain.operator.kubernetes.leadership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.maildomain.operator.config.OperatorSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true)
class LeadershipTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    KubernetesClient client;

    private final List<Replica> replicas = new ArrayList<>();

    @AfterEach
    void close() {
        replicas.forEach(Replica::close);
    }

    @Test
    void aReplicaThatIsAloneLeadsAndMayWrite() {
        Replica replica = replica("operator-0");
        assertThat(replica.leadership.fence().mayWrite()).isFalse();

        replica.leadership.start();
        await().atMost(SOON).until(() -> replica.elected.get() == 1);
        assertThat(replica.leadership.isLeader()).isTrue();
        assertThat(replica.leadership.fence().mayWrite()).isTrue();
        assertThat(lease().getSpec().getHolderIdentity())
                .isEqualTo(replica.leadership.identity())
                .startsWith("operator-0_");
    }

    @Test
    void ofTwoOneLeadsAndTheOtherKnowsWho() {
        Replica first = started("operator-0");
        await().atMost(SOON).until(() -> first.elected.get() == 1);
        Replica second = started("operator-1");

        await().atMost(SOON).until(() -> second.leadership.leader().equals(first.leadership.identity()));
        assertThat(second.leadership.isLeader()).isFalse();
        assertThat(second.leadership.fence().mayWrite()).isFalse();
    }

    @Test
    void twoProcessesOfOneHostAreTwo() {
        assertThat(replica("host").leadership.identity())
                .isNotEqualTo(replica("host").leadership.identity());
    }

    @Test
    void aLeaderThatEndsGivesTheLeaseBackAndTheNextNeedNotWait() {
        // So long that waiting does not help.
        Replica first = started("operator-0", Duration.ofHours(1));
        await().atMost(SOON).until(() -> first.elected.get() == 1);
        Replica second = started("operator-1", Duration.ofHours(1));
        await().atMost(SOON).until(() -> !second.leadership.leader().isEmpty());

        first.close();
        assertThat(first.leadership.fence().mayWrite()).isFalse();
        await().atMost(SOON).until(() -> second.elected.get() == 1);
        assertThat(first.lost).hasValue(0);
        assertThat(second.leadership.fence().mayWrite()).isTrue();
    }

    @Test
    void aLeaderWhoseLeaseWasTakenMayNotWriteAndIsTold() {
        Replica replica = started("operator-0");
        await().atMost(SOON).until(() -> replica.elected.get() == 1);

        client.leases()
                .inNamespace("mail-system")
                .withName("operator")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"holderIdentity\":\"somebody-else\"}}");

        await().atMost(SOON).until(() -> replica.lost.get() == 1);
        assertThat(replica.leadership.fence().mayWrite()).isFalse();
        assertThat(replica.leadership.isLeader()).isFalse();
    }

    @Test
    void whoEndsWithoutHavingLedLeavesTheLeaseAlone() {
        Replica first = started("operator-0");
        await().atMost(SOON).until(() -> first.elected.get() == 1);
        Replica second = started("operator-1");
        await().atMost(SOON).until(() -> !second.leadership.leader().isEmpty());

        second.close();
        assertThat(lease().getSpec().getHolderIdentity()).isEqualTo(first.leadership.identity());
    }

    @Test
    void anElectionThatIsDeadIsNoticedAndEndsTheProcess() {
        AtomicBoolean broken = new AtomicBoolean(true);
        Supplier<ClockReading> clock = ClockReading.system();
        // An Error in the elector's loop ends it, and nothing tells of it.
        Replica replica = new Replica("operator-0", Duration.ofSeconds(15), Duration.ofMillis(500), () -> {
            if (onElectorsThread() && broken.getAndSet(false)) {
                throw new AssertionError("no memory");
            }
            return clock.get();
        });
        assertThat(replica.leadership.isAlive()).isTrue();

        replica.leadership.start();

        await().atMost(SOON).until(() -> replica.ended.get() == 1);
        assertThat(replica.leadership.isAlive()).isFalse();
        assertThat(replica.elected).hasValue(0);
    }

    private static boolean onElectorsThread() {
        return StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(frame -> frame.getMethodName().equals("tryAcquireOrRenew")));
    }

    private Lease lease() {
        return client.leases().inNamespace("mail-system").withName("operator").get();
    }

    private Replica started(String pod) {
        return started(pod, Duration.ofSeconds(15));
    }

    private Replica started(String pod, Duration leaseDuration) {
        Replica replica = new Replica(pod, leaseDuration);
        replica.leadership.start();
        return replica;
    }

    private Replica replica(String pod) {
        return new Replica(pod, Duration.ofSeconds(15));
    }

    private final class Replica implements Leadership.Callbacks {

        private final AtomicInteger elected = new AtomicInteger();
        private final AtomicInteger lost = new AtomicInteger();
        private final AtomicInteger ended = new AtomicInteger();
        private final Leadership leadership;

        Replica(String pod, Duration leaseDuration) {
            this(pod, leaseDuration, Duration.ofSeconds(10), ClockReading.system());
        }

        Replica(String pod, Duration leaseDuration, Duration renewDeadline, Supplier<ClockReading> now) {
            OperatorSettings.Leadership settings = new OperatorSettings.Leadership(
                    true, "operator", pod, leaseDuration, renewDeadline, Duration.ofMillis(100));
            leadership = new Leadership(client, settings, "mail-system", Duration.ofSeconds(1), this, now);
            replicas.add(this);
        }

        @Override
        public void elected() {
            elected.incrementAndGet();
        }

        @Override
        public void lost() {
            lost.incrementAndGet();
        }

        @Override
        public void ended() {
            ended.incrementAndGet();
        }

        void close() {
            leadership.close();
        }
    }
}
