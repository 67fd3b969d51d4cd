package io.maildomain.harness.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowTest {

    @Test
    void aResourceThatNobodyHasLookedAtWaitsForTheOperator() {
        assertThat(row(""))
                .isEqualTo(new Row("mail maildomain/example-com", "waiting for the operator", "Unknown", "", ""));
    }

    @Test
    void theFirstConditionThatDoesNotHoldIsTheStep() {
        Row row = row("""
                  - {type: RulesSynced, status: Unknown, reason: Waiting, message: later, observedGeneration: 2}
                  - {type: ZoneReady, status: "False", reason: ZonePending, message: set name servers, observedGeneration: 2}
                  - {type: CredentialsValid, status: "True", reason: Split, message: fine, observedGeneration: 2}
                  - {type: Ready, status: "False", reason: ZonePending, message: set name servers, observedGeneration: 2}
                """);

        assertThat(row)
                .isEqualTo(new Row(
                        "mail maildomain/example-com", "ZoneReady", "False", "ZonePending", "set name servers"));
        assertThat(row.isReady()).isFalse();
    }

    @Test
    void theStepsOfACatchAllAndOfAWorkerAreKnown() {
        for (String type : List.of("CatchAllApplied", "SourceReady", "TargetsReady", "Migrated", "Deployed")) {
            assertThat(row("""
                      - {type: Ready, status: "False", reason: Some, message: no, observedGeneration: 2}
                      - {type: %s, status: "False", reason: Some, message: no, observedGeneration: 2}
                    """.formatted(type)).step()).isEqualTo(type);
        }
    }

    @Test
    void whatIsReadyIsDone() {
        Row row = row("  - {type: Ready, status: \"True\", reason: Synced, message: ok, observedGeneration: 2}");

        assertThat(row.step()).isEqualTo("done");
        assertThat(row.isReady()).isTrue();
    }

    @Test
    void aReadyOfAnOlderSpecIsNotReady() {
        Row row = row("  - {type: Ready, status: \"True\", reason: Synced, message: ok, observedGeneration: 1}");

        assertThat(row.ready()).isEqualTo("Unknown");
        assertThat(row.isReady()).isFalse();
    }

    private static Row row(String conditions) {
        String yaml = """
                apiVersion: maildomain.io/v1alpha1
                kind: MailDomain
                metadata: {name: example-com, namespace: mail, generation: 2}
                status:
                  conditions:
                """ + conditions;
        return Row.of(Serialization.unmarshal(yaml, GenericKubernetesResource.class));
    }
}
