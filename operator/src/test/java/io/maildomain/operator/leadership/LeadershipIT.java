package io.maildomain.operator.leadership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.maildomain.harness.KubeApi;
import io.maildomain.operator.settings.OperatorSettings;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

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
        OperatorSettings.Leadership settings = new OperatorSettings.Leadership(
                true, "operator", pod, Duration.ofHours(1), Duration.ofMinutes(1), Duration.ofMillis(200));
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
                });
    }
}
