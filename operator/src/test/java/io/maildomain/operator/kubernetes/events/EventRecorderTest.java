package io.maildomain.operator.kubernetes.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.fixture.ShiftedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true)
class EventRecorderTest {

    private static final Instant START = Instant.parse("2026-11-24T00:00:00Z");

    KubernetesMockServer server;
    KubernetesClient client;

    private final ShiftedClock clock = ShiftedClock.stoppedAt(START);
    private EventRecorder recorder;

    @BeforeEach
    void open() {
        recorder = new EventRecorder(client, clock, "operator-0");
    }

    @AfterEach
    void close() {
        recorder.close();
    }

    @Test
    void anEventSaysWhoReportsWhatAboutWhichObject() {
        recorder.record(mailObject(), EventType.WARNING, Reason.ZoneKept, "the zone holds records of others");

        assertThat(events("mail", 1)).singleElement().satisfies(event -> {
            assertThat(event.getType()).isEqualTo("Warning");
            assertThat(event.getReason()).isEqualTo("ZoneKept");
            assertThat(event.getMessage()).isEqualTo("the zone holds records of others");
            assertThat(event.getCount()).isOne();
            assertThat(event.getFirstTimestamp()).isEqualTo("2026-11-24T00:00:00Z");
            assertThat(event.getReportingComponent()).isEqualTo("maildomain.io/mail-domain-operator");
            assertThat(event.getReportingInstance()).isEqualTo("operator-0");
            assertThat(event.getInvolvedObject().getKind()).isEqualTo("ConfigMap");
            assertThat(event.getInvolvedObject().getName()).isEqualTo("example-com");
            assertThat(event.getInvolvedObject().getUid()).isEqualTo("uid-1");
        });
    }

    @Test
    void repetitionsAreCountedInTheSameEvent() {
        recorder.record(mailObject(), EventType.NORMAL, Reason.Created, "created rule a");
        clock.passes(Duration.ofSeconds(90));
        recorder.record(mailObject(), EventType.NORMAL, Reason.Created, "created rule a");

        await().untilAsserted(
                        () -> assertThat(events("mail", 1)).singleElement().satisfies(event -> {
                            assertThat(event.getCount()).isEqualTo(2);
                            assertThat(event.getFirstTimestamp()).isEqualTo("2026-11-24T00:00:00Z");
                            assertThat(event.getLastTimestamp()).isEqualTo("2026-11-24T00:01:30Z");
                            assertThat(event.getReason()).isEqualTo("Created");
                        }));
    }

    @Test
    void anEventThatSomebodyRemovedIsWrittenAnew() {
        recorder.record(mailObject(), EventType.NORMAL, Reason.Created, "created rule a");
        Event first = events("mail", 1).get(0);
        client.resource(first).delete();
        recorder.record(mailObject(), EventType.NORMAL, Reason.Created, "created rule a");

        assertThat(events("mail", 1)).singleElement().satisfies(event -> assertThat(
                        event.getMetadata().getName())
                .isNotEqualTo(first.getMetadata().getName()));
    }

    @Test
    void eventsAboutClusterScopedObjectsLieInDefault() {
        HasMetadata account = new NamespaceBuilder()
                .withNewMetadata()
                .withName("account")
                .withUid("uid-2")
                .endMetadata()
                .build();
        recorder.record(account, EventType.NORMAL, Reason.Created, "said");
        assertThat(events("default", 1)).hasSize(1);
    }

    @Test
    void aFloodIsCutOff() {
        for (int number = 0; number < 50; number++) {
            recorder.record(mailObject(), EventType.NORMAL, Reason.Created, "created rule " + number);
        }
        recorder.close();
        assertThat(events("mail", 10)).hasSize(10);
    }

    @Test
    void closingWritesWhatWasSaidBefore() {
        recorder.record(mailObject(), EventType.NORMAL, Reason.Created, "last words");
        recorder.close();
        assertThat(client.v1().events().inNamespace("mail").list().getItems()).hasSize(1);
        assertThatCode(() -> recorder.record(mailObject(), EventType.NORMAL, Reason.Created, "too late"))
                .doesNotThrowAnyException();
    }

    @Test
    void aRefusedEventIsNobodysConcern() {
        server.expect()
                .post()
                .withPath("/api/v1/namespaces/mail/events")
                .andReturn(403, "")
                .once();
        recorder.record(mailObject(), EventType.NORMAL, Reason.Created, "refused");
        recorder.record(mailObject(), EventType.NORMAL, Reason.Created, "accepted");
        await().untilAsserted(() ->
                assertThat(events("mail", 1)).extracting(Event::getMessage).contains("accepted"));
    }

    private List<Event> events(String namespace, int atLeast) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> client.v1()
                                .events()
                                .inNamespace(namespace)
                                .list()
                                .getItems()
                                .size()
                        >= atLeast);
        return client.v1().events().inNamespace(namespace).list().getItems();
    }

    private static HasMetadata mailObject() {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace("mail")
                .withName("example-com")
                .withUid("uid-1")
                .withResourceVersion("5")
                .endMetadata()
                .build();
    }
}
