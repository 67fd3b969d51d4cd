package io.maildomain.harness.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResourceTableTest {

    private static final GenericKubernetesResource READY = resource("Ready", "True", "Ready");
    private static final GenericKubernetesResource DOMAIN = resource("RulesSynced", "False", "WorkerMissing");
    private static final GenericKubernetesResource CATCH_ALL = resource("CatchAllApplied", "False", "WorkerMissing");

    @Test
    void onlyTheWorkerIsMissingWhereTwoWaitForItAndNothingElseIsOpen() {
        assertThat(of(READY, DOMAIN, CATCH_ALL).onlyTheWorkerIsMissing()).isTrue();
    }

    @Test
    void moreIsMissingWhereAnotherConditionDoesNotHold() {
        assertThat(of(READY, DOMAIN, CATCH_ALL, resource("ZoneReady", "False", "ZonePending"))
                        .onlyTheWorkerIsMissing())
                .isFalse();
    }

    @Test
    void theWorkerIsNotMissingYetWhereOneHasNotSaidSo() {
        assertThat(of(READY, DOMAIN).onlyTheWorkerIsMissing()).isFalse();
        assertThat(of(READY, READY).onlyTheWorkerIsMissing()).isFalse();
    }

    private static ResourceTable of(GenericKubernetesResource... resources) {
        return new ResourceTable(List.of(resources));
    }

    private static GenericKubernetesResource resource(String type, String status, String reason) {
        return Serialization.unmarshal("""
                apiVersion: maildomain.io/v1alpha1
                kind: MailDomain
                metadata: {name: example-com, namespace: mail, generation: 1}
                status:
                  conditions:
                  - {type: %s, status: "%s", reason: %s, message: text, observedGeneration: 1}
                """.formatted(type, status, reason), GenericKubernetesResource.class);
    }
}
