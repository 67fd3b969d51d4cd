package io.maildomain.operator.controller.watches;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.CloudflareAccountSpec;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainSpec;
import io.maildomain.operator.kubernetes.informers.MemoryCluster;
import io.maildomain.operator.kubernetes.informers.ResourceListener.Change;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who looks again when an account or a namespace changes: those whose grants depend on what changed. */
class GrantChangesTest {

    private static final String ONE = "{'namespaces':{'matchLabels':{'team':'one'}},'domains':['*']}";
    private static final String TWO = "{'namespaces':{'matchLabels':{'team':'two'}},'domains':['*']}";

    private final MailDomain one = domain("one");
    private final MailDomain two = domain("two");
    private final MemoryCluster cluster = MemoryCluster.of(List.of(one, two), List.of())
            .withLabels("one", Map.of("team", "one"))
            .withLabels("two", Map.of("team", "two"));
    private final GrantChanges changes = new GrantChanges(cluster, new DependencyIndex(cluster, domain -> true));

    private static MailDomain domain(String namespace) {
        MailDomain domain = new MailDomain();
        domain.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName("example")
                .withUid(namespace)
                .build());
        domain.setSpec(read("{'domain':'" + namespace + ".example'}", MailDomainSpec.class));
        return domain;
    }

    private static CloudflareAccount account(String annotation, String secret, String... access) {
        CloudflareAccount account = new CloudflareAccount();
        account.setMetadata(new ObjectMetaBuilder()
                .withName("default")
                .withUid("account")
                .addToAnnotations(annotation, "x")
                .build());
        account.setSpec(read(
                "{'secretRef':{'namespace':'mail-system','name':'" + secret + "'},'access':[" + String.join(",", access)
                        + "]}",
                CloudflareAccountSpec.class));
        return account;
    }

    private static <T> T read(String json, Class<T> type) {
        try {
            return new ObjectMapper().findAndRegisterModules().readValue(json.replace('\'', '"'), type);
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private List<MailDomain> concerned(CloudflareAccount before, CloudflareAccount after) {
        cluster.with(after);
        return changes.concernedByAccount(new Change<>(before, after));
    }

    private List<MailDomain> relabelled(Map<String, String> before, Map<String, String> after) {
        cluster.with(account("a", "s", ONE, TWO));
        return changes.concernedByNamespace(new Change<>(namespace(before), namespace(after)));
    }

    private static Namespace namespace(Map<String, String> labels) {
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName("one")
                .withLabels(labels)
                .endMetadata()
                .build();
    }

    @Test
    void aForeignAnnotationConcernsNobody() {
        assertThat(concerned(account("theirs.example/note", "s", ONE), account("theirs.example/other", "s", ONE)))
                .isEmpty();
    }

    @Test
    void oneOfOursAndAnotherSecretConcernAll() {
        assertThat(concerned(account("a", "s", ONE), account("maildomain.io/allow-mass-deletion", "s", ONE)))
                .containsExactly(one, two);
        assertThat(concerned(account("a", "s", ONE), account("a", "t", ONE))).containsExactly(one, two);
    }

    @Test
    void anotherNamespacesGrantConcernsThatNamespace() {
        assertThat(concerned(account("a", "s", ONE), account("a", "s", ONE, TWO)))
                .containsExactly(two);
        assertThat(concerned(account("a", "s", ONE, TWO), account("a", "s", TWO)))
                .containsExactly(one);
    }

    @Test
    void aLabelThatNoGrantDependsOnConcernsNobody() {
        assertThat(relabelled(Map.of("team", "one"), Map.of("team", "one", "cost", "42")))
                .isEmpty();
        assertThat(relabelled(Map.of("team", "one"), Map.of("team", "three"))).containsExactly(one);
    }
}
