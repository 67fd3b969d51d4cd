package io.maildomain.operator.kubernetes.leadership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.maildomain.harness.KubeApi;
import io.maildomain.operator.config.OperatorSettings;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On a real API server, which checks Leases and resource versions. */
class LeadershipIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final String namespace = KubeApi.shared().createNamespace("leadership");

    private final AtomicBoolean firstLeads = new AtomicBoolean();
    private final AtomicBoolean secondLeads = new AtomicBoolean();
    private final Leadership first = replica("operator-0", firstLeads);
    private final Leadership second = replica("operator-1", secondLeads);

    @AfterEach
    void close() {
        first.close();
        second.close();
    }

    @Test
    void theLeaseIsHandedOverAtOnceAndGivenBackAtTheEnd() {
        first.start();
        await().atMost(SOON).untilTrue(firstLeads);
        second.start();
        await().atMost(SOON).until(() -> second.leader().equals(first.identity()));
        assertThat(second.fence().mayWrite()).isFalse();

        first.close();
        assertThat(first.fence().mayWrite()).isFalse();
        await().atMost(SOON).untilTrue(secondLeads);
        assertThat(second.fence().mayWrite()).isTrue();
        assertThat(holder()).isEqualTo(second.identity());

        second.close();
        assertThat(holder()).isNull();
    }

    /** Made by hand, restored from a backup that left fields out, or written by another program. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{holderIdentity: gone}",
                "{holderIdentity: gone, renewTime: '2020-01-01T00:00:00.000000Z'}",
                "{holderIdentity: gone, renewTime: '2999-01-01T00:00:00.000000Z'}",
                "{holderIdentity: gone, leaseDurationSeconds: 1}",
                "{holderIdentity: gone, leaseDurationSeconds: 1, leaseTransitions: 2147483647}",
                "{leaseDurationSeconds: 15, acquireTime: '2999-01-01T00:00:00.000000Z'}",
                "{holderIdentity: gone, leaseTransitions: 7, acquireTime: '2020-01-01T00:00:00.000000Z'}"
            })
    void aLeaseThatSaysTooLittleOrNonsenseIsTakenOverAfterALeaseDuration(String spec) {
        Lease left = Serialization.unmarshal(
                "apiVersion: coordination.k8s.io/v1\nkind: Lease\nmetadata: {name: operator}\nspec: " + spec,
                Lease.class);
        KubeApi.shared().client().leases().inNamespace(namespace).resource(left).create();
        AtomicBoolean leads = new AtomicBoolean();

        try (Leadership third = replica("operator-2", leads, Duration.ofSeconds(3), Duration.ofSeconds(2))) {
            third.start();
            await().atMost(Duration.ofSeconds(20)).untilTrue(leads);
            assertThat(third.isAlive()).isTrue();
            assertThat(holder()).isEqualTo(third.identity());
        }
    }

    private String holder() {
        return KubeApi.shared()
                .client()
                .leases()
                .inNamespace(namespace)
                .withName("operator")
                .get()
                .getSpec()
                .getHolderIdentity();
    }

    private Leadership replica(String pod, AtomicBoolean leads) {
        // An hour: the second one cannot have waited for the Lease to run out.
        return replica(pod, leads, Duration.ofHours(1), Duration.ofMinutes(1));
    }

    private Leadership replica(String pod, AtomicBoolean leads, Duration leaseDuration, Duration renewDeadline) {
        OperatorSettings.Leadership settings = new OperatorSettings.Leadership(
                true, "operator", pod, leaseDuration, renewDeadline, Duration.ofMillis(200));
        return new Leadership(
                KubeApi.shared().client(), settings, namespace, Duration.ofSeconds(10), new Leadership.Callbacks() {
                    @Override
                    public void elected() {
                        leads.set(true);
                    }

                    @Override
                    public void lost() {
                        leads.set(false);
                    }

                    @Override
                    public void ended() {
                        leads.set(false);
                    }
                });
    }
}
