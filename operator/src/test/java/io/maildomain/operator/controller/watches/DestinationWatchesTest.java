package io.maildomain.operator.controller.watches;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.maildomain.api.v1alpha1.AccountRef;
import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.DestinationAddress;
import io.maildomain.api.v1alpha1.DestinationAddressSpec;
import io.maildomain.operator.fixture.TestResources;
import io.maildomain.operator.kubernetes.informers.MemoryCluster;
import io.maildomain.operator.kubernetes.informers.ResourceListener.Change;
import io.maildomain.operator.kubernetes.secrets.SecretKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DestinationWatchesTest {

    private final List<String> woken = new ArrayList<>();
    private final CloudflareAccount account =
            TestResources.account("default", TestResources.ACCOUNT_ID, TestResources.grant("team", null, "*"));
    private final MemoryCluster cluster = MemoryCluster.of(List.of(), List.of())
            .with(account)
            .withDestinationAddresses(() -> List.of(
                    destination("team", "a", "default"),
                    destination("other", "b", "default"),
                    destination("team", "c", "second")));
    private final DestinationWatches watches = new DestinationWatches(cluster, this::wake);

    private void wake(HasMetadata resource) {
        woken.add(resource.getMetadata().getName());
    }

    private static DestinationAddress destination(String namespace, String name, String account) {
        DestinationAddress destination = new DestinationAddress();
        destination.setMetadata(TestResources.meta(namespace, name, 0));
        destination.setSpec(new DestinationAddressSpec(new AccountRef(account), name + "@corp.example", null));
        return destination;
    }

    private static Namespace namespace(String name, Map<String, String> labels) {
        Namespace namespace = new Namespace();
        namespace.setMetadata(
                new ObjectMetaBuilder().withName(name).withLabels(labels).build());
        return namespace;
    }

    @Test
    void aSecretWakesThoseOfTheAccountsThatNameIt() {
        watches.secretChanged(new SecretKey("mail-system", "tokens"));
        assertThat(woken).containsExactly("a", "b");

        watches.secretChanged(new SecretKey("mail-system", "others"));
        assertThat(woken).hasSize(2);
    }

    @Test
    void anAccountThatGrantsSomethingElseWakesItsOwn() {
        CloudflareAccount other = TestResources.account("default", TestResources.ACCOUNT_ID);

        watches.accountChanged(new Change<>(account, account));
        assertThat(woken).isEmpty();
        watches.accountChanged(new Change<>(account, other));
        assertThat(woken).containsExactly("a", "b");
    }

    @Test
    void labelsWakeWhatIsInTheNamespace() {
        watches.namespaceChanged(
                new Change<>(namespace("team", Map.of("a", "b")), namespace("team", Map.of("a", "b"))));
        assertThat(woken).isEmpty();
        watches.namespaceChanged(new Change<>(namespace("team", Map.of()), namespace("team", Map.of("a", "b"))));
        assertThat(woken).containsExactly("a", "c");
    }
}
