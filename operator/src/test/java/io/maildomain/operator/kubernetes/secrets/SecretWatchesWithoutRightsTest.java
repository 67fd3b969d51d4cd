package io.maildomain.operator.kubernetes.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.SecretListBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient
class SecretWatchesWithoutRightsTest {

    private static final String LIST =
            "/api/v1/namespaces/mail/secrets?fieldSelector=metadata.name%3Dtokens&resourceVersion=0";
    private static final SecretKey TOKENS = new SecretKey("mail", "tokens");

    KubernetesMockServer server;
    KubernetesClient client;

    private final Queue<SecretKey> changes = new ConcurrentLinkedQueue<>();

    @Test
    void aForbiddenSecretIsUnknownWithAWordOfAdviceAndReadAsSoonAsItIsGranted() {
        server.expect()
                .get()
                .withPath(LIST)
                .andReturn(
                        403,
                        new StatusBuilder()
                                .withCode(403)
                                .withReason("Forbidden")
                                .build())
                .times(2);
        server.expect()
                .get()
                .withPath(LIST)
                .andReturn(
                        200,
                        new SecretListBuilder()
                                .withNewMetadata()
                                .withResourceVersion("7")
                                .endMetadata()
                                .withItems(new SecretBuilder()
                                        .withNewMetadata()
                                        .withNamespace("mail")
                                        .withName("tokens")
                                        .withResourceVersion("7")
                                        .endMetadata()
                                        .withData(Map.of("KEY", "dmFsdWU="))
                                        .build())
                                .build())
                .always();

        try (SecretWatches watches =
                new SecretWatches(client, changes::add, ended -> {}, SecretWatches.Limits.DEFAULT)) {
            watches.retain("domain", Set.of(TOKENS));

            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(watches.get(TOKENS))
                    .isInstanceOfSatisfying(SecretState.Unknown.class, unknown -> {
                        assertThat(unknown.cause()).isEqualTo(SecretState.Cause.FORBIDDEN);
                        assertThat(unknown.why())
                                .contains("not allowed to read Secret mail/tokens")
                                .contains("get, list and watch");
                    }));
            await().atMost(Duration.ofSeconds(30)).until(() -> watches.get(TOKENS) instanceof SecretState.Present);
            assertThat(changes).hasSize(2).containsOnly(TOKENS);
        }
    }
}
