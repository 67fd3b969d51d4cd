package io.maildomain.operator.kubernetes.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.maildomain.harness.KubeApi;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** On a real API server, as a user whom RBAC lets read one Secret by name and nothing else. */
class SecretWatchesIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String KEY = "CLOUDFLARE_API_TOKEN";

    private final KubernetesClient admin = KubeApi.shared().client();
    private final String namespace = KubeApi.shared().createNamespace("secrets");
    private final SecretKey tokens = new SecretKey(namespace, "tokens");
    private final SecretKey foreign = new SecretKey(namespace, "foreign");
    private final Queue<SecretKey> changes = new ConcurrentLinkedQueue<>();

    @Test
    void aRightOnOneNamedSecretIsEnoughAndAllItsChangesAreHeard() {
        allowReadingTokens();
        store(tokens, "first-value");
        store(foreign, "not-for-us");
        try (KubernetesClient reader = reader();
                SecretWatches watches =
                        new SecretWatches(reader, changes::add, ended -> {}, SecretWatches.Limits.DEFAULT)) {
            watches.retain("domain", Set.of(tokens, foreign));
            await().atMost(SOON).until(() -> value(watches).equals("first-value"));
            await().atMost(SOON).untilAsserted(() -> assertThat(watches.get(foreign))
                    .isInstanceOfSatisfying(SecretState.Unknown.class, unknown -> assertThat(unknown.cause())
                            .isEqualTo(SecretState.Cause.FORBIDDEN)));

            store(tokens, "second-value");
            await().atMost(SOON).until(() -> value(watches).equals("second-value"));

            admin.secrets().inNamespace(namespace).withName("tokens").delete();
            await().atMost(SOON).until(() -> watches.get(tokens) instanceof SecretState.Absent);

            store(tokens, "third-value");
            await().atMost(SOON).until(() -> value(watches).equals("third-value"));
            assertThat(changes).contains(tokens, foreign);
        }
    }

    @Test
    void aRightThatIsGrantedLaterIsUsedByItself() {
        store(tokens, "value");
        try (KubernetesClient reader = reader();
                SecretWatches watches =
                        new SecretWatches(reader, changes::add, ended -> {}, SecretWatches.Limits.DEFAULT)) {
            watches.retain("domain", Set.of(tokens));
            await().atMost(SOON)
                    .until(() -> watches.get(tokens) instanceof SecretState.Unknown unknown
                            && unknown.cause() == SecretState.Cause.FORBIDDEN);
            changes.clear();
            allowReadingTokens();
            await().atMost(SOON).until(() -> value(watches).equals("value"));
            assertThat(changes).contains(tokens);
        }
    }

    private String value(SecretWatches watches) {
        return watches.get(tokens) instanceof SecretState.Present present
                ? new String(present.value(KEY).orElseThrow(), StandardCharsets.UTF_8)
                : "";
    }

    private KubernetesClient reader() {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(KubeApi.shared().config())
                        .withImpersonateUsername("reader-" + namespace)
                        .build())
                .build();
    }

    private void allowReadingTokens() {
        admin.resource(new RoleBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName("read-tokens")
                        .endMetadata()
                        .addNewRule()
                        .withApiGroups("")
                        .withResources("secrets")
                        .withResourceNames("tokens")
                        .withVerbs("get", "list", "watch")
                        .endRule()
                        .build())
                .create();
        admin.resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName("read-tokens")
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "Role", "read-tokens")
                        .addNewSubject("rbac.authorization.k8s.io", "User", "reader-" + namespace, null)
                        .build())
                .create();
    }

    private void store(SecretKey key, String value) {
        admin.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(key.namespace())
                        .withName(key.name())
                        .endMetadata()
                        .withStringData(Map.of(KEY, value))
                        .build())
                .createOr(existing -> existing.update());
    }
}
