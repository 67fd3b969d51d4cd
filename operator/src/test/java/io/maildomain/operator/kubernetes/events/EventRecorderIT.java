package io.maildomain.operator.kubernetes.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.harness.KubeApi;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A real API server checks what the mock server lets pass. */
class EventRecorderIT {

    private final KubernetesClient client = KubeApi.shared().client();
    private final String namespace = KubeApi.shared().createNamespace("events");

    @Test
    void eventsAreTakenAndCounted() {
        ConfigMap object = client.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName("example-com")
                        .endMetadata()
                        .build())
                .create();
        try (EventRecorder recorder = new EventRecorder(client, Clock.systemUTC(), "operator-0")) {
            recorder.record(object, EventType.NORMAL, Reason.Created, "created 5 rules: a, b, … +3");
            recorder.record(object, EventType.NORMAL, Reason.Created, "created 5 rules: a, b, … +3");
            recorder.record(object, EventType.WARNING, Reason.ZoneKept, "ä".repeat(2_000));

            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(events())
                    .hasSize(2)
                    .anySatisfy(event -> {
                        assertThat(event.getReason()).isEqualTo("Created");
                        assertThat(event.getCount()).isEqualTo(2);
                        assertThat(event.getInvolvedObject().getUid())
                                .isEqualTo(object.getMetadata().getUid());
                        assertThat(event.getReportingComponent()).isEqualTo(EventRecorder.REPORTER);
                    })
                    .anySatisfy(event -> assertThat(event.getMessage()).endsWith("ä…")));
        }
    }

    private List<Event> events() {
        return client.v1().events().inNamespace(namespace).list().getItems();
    }
}
