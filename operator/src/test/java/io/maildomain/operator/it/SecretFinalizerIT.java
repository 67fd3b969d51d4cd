package io.maildomain.operator.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.maildomain.harness.KubeApi;
import io.maildomain.operator.kubernetes.secrets.SecretFinalizer;
import io.maildomain.operator.kubernetes.secrets.SecretKey;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The finalizer on Secrets, as the API server takes it. */
class SecretFinalizerIT {

    private static final String NAME = "tokens-of-two";

    private final KubeApi api = KubeApi.shared();
    private final KubernetesClient client = api.client();
    private final String one = api.createNamespace("one");
    private final String two = api.createNamespace("two");
    private final SecretFinalizer blue = new SecretFinalizer(client, "blue");
    private final SecretFinalizer green = new SecretFinalizer(client, "green");

    @AfterEach
    void leaveNothing() {
        for (String namespace : List.of(one, two)) {
            client.secrets().inNamespace(namespace).list().getItems().forEach(secret -> client.resource(secret)
                    .edit(held -> {
                        held.getMetadata().setFinalizers(List.of());
                        return held;
                    }));
            client.namespaces().withName(namespace).delete();
        }
    }

    private Secret secret(String namespace, String name, String... finalizers) {
        return client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .withFinalizers(finalizers)
                        .endMetadata()
                        .withStringData(Map.of("a", "b"))
                        .build())
                .create();
    }

    private Secret now(Secret secret) {
        return client.resource(secret).get();
    }

    @Test
    void twoInstallationsThatShareASecretHaveOneEachAndNoneTakesOffTheOthers() {
        Secret shared = secret(one, NAME);

        assertThat(blue.putOn(shared)).isTrue();
        assertThat(green.putOn(now(shared))).isTrue();
        assertThat(now(shared).getMetadata().getFinalizers()).containsExactly(blue.name(), green.name());
        assertThat(blue.takeOff(now(shared))).isTrue();

        assertThat(now(shared).getMetadata().getFinalizers()).containsExactly(green.name());
        assertThat(now(shared).getData()).isEqualTo(shared.getData());
    }

    @Test
    void aSecretThatAUserChangedMeanwhileIsNotWrittenTo() {
        Secret read = secret(one, NAME);
        client.resource(read).edit(changed -> {
            changed.getMetadata().setLabels(Map.of("a", "b"));
            return changed;
        });

        assertThat(blue.putOn(read)).isFalse();

        assertThat(now(read).getMetadata().getFinalizers()).isEmpty();
    }

    @Test
    void aSecretOfTheSameNameThatWasCreatedAgainIsNotTheOneThatWasRead() {
        Secret read = secret(one, NAME, blue.name());
        client.resource(read).edit(released -> {
            released.getMetadata().setFinalizers(List.of());
            return released;
        });
        client.resource(read).delete();
        Secret again = secret(one, NAME, blue.name());

        assertThat(blue.takeOff(read)).isFalse();

        assertThat(now(again).getMetadata().getFinalizers()).containsExactly(blue.name());
    }

    @Test
    void whatAnEarlierProcessHeldIsFoundByItsNameInAllNamespaces() {
        secret(one, NAME, blue.name());
        secret(two, NAME, "example.com/another", blue.name());
        secret(one, "others", blue.name());
        secret(two, "spare", green.name());

        assertThat(blue.everywhere(NAME)).containsExactlyInAnyOrder(new SecretKey(one, NAME), new SecretKey(two, NAME));
        assertThat(green.everywhere(NAME)).isEmpty();
    }

    @Test
    void theLongestOwnerIdMakesANameThatKubernetesTakes() {
        SecretFinalizer longest = new SecretFinalizer(client, "x".repeat(64));
        Secret secret = secret(one, NAME);

        assertThat(longest.putOn(secret)).isTrue();

        assertThat(longest.isOn(now(secret))).isTrue();
        assertThat(longest.name()).isNotEqualTo(new SecretFinalizer(client, "y".repeat(64)).name());
    }
}
