package io.maildomain.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Destination addresses as fabric8's client reads and writes them. */
class DestinationAddressTest {
    private static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");
    private static final String ACCOUNT = "0123456789abcdef0123456789abcdef";

    private final KubernetesSerialization serialization = new KubernetesSerialization();

    @Test
    void anAddressThatSaysOnlyWhatItMustIsOfTheDefaultAccountAndStays() {
        DestinationAddressSpec spec = destination("email: team@corp.example").getSpec();

        assertThat(spec).isEqualTo(DestinationAddressSpec.of("team@corp.example"));
        assertThat(spec.accountRef().name()).isEqualTo("default");
        assertThat(spec.deletionPolicy()).isEqualTo(DeletionPolicy.Retain);
    }

    @Test
    void aWholeDestinationSurvivesTheRoundTrip() {
        DestinationAddress before =
                destination("{accountRef: {name: other}, email: team@corp.example, deletionPolicy: Delete}");
        before.setStatus(new DestinationAddressStatus(
                2L,
                null,
                DestinationState.Verified,
                NOW,
                DestinationOwnership.of(ACCOUNT).creating(NOW, "again").created("a".repeat(32)),
                "uid",
                "asked"));

        DestinationAddress after = serialization.unmarshal(serialization.asYaml(before), DestinationAddress.class);

        assertThat(after.getSpec()).isEqualTo(before.getSpec());
        assertThat(after.getStatus()).isEqualTo(before.getStatus());
        assertThat(after.getSpec().deletionPolicy()).isEqualTo(DeletionPolicy.Delete);
    }

    /** Only a Created address may be deleted, and only a lost answer needs the time. */
    @Test
    void theRecordSaysHowTheAddressCameToBe() {
        DestinationOwnership creating = DestinationOwnership.of(ACCOUNT).creating(NOW, "again");

        assertThat(creating.notedAddress()).contains(new TargetOwnership(DeployOrigin.Creating, null, NOW));
        assertThat(creating.created("id").notedAddress())
                .contains(new TargetOwnership(DeployOrigin.Created, "id", null));
        assertThat(creating.created("id").notedResend()).contains("again");
        assertThat(creating.adopted("id").notedAddress())
                .contains(new TargetOwnership(DeployOrigin.Adopted, "id", null));
        assertThat(DestinationOwnership.of(ACCOUNT).notedAddress()).isEmpty();
        assertThat(DestinationOwnership.of(ACCOUNT).notedResend()).isEmpty();
    }

    @Test
    void aStatusKeepsWhatItIsNotToldToChange() {
        Condition ready = new Condition("Ready", "True", 2L, NOW, "Ready", "fine");
        DestinationOwnership noted = DestinationOwnership.of(ACCOUNT).adopted("id");
        DestinationAddressStatus status =
                new DestinationAddressStatus(1L, null, DestinationState.Verified, NOW, noted, "uid", "asked");

        assertThat(status.withConditions(2L, List.of(ready))
                        .withLastHandledReconcileAt(null)
                        .withOwnership(null))
                .isEqualTo(new DestinationAddressStatus(
                        2L, List.of(ready), DestinationState.Verified, NOW, null, "uid", null));
        assertThat(status.ownershipRecord()).contains(noted);
        assertThat(status.saidState()).contains(DestinationState.Verified);
        assertThat(status.saidVerified()).contains(NOW);
        assertThat(DestinationAddressStatus.ofOwnership(noted).ownershipRecord())
                .contains(noted);
    }

    private DestinationAddress destination(String spec) {
        String body = spec.startsWith("{") ? " " + spec : "\n  " + spec;
        return serialization.unmarshal(
                "apiVersion: maildomain.io/v1alpha1\nkind: DestinationAddress\nmetadata: {name: team}\nspec:" + body
                        + "\n",
                DestinationAddress.class);
    }
}
