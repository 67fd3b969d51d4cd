package io.maildomain.operator.controller.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainSpec;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.api.v1alpha1.Ownership;
import io.maildomain.api.v1alpha1.ZoneOrigin;
import io.maildomain.api.v1alpha1.ZoneOwnership;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DepartedRecordTest {

    private static final KubernetesSerialization JSON = new KubernetesSerialization();

    private final DepartedRecord record = new DepartedRecord(JSON, "mail-system");

    private static MailDomain domain() {
        MailDomain domain = new MailDomain();
        domain.setMetadata(new ObjectMetaBuilder()
                .withNamespace("mail")
                .withName("shop")
                .withUid("1234")
                .withGeneration(3L)
                .withCreationTimestamp("2026-11-01T00:00:00Z")
                .withDeletionTimestamp("2026-11-28T00:00:00Z")
                .withFinalizers("maildomain.io/finalizer")
                .withLabels(Map.of("theirs", "label"))
                .withAnnotations(Map.of("theirs", "annotation", "maildomain.io/confirm-zone-deletion", "shop.example"))
                .build());
        domain.setSpec(JSON.unmarshal("{\"domain\":\"shop.example\"}", MailDomainSpec.class));
        Ownership noted = Ownership.nothing().withZone(new ZoneOwnership("z", "account", ZoneOrigin.Created, null));
        domain.setStatus(MailDomainStatus.ofOwnership(noted));
        return domain;
    }

    @Test
    void itComesBackAsAMailDomainThatIsBeingDeletedLessWhatIsNotOurs() {
        ConfigMap map = record.of(domain(), null);
        MailDomain read = record.read(map).orElseThrow();
        assertThat(read.isMarkedForDeletion()).isTrue();
        assertThat(read.getMetadata().getUid()).isEqualTo("1234");
        assertThat(read.getMetadata().getCreationTimestamp()).isEqualTo("2026-11-01T00:00:00Z");
        assertThat(read.getMetadata().getFinalizers()).isEmpty();
        assertThat(read.getMetadata().getAnnotations())
                .containsOnly(Map.entry("maildomain.io/confirm-zone-deletion", "shop.example"));
        assertThat(read.getSpec()).isEqualTo(domain().getSpec());
        assertThat(read.getStatus().ownership()).isEqualTo(domain().getStatus().ownership());
        assertThat(map.getData()).containsEntry("resource", "mail/shop").containsEntry("state", "");
        assertThat(map.toString()).doesNotContain("theirs");
    }

    @Test
    void whatPeopleAnnotateOnTheRecordIsSaidOfTheMailDomain() {
        ConfigMap map = record.of(domain(), null);
        map.getMetadata().setAnnotations(Map.of("maildomain.io/abandon", "true", "other", "x"));
        assertThat(record.read(map).orElseThrow().getMetadata().getAnnotations())
                .containsOnlyKeys("maildomain.io/abandon", "maildomain.io/confirm-zone-deletion");
    }

    @Test
    void theStateSaysWhyItIsStillThere() {
        MailDomain domain = domain();
        Condition ready = new Condition("Ready", "False", 3L, Instant.EPOCH, "TokenInvalid", "mint another one");
        domain.setStatus(domain.getStatus().withConditions(3L, List.of(ready)));
        assertThat(record.of(domain, null).getData()).containsEntry("state", "TokenInvalid: mint another one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "no json", "{\"metadata\":{\"uid\":\"other\"}}", "[]"})
    void whatIsNoRecordIsLeftAlone(String json) {
        ConfigMap map = new ConfigMapBuilder(record.of(domain(), null))
                .withData(Map.of("mailDomain", json))
                .build();
        assertThat(record.read(map)).isEmpty();
        assertThat(record.read(new ConfigMapBuilder(map).withData(null).build()))
                .isEmpty();
    }

    @Test
    void aRecordUnderAnotherNameIsNone() {
        ConfigMap map = record.of(domain(), null);
        map.getMetadata().setName("copy");
        assertThat(record.read(map)).isEmpty();
    }
}
