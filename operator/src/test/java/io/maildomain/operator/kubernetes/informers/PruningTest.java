package io.maildomain.operator.kubernetes.informers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.DefaultKubernetesResourceList;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.MailDomain;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PruningTest {

    private static final String METADATA = """
            "metadata": {"name": "x", "namespace": "mail", "uid": "u", "resourceVersion": "7", "generation": 3,
             "creationTimestamp": "2026-01-01T00:00:00Z", "deletionTimestamp": "2026-01-02T00:00:00Z",
             "deletionGracePeriodSeconds": 0, "generateName": "x-",
             "annotations": {"a/b": "foreign", "maildomain.io/abandon": "true", "last": "applied"},
             "labels": {"team": "mail"},
             "finalizers": ["a/first", "maildomain.io/finalizer", "a/last"],
             "ownerReferences": [{"apiVersion": "v1", "kind": "ConfigMap", "name": "o", "uid": "o"}],
             "managedFields": [{"manager": "m", "operation": "Apply", "fieldsV1": {"f:spec": {"f:domain": {}}}}]}""";

    private final KubernetesSerialization whole = new KubernetesSerialization(Pruning.whole(new ObjectMapper()), true);
    private final KubernetesSerialization outline =
            new KubernetesSerialization(Pruning.outline(new ObjectMapper()), true);

    private static String json(String kind) {
        return "{\"apiVersion\": \"maildomain.io/v1alpha1\", \"kind\": \"" + kind + "\", " + METADATA
                + ", \"spec\": {}, \"status\": {}}";
    }

    private static void isPruned(ObjectMeta metadata) {
        assertThat(metadata.getName()).isEqualTo("x");
        assertThat(metadata.getNamespace()).isEqualTo("mail");
        assertThat(metadata.getUid()).isEqualTo("u");
        assertThat(metadata.getResourceVersion()).isEqualTo("7");
        assertThat(metadata.getGeneration()).isEqualTo(3);
        assertThat(metadata.getCreationTimestamp()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(metadata.getDeletionTimestamp()).isEqualTo("2026-01-02T00:00:00Z");
        assertThat(metadata.getAnnotations()).isEqualTo(Map.of("maildomain.io/abandon", "true"));
        assertThat(metadata.getFinalizers()).containsExactly("maildomain.io/finalizer");
        assertThat(metadata.getLabels()).isEmpty();
        assertThat(metadata.getOwnerReferences()).isEmpty();
        assertThat(metadata.getManagedFields()).isEmpty();
        assertThat(metadata.getGenerateName()).isNull();
    }

    @Test
    void whatThousandsSayAlikeLiesInMemoryOnce() {
        String json = json("MailDomain").replace("\"spec\": {}", """
                        "spec": {"domain": "x.example", "credentials": {"accountRef": {"name": "main"}},
                         "rules": [{"address": "a@x.example", "action": {"forwardTo": "team@corp.example"}}]}""").replace("\"status\": {}", """
                        "status": {"conditions": [{"type": "Ready", "status": "True", "reason": "Ready",
                         "message": "all is as it should be", "lastTransitionTime": "2026-01-01T00:00:00Z"}]}""");
        MailDomain one = whole.unmarshal(json, MailDomain.class);
        MailDomain other = whole.unmarshal(json, MailDomain.class);

        Stream.<Function<MailDomain, Object>>of(
                        is -> is.getMetadata().getNamespace(),
                        is -> is.getMetadata().getFinalizers().get(0),
                        is -> is.getSpec().credentials().accountRef().name(),
                        is -> is.getSpec().rules().get(0).action().forwardTo(),
                        is -> is.getStatus().conditions().get(0).type(),
                        is -> is.getStatus().conditions().get(0).status(),
                        is -> is.getStatus().conditions().get(0).reason(),
                        is -> is.getStatus().conditions().get(0).message())
                .forEach(text -> assertThat(text.apply(one)).isSameAs(text.apply(other)));
        assertThat(one.getSpec().domain()).isNotSameAs(other.getSpec().domain());
    }

    @ParameterizedTest
    @ValueSource(classes = {MailDomain.class, CatchAllRule.class, CloudflareAccount.class})
    void ofOurKindsWhatIsMeantForUsIsKept(Class<? extends CustomResource<?, ?>> kind) {
        CustomResource<?, ?> read = whole.unmarshal(json(kind.getSimpleName()), kind);

        isPruned(read.getMetadata());
        assertThat(read.getSpec()).isNotNull();
        assertThat(read.getStatus()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(classes = {MailDomain.class, CatchAllRule.class, CloudflareAccount.class})
    void anOutlineIsTheMetadata(Class<? extends CustomResource<?, ?>> kind) {
        CustomResource<?, ?> read = outline.unmarshal(json(kind.getSimpleName()), kind);

        isPruned(read.getMetadata());
        assertThat(read.getSpec()).isNull();
        assertThat(read.getStatus()).isNull();
    }

    @Test
    void soAreTheItemsOfAListAndACopy() {
        MailDomain item = whole.unmarshal(
                        new ByteArrayInputStream(
                                ("{\"items\": [" + json("MailDomain") + "]}").getBytes(StandardCharsets.UTF_8)),
                        new TypeReference<DefaultKubernetesResourceList<MailDomain>>() {
                            @Override
                            public Type getType() {
                                return whole.constructParametricType(
                                        DefaultKubernetesResourceList.class, MailDomain.class);
                            }
                        })
                .getItems()
                .get(0);

        isPruned(item.getMetadata());
        isPruned(whole.clone(item).getMetadata());
    }

    @Test
    void aNamespaceKeepsItsLabels() {
        Namespace read =
                whole.unmarshal("{\"apiVersion\": \"v1\", \"kind\": \"Namespace\", " + METADATA + "}", Namespace.class);

        assertThat(read.getMetadata().getLabels()).isEqualTo(Map.of("team", "mail"));
        assertThat(read.getMetadata().getManagedFields()).isEmpty();
    }

    @Test
    void whatIsNeitherIsReadAsEver() {
        Secret read = whole.unmarshal("{\"apiVersion\": \"v1\", \"kind\": \"Secret\", " + METADATA + "}", Secret.class);

        assertThat(read.getMetadata().getAnnotations()).hasSize(3);
        assertThat(read.getMetadata().getFinalizers()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"annotations\": null, \"labels\": null, \"finalizers\": null, \"name\": null}"})
    void whatIsNotThereIsEmpty(String metadata) {
        ObjectMeta read = whole.unmarshal("{\"metadata\": " + metadata + "}", MailDomain.class)
                .getMetadata();

        assertThat(read.getName()).isNull();
        assertThat(read.getAnnotations()).isEqualTo(Map.of());
        assertThat(read.getFinalizers()).isEqualTo(List.of());
    }

    @Test
    void ourPrefixIsNoLicenceToFillTheMemory() {
        String many = IntStream.range(0, 2000)
                .mapToObj("\"maildomain.io/x%d\": \"y\""::formatted)
                .collect(Collectors.joining(", "));
        String finalizers = IntStream.range(0, 2000)
                .mapToObj("\"maildomain.io/x%d\""::formatted)
                .collect(Collectors.joining(", "));
        ObjectMeta read = whole.unmarshal(
                        "{\"metadata\": {\"annotations\": {\"maildomain.io/a\": \"" + "z".repeat(250_000) + "\", "
                                + many + "}, \"finalizers\": [" + finalizers + "]}}",
                        MailDomain.class)
                .getMetadata();

        assertThat(read.getAnnotations().get("maildomain.io/a")).hasSize(512);
        assertThat(read.getAnnotations()).hasSizeLessThan(20);
        assertThat(read.getFinalizers()).hasSizeLessThan(20);
    }

    @Test
    void metadataThatIsNoObjectIsRefused() {
        assertThatThrownBy(() -> whole.unmarshal("{\"metadata\": [1]}", MailDomain.class))
                .isInstanceOf(RuntimeException.class);
    }
}
