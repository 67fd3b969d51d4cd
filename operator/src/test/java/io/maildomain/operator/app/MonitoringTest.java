package io.maildomain.operator.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.javaoperatorsdk.operator.Operator;
import io.maildomain.operator.app.OperatorRuntime.Surroundings;
import io.maildomain.operator.config.SettingsOptions;
import io.maildomain.operator.controller.sweep.Tasks;
import io.maildomain.operator.credentials.ApiToken;
import io.maildomain.operator.kubernetes.events.EventRecorder;
import io.maildomain.operator.kubernetes.leadership.Fence;
import io.maildomain.operator.server.http.ProbeResult;
import io.maildomain.operator.server.logging.Redactor;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MonitoringTest {

    private Duration time = Duration.ofDays(1);
    private final KubernetesClient client = new KubernetesClientBuilder().build();
    private final EventRecorder events = new EventRecorder(client, Clock.systemUTC(), "here");
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Operator operator = new Operator(
            configuration -> configuration.withKubernetesClient(client).checkingCRDAndValidateLocalModel(false));
    private final Monitoring monitoring = new Monitoring(
            new Surroundings(
                    "1.2.3",
                    CommandLine.populateCommand(new SettingsOptions(), "--operator-namespace=mail-system")
                            .settings(""),
                    client,
                    client,
                    meters,
                    events,
                    Fence.open(),
                    new Redactor(),
                    Clock.systemUTC()),
            () -> time);

    @AfterEach
    void close() {
        events.close();
        client.close();
    }

    @Test
    void anInformerThatStoppedIsAReasonToRestart() {
        assertThat(monitoring.liveness(operator, () -> true)).isEqualTo(ProbeResult.pass("ok"));
        assertThat(monitoring.liveness(operator, () -> false)).isEqualTo(ProbeResult.fail("an informer has stopped"));
    }

    @Test
    void sweepsThatHaveNoThreadAnyMoreAreAReasonToRestart() {
        Tasks gone = (delay, task) -> {};
        monitoring.watching(gone).after(Duration.ofMinutes(10), () -> {});
        assertThat(monitoring.liveness(operator, () -> true)).isEqualTo(ProbeResult.pass("ok"));

        time = time.plus(Duration.ofMinutes(26));

        assertThat(monitoring.liveness(operator, () -> true))
                .isEqualTo(ProbeResult.fail("no sweep has gone on for more than 15 min, though one is due"));
    }

    @Test
    void whatWasNotReadYetIsNoReasonToRestart() {
        assertThat(monitoring.readiness(operator, () -> false).passes()).isFalse();
        assertThat(monitoring.readiness(operator, () -> true)).isEqualTo(ProbeResult.pass("ready, leading"));
    }

    @Test
    void countersAreThereBeforeTheyCountAnything() {
        assertThat(meters.scrape())
                .contains(
                        "maildomain_drift_mended_total{kind=\"maildomain\"} 0.0",
                        "maildomain_requeues_total{requeue=\"stalled\"} 0.0");
    }

    @Test
    void aTokenThatNoAccountUsesIsCountedUnderNone() {
        assertThat(monitoring.accountTokens().nameFor(ApiToken.of("a-token-of-no-account-0123456789-0123456789")))
                .isEmpty();
    }
}
