package io.maildomain.operator.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.ZoneOrigin;
import io.maildomain.api.v1alpha1.ZoneOwnership;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LenientDeserializationTest {

    private final KubernetesSerialization reading = LenientDeserialization.serialization();

    private MailDomain read(String status) {
        return reading.unmarshal("""
                {"apiVersion": "maildomain.io/v1alpha1", "kind": "MailDomain", "metadata": {"name": "x"},
                 "spec": {"domain": "example.com", "mode": "Observe"}, "status": %s}""".formatted(status), MailDomain.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000-01-01T00:00:00.123456789012Z", "2026-01-01 00:00:00Z", "soon"})
    void aTimeThatMakesNoSenseIsLeftOut(String time) {
        MailDomain domain =
                read("{\"ownership\": {\"zone\": {\"origin\": \"Creating\", \"requestedAt\": \"" + time + "\"}}}");

        ZoneOwnership zone = domain.getStatus().ownership().zone();
        assertThat(zone.requestedAt()).isNull();
        assertThat(zone.origin()).isEqualTo(ZoneOrigin.Creating);
    }

    @Test
    void soIsAWordOfANewerVersion() {
        MailDomain domain =
                read("{\"ownership\": {\"zone\": {\"origin\": \"Inherited\", \"id\": \"x\"}}, \"later\": {}}");

        assertThat(domain.getStatus().ownership().zone().origin()).isNull();
        assertThat(domain.getStatus().ownership().zone().id()).isEqualTo("x");
    }

    @Test
    void whatIsNotOursIsReadAsStrictlyAsBefore() {
        assertThatThrownBy(() -> reading.unmarshal(
                        "{\"apiVersion\": \"v1\", \"kind\": \"Secret\", \"metadata\": {\"generation\": \"many\"}}"))
                .isInstanceOf(RuntimeException.class);
    }
}
