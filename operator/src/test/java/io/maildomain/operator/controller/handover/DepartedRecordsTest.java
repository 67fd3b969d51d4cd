package io.maildomain.operator.controller.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMapListBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.controller.watches.WatchMapper;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is known of departed MailDomains where the API server does not let the operator list them. */
@EnableKubernetesMockClient
class DepartedRecordsTest {

    private static final String LIST =
            "/api/v1/namespaces/mail-system/configmaps?labelSelector=maildomain.io%2Fdeparted";

    KubernetesMockServer server;
    KubernetesClient client;

    private DepartedRecords records() {
        return new DepartedRecords(client, "mail-system", Duration.ofMinutes(1), namespace -> true, new WatchMapper());
    }

    private void refuses(int times) {
        server.expect()
                .get()
                .withPath(LIST)
                .andReturn(403, new StatusBuilder().withCode(403).build())
                .times(times);
    }

    private void lists() {
        server.expect()
                .get()
                .withPath(LIST)
                .andReturn(200, new ConfigMapListBuilder().build())
                .always();
    }

    private static MailDomain going() {
        MailDomain domain = new MailDomain();
        domain.setMetadata(new ObjectMetaBuilder()
                .withNamespace("mail")
                .withName("example")
                .withUid("uid")
                .build());
        return domain;
    }

    @Test
    void withoutTheRightNothingIsNotedAndThatIsNoIllness() {
        refuses(10);
        DepartedRecords records = records();
        records.start();
        records.startAfterAll();

        assertThat(records.isAvailable()).isFalse();
        assertThat(records.note(going())).isFalse();
        assertThat(records.isHealthy()).isTrue();
    }

    @Test
    void aRightThatComesLaterTakesANewStart() {
        refuses(2);
        lists();
        DepartedRecords records = records();
        records.start();
        records.startAfterAll();
        assertThat(records.isHealthy()).isTrue();

        assertThat(records.note(going())).isFalse();

        assertThat(records.isHealthy()).isFalse();
    }
}
