package io.maildomain.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A page that shows all namespaces is served only where the installer says to whom. */
class ChartStatusPageTest {

    private final Chart chart = new Chart(Checkout.find().chart());

    private List<String> audience(Map<String, Object> values) {
        try (KubernetesClient client = new KubernetesClientBuilder().build()) {
            return chart.container(client, "mail-system", values).getEnv().stream()
                    .filter(variable -> variable.getName().equals("MAILDOMAIN_STATUS_PAGE"))
                    .map(EnvVar::getValue)
                    .toList();
        }
    }

    @Test
    void withoutAWordThereIsNoPage() {
        assertThat(audience(Map.of())).isEmpty();
        assertThat(audience(Map.of("statusPage", "none"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "network"})
    void theOperatorIsToldWhoIsServedIt(String audience) {
        assertThat(audience(Map.of("statusPage", audience))).containsExactly(audience);
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "all", "LOCAL"})
    void anotherWordIsRefused(String audience) {
        assertThatThrownBy(() -> audience(Map.of("statusPage", audience))).hasMessageContaining("statusPage");
    }
}
